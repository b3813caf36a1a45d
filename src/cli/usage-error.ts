import type { AnyCommand } from '../commands/command.ts'
import { text, typedFlags } from '../ui/messages/index.ts'
import type { Language, MessageParams } from '../ui/messages/translate.ts'
import { COMMON_NAMES } from './common-flags.ts'
import { flagNames } from './flag-names.ts'
import { type NearestName, nearestCommand, nearestFlags } from './suggestion.ts'
import {
  argumentName,
  commandsBelow,
  FAILURES,
  flagsOf,
  namesIn,
  place,
  type Place,
  type Values,
} from './usage.ts'
import { deniedFlag, type WrongValue, wrongValue } from './wrong-value.ts'

/** A command line that does not fit. */
export interface BadLine {
  /** What yargs failed with, in the words of `yargsStrings`. */
  readonly failure: string
  /** What it had read by then. */
  readonly argv: Values
  /** As typed. */
  readonly words: readonly string[]
  readonly nearestName: NearestName
}

/** What is wrong with a command line, what was probably meant, and where its help is. */
export function usageError(
  line: BadLine,
  language: Language,
): { readonly message: string; readonly hint: string } {
  const found = place(line.argv, language)
  const name = ['cfdi-mail', ...found.path].join(' ')
  const say = (key: UsageKey, params: MessageParams) => text(language, `usage.${key}`, { name, ...params })
  const [code = '', ...about] = line.failure.split(/\s/)
  const denied = deniedFlag(line.argv, flagsOf(found.entry), language)
  if (denied !== undefined) return deniedError(denied, language)
  const wrong = code === FAILURES['bad-value'] ? wrongValue(line, flagsOf(found.entry), language) : undefined
  if (wrong !== undefined) return badValue(wrong, language, say)
  const failed = { ...line, code, about, language, unknown: unknownFlags(line.argv, found, language) }
  const nearest = probablyMeant(failed, found)
  return {
    message: message(failed, found, say),
    hint: [...(nearest === '' ? [] : [say('nearest', { nearest })]), say('see-help', {})].join(' '),
  }
}

/** A flag with a value that was typed with `--no-`. */
export function deniedError(
  flag: string,
  language: Language,
): { readonly message: string; readonly hint: string } {
  return {
    message: text(language, 'usage.denied', { flag }),
    hint: text(language, 'usage.denied-hint', { flag }),
  }
}

/** In the words of the model's own refusals, which know a flag by its values too. */
function badValue({ flag, value, choices, nearest }: WrongValue, language: Language, say: Say) {
  return {
    message: text(language, 'error.BAD_CHOICE', { flag, value }),
    hint: [
      ...(nearest === '' ? [] : [say('nearest', { nearest })]),
      text(language, 'hint.BAD_CHOICE', { choices }),
      say('see-help', {}),
    ].join(' '),
  }
}

type UsageKey =
  | 'no-command'
  | 'no-verb'
  | 'unknown-command'
  | 'unknown'
  | 'missing'
  | 'needs-value'
  | 'see-help'
  | 'nearest'
  | 'takes-no-value'
type Say = (key: UsageKey, params: MessageParams) => string

interface Failed extends BadLine {
  readonly code: string
  readonly about: readonly string[]
  readonly language: Language
  /** Flags with their dashes. */
  readonly unknown: readonly string[]
}

function message(failed: Failed, found: Place, say: Say): string {
  const { failure, code, about, language, unknown } = failed
  if (code === FAILURES['needs-value']) return say('needs-value', { flag: dashed(about[0] ?? '') })
  const { entry, rest, path } = found
  if (!Object.hasOwn(FAILURES, code)) return typedFlags(failure, flagNames(language, flagsOf(entry)))
  if (entry !== null && !('commands' in entry)) return ofCommand(failed, entry, say)
  const [word] = rest
  if (word !== undefined) return say('unknown-command', { command: [...path, word].join(' ') })
  if (unknown.length > 0) return say('unknown', { what: unknown.join(', ') })
  if (code === FAILURES.unknown) return say('unknown', { what: about.map(dashed).join(' ') })
  if (entry === null) return say('no-command', {})
  return say('no-verb', { verbs: entry.commands.map((command) => namesIn(language, command)[0]).join(', ') })
}

function ofCommand({ code, about, unknown, words, language }: Failed, command: AnyCommand, say: Say): string {
  if (unknown.length > 0) return say('unknown', { what: unknown.join(', ') })
  const answered = answeredSwitch(words, command)
  if (code === FAILURES.unknown && answered !== undefined) return say('takes-no-value', { flag: answered })
  if (code === FAILURES.unknown) return say('unknown', { what: about.join(' ') })
  const lacking = missing(command, Number(about[0]), language)
  return say('missing', { arguments: lacking.join(' '), count: lacking.length })
}

/** The name of a flag without a value that was answered: `--activo no`. */
function answeredSwitch(words: readonly string[], { flags }: AnyCommand): string | undefined {
  const switches = Object.entries(flags).filter(([, { type }]) => type === 'boolean')
  const names = new Set(switches.flatMap(([name, { alias }]) => [name, ...[alias].flat()]))
  const flag = words.find((word, i) => names.has(word.replace(/^--/, '')) && ANSWER.test(words[i + 1] ?? ''))
  return flag?.replace(/^--/, '')
}

const ANSWER = /^(?:s[ií]|yes|no)$/i

/** Of what `message` says is not known. */
function probablyMeant({ code, unknown, words, nearestName, language }: Failed, found: Place): string {
  if (!Object.hasOwn(FAILURES, code) || code === FAILURES['needs-value']) return ''
  const [word] = commandsBelow(found).length > 0 ? found.rest : []
  if (word !== undefined) return nearestCommand(word, { place: found, nearestName }, language)
  return nearestFlags(unknown, { place: found, words, nearestName }, language).join(', ')
}

/** Flags that were typed and that neither the command nor the program has. A typed flag without a value is there too. */
function unknownFlags(argv: Values, { entry }: Place, language: Language): string[] {
  const flags = Object.entries(flagsOf(entry)).flatMap(([name, { alias }]) => [name, ...[alias].flat()])
  const positionals = entry === null || 'commands' in entry ? [] : (entry.positionals ?? [])
  const words = positionals.map(({ name }) => argumentName(language, name))
  const known = new Set([...COMMON_NAMES, ...flags, ...words])
  return Object.keys(argv)
    .filter((name) => !known.has(name))
    .map(dashed)
}

function missing(command: AnyCommand, given: number, language: Language): string[] {
  return (command.positionals ?? [])
    .filter(({ required }) => required)
    .slice(given)
    .map(({ name }) => `<${argumentName(language, name)}>`)
}

function dashed(name: string): string {
  return name.length === 1 ? `-${name}` : `--${name.replace(/,$/, '')}`
}
