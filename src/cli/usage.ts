import type { AnyCommand, CommandGroup } from '../commands/command.ts'
import { COMMANDS } from '../commands/index.ts'
import { descriptionOf, text } from '../ui/messages/index.ts'
import type { Language } from '../ui/messages/translate.ts'

export type Values = Readonly<Record<string, unknown>>
type Entry = AnyCommand | CommandGroup

/** What the line failed with, where the words are ours. Other failures are worded by `yargsStrings`. */
export const FAILURES = {
  'no-command': 'no-command',
  missing: 'missing',
  unknown: 'unknown',
  'needs-value': 'needs-value',
  'bad-value': 'bad-value',
} as const

/** The one default that help would show: the empty list of an argument that may be repeated. */
const EMPTY_DEFAULT = '∅'

/** What yargs says, in our words; its own translations know half of it. Failures become codes, with what they are about behind. */
export function yargsStrings(language: Language): Record<string, string> {
  const both = (words: string) => ({ one: words, other: words }) as unknown as string
  return {
    'Positionals:': text(language, 'usage.arguments'),
    'Commands:': text(language, 'usage.commands'),
    'Options:': text(language, 'usage.options'),
    array: text(language, 'usage.repeatable'),
    string: text(language, 'usage.text'),
    boolean: text(language, 'usage.switch'),
    'default:': EMPTY_DEFAULT,
    'Show help': text(language, 'usage.help'),
    'Show version number': text(language, 'usage.version'),
    'Invalid values:': FAILURES['bad-value'],
    'Not enough arguments following: %s': `${FAILURES['needs-value']} %s`,
    'Not enough non-option arguments: got %s, need at least %s': both(`${FAILURES.missing} %s %s`),
    'Unknown argument: %s': both(`${FAILURES.unknown} %s`),
    'Unknown command: %s': both(`${FAILURES.unknown} %s`),
  }
}

/**
 * A help text without the empty default (what stands before it moves to the right in its place), and with what every command has
 * below what is this one's own.
 */
export function cleanHelp(help: string, language: Language): string {
  const blocks = withoutEmptyDefault(help)
    .replace(/(\S)(\[[^[\]]*\])$/gm, '$1 $2')
    .split('\n\n')
  const common = blocks.filter((block) => block.startsWith(text(language, 'group.common')))
  const own = blocks.findIndex((block) => block.startsWith(text(language, 'usage.options')))
  if (own < 0) return blocks.join('\n\n')
  const before = blocks.slice(0, own + 1).filter((block) => !common.includes(block))
  return [...before, ...common, ...blocks.slice(own + 1)].join('\n\n')
}

function withoutEmptyDefault(help: string): string {
  const shown = ` [${EMPTY_DEFAULT} []]`
  return help
    .split('\n')
    .map((line) => {
      if (!line.includes(shown)) return line
      const rest = line.replace(shown, '')
      const types = rest.search(/\[[^\]]*\](?: \[[^\]]*\])*$/)
      return types < 0 ? rest : `${rest.slice(0, types)}${' '.repeat(shown.length)}${rest.slice(types)}`
    })
    .filter((line, i, lines) => line.trim() !== '' || lines[i - 1]?.trim() !== '')
    .join('\n')
}

/** The end of a command's help: lines to paste. Whole lines, so that none is broken where the terminal ends. */
export async function examplesIn(argv: Values, language: Language): Promise<readonly string[]> {
  const { entry, names } = place(argv, language)
  if (entry === null || 'commands' in entry) return []
  const { examplesOf } = await import('../ui/messages/examples.ts')
  const lines = await examplesOf(language, names.join('.'))
  return lines.length === 0 ? [] : ['', text(language, 'usage.examples'), ...lines.map((line) => `  ${line}`)]
}

/** Where a command line leads. */
export interface Place {
  /** The deepest command or group that was named; null when none was. */
  readonly entry: Entry | null
  /** Its names in the language, from the top. */
  readonly path: readonly string[]
  /** Its own names, from the top. */
  readonly names: readonly string[]
  /** The words behind it. */
  readonly rest: readonly string[]
}

/** What the words name, from the left. */
export function place(argv: Values, language: Language): Place {
  const words = (Array.isArray(argv['_']) ? argv['_'] : []).map(String)
  const path: string[] = []
  const names: string[] = []
  let entry: Entry | null = null
  let below: readonly Entry[] = COMMANDS
  for (const word of words) {
    const next = below.find(({ name, aliases }) => name === word || aliases.includes(word))
    if (next === undefined) break
    entry = next
    path.push(namesIn(language, next)[0])
    names.push(next.name)
    below = 'commands' in next ? next.commands : []
  }
  return { entry, path, names, rest: words.slice(path.length) }
}

/** What may follow the words: commands of the group, or all of them. */
export function commandsBelow({ entry }: Pick<Place, 'entry'>): readonly Entry[] {
  if (entry === null) return COMMANDS
  return 'commands' in entry ? entry.commands : []
}

export function flagsOf(entry: Entry | null): AnyCommand['flags'] {
  return entry === null || 'commands' in entry ? {} : entry.flags
}

/** All names of a command or group, the one in the language first: that is what help lists it under. The Spanish one is the first alias. */
export function namesIn(
  language: Language,
  { name, aliases: [spanish, ...others] }: Entry,
): readonly [string, ...string[]] {
  if (spanish === undefined) return [name]
  return language === 'es' ? [spanish, name, ...others] : [name, spanish, ...others]
}

/** What an argument is called in help: `<clave>`. */
export function argumentName(language: Language, name: string): string {
  return descriptionOf(language, `argument-name.${name}`) ?? name
}
