import yargs, { type Argv } from 'yargs'
import type { AnyCommand, Arguments, CommandGroup, FlagSpec } from '../commands/command.ts'
import { COMMANDS } from '../commands/index.ts'
import { descriptionOf, text } from '../ui/messages/index.ts'
import type { Language } from '../ui/messages/translate.ts'
import { COMMON, type CommonFlags, HELP_ALIASES, VERSION_ALIAS } from './common-flags.ts'
import { choicesIn, namesOfFlag } from './flag-names.ts'
import { deniedError, usageError } from './usage-error.ts'
import { argumentName, cleanHelp, examplesIn, FAILURES, namesIn, yargsStrings } from './usage.ts'
import { deniedFlag } from './wrong-value.ts'

/** A command line that names a command and fits it. */
export interface Invocation {
  readonly outcome: 'run'
  readonly common: CommonFlags
  readonly command: AnyCommand
  readonly flags: Readonly<Record<string, unknown>>
  readonly words: Arguments
}

export type Parsed =
  | Invocation
  | { readonly outcome: 'text'; readonly text: string; readonly common: CommonFlags }
  | {
      readonly outcome: 'error'
      readonly message: string
      readonly hint: string
      readonly common: CommonFlags
    }

type Values = Readonly<Record<string, unknown>>
type Chosen = { readonly command: AnyCommand; readonly argv: Values }

/**
 * Reads a command line. Never prints and never ends the process.
 * @param words what follows the program's name
 */
export async function parseCommandLine(
  words: readonly string[],
  language: Language,
  options: { readonly version: string; readonly width: number | undefined },
): Promise<Parsed> {
  let chosen: Chosen | undefined
  let failure: string | undefined
  let shown = ''
  const parser = yargs([])
    .scriptName('cfdi-mail')
    .locale(language)
    .updateStrings(yargsStrings(language))
    .parserConfiguration(PARSING)
    .usage(text(language, 'usage'))
    .epilogue(text(language, 'epilogue'))
    .version(options.version)
    .alias('version', VERSION_ALIAS)
    .help()
    .alias('help', HELP_ALIASES)
    // One less: where there is no room yargs leaves out a space, which `cleanHelp` puts back.
    .wrap(Math.min(options.width ?? 100, 100) - 1)
    .exitProcess(false)
    .fail((message, error) => {
      failure ??= message || error.message
    })
  const group = text(language, 'group.common')
  const purpose = words.some((word) => HELP_WORDS.includes(word)) ? 'help' : 'reading'
  withFlags(parser, COMMON, { language, purpose, path: '', group })
  parser.group(['version', 'help'], group)
  const choose = (command: AnyCommand, argv: Values) => {
    chosen = { command, argv }
  }
  addCommands(parser, COMMANDS, { language, purpose, path: '', choose })
  parser.demandCommand(1, FAILURES['no-command']).strict()
  const argv = await new Promise<Values>((resolve) => {
    void parser.parse(words.map(hideDash), {}, (_error: unknown, values: unknown, output: string) => {
      shown = output
      resolve(values as Values)
    })
  })
  const common = commonOf(argv, language, words)
  if (failure !== undefined) {
    // Alone: what else a file of its own imports would be cut out of what every command loads, a file more each.
    const { nearestName } = await import('../core/model/nearest-name.ts')
    return { outcome: 'error', ...usageError({ failure, argv, words, nearestName }, language), common }
  }
  if (chosen === undefined) {
    const examples = await examplesIn(argv, language)
    return { outcome: 'text', text: [cleanHelp(shown, language), ...examples].join('\n'), common }
  }
  const denied = deniedFlag(chosen.argv, chosen.command.flags, language)
  if (denied !== undefined) return { outcome: 'error', ...deniedError(denied, language), common }
  return { outcome: 'run', common, command: chosen.command, ...valuesOf(chosen, language) }
}

const PARSING = {
  'greedy-arrays': false,
  'camel-case-expansion': false,
  'parse-numbers': false,
  'parse-positional-numbers': false,
} as const

/** yargs takes a lone dash for a flag without a name; it is how standard input is called. */
const DASH = '\u0001'

function hideDash(word: string): string {
  return word === '-' ? DASH : word
}

function showDash(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(showDash)
  return value === DASH ? '-' : value
}

interface Level {
  readonly language: Language
  /** Names of the groups above, joined by dots, with a dot behind. */
  readonly path: string
  readonly choose: (command: AnyCommand, argv: Values) => void
  readonly purpose: Purpose
}

/** Help shows the values of one language, and every value is read. */
type Purpose = 'help' | 'reading'

const HELP_WORDS: readonly string[] = ['help', ...HELP_ALIASES].map((name) =>
  name.length > 1 ? `--${name}` : `-${name}`,
)

function addCommands(parser: Argv, commands: readonly (AnyCommand | CommandGroup)[], level: Level): void {
  for (const entry of commands) {
    const path = `${level.path}${entry.name}`
    const description = descriptionOf(level.language, `command.${path}`) ?? ''
    const names = namesIn(level.language, entry)
    if ('commands' in entry) {
      parser.command([...names], description, (group) => {
        addCommands(group, entry.commands, { ...level, path: `${path}.` })
        return group.demandCommand(1, FAILURES['no-command'])
      })
    } else {
      parser.command(
        names.map((name) => `${name}${positionalsOf(entry, level.language)}`),
        description,
        (builder) =>
          withPositionals(withFlags(builder, entry.flags, { ...level, path }), entry, { ...level, path }),
        (argv) => {
          level.choose(entry, argv)
        },
      )
    }
  }
}

function positionalsOf(command: AnyCommand, language: Language): string {
  return (command.positionals ?? [])
    .map(({ name, required, many }) => {
      const inner = `${argumentName(language, name)}${many ? '..' : ''}`
      return required ? ` <${inner}>` : ` [${inner}]`
    })
    .join('')
}

/** What an argument is may be said for a command, for its group, or for all. */
function withPositionals(parser: Argv, command: AnyCommand, { language, path }: Level): Argv {
  const [group = ''] = path.split('.')
  for (const { name } of command.positionals ?? []) {
    const places = [`argument.${path}.${name}`, `argument.${group}.${name}`, `argument.${name}`]
    const describe = places.map((key) => descriptionOf(language, key)).find((words) => words !== undefined)
    parser.positional(argumentName(language, name), { describe: describe ?? '' })
  }
  return parser
}

function withFlags(
  parser: Argv,
  flags: Readonly<Record<string, FlagSpec>>,
  place: Pick<Level, 'language' | 'path' | 'purpose'> & { readonly group?: string },
): Argv {
  for (const [name, spec] of Object.entries(flags)) {
    const describe =
      descriptionOf(place.language, `flag.${place.path}.${name}`) ??
      descriptionOf(place.language, `flag.${name}`) ??
      ''
    const [shown, ...others] = namesOfFlag(place.language, name, spec)
    parser.option(shown, {
      type: spec.type,
      alias: others,
      describe,
      ...(spec.many ? { array: true } : {}),
      ...(spec.choices
        ? { choices: place.purpose === 'help' ? choicesIn(place.language, spec) : spec.choices }
        : {}),
      ...(spec.type === 'boolean' ? {} : { requiresArg: true }),
      ...(place.group === undefined ? {} : { group: place.group, global: true }),
    })
  }
  return parser
}

/** The command's flags by name, and its positionals as lists. */
function valuesOf(
  { command, argv }: Chosen,
  language: Language,
): { readonly flags: Values; readonly words: Arguments } {
  const flags = Object.fromEntries(
    Object.entries(command.flags).map(([name, spec]) => [name, valueOf(showDash(argv[name]), spec)]),
  )
  const words = Object.fromEntries(
    (command.positionals ?? []).map(({ name }) => {
      const value = showDash(argv[argumentName(language, name)])
      return [name, value === undefined ? [] : [value].flat().map(String)]
    }),
  )
  return { flags, words }
}

/** A flag typed twice that takes one value: the last one counts, as everywhere. */
function valueOf(value: unknown, spec: FlagSpec): unknown {
  return Array.isArray(value) && !spec.many ? (value as unknown[]).at(-1) : value
}

function commonOf(argv: Values, language: Language, words: readonly string[]): CommonFlags {
  const single = (name: string) => {
    const value = valueOf(argv[name], COMMON[name] ?? { type: 'string', alias: [] })
    return typeof value === 'string' ? value : undefined
  }
  return {
    data: single('data'),
    config: single('config'),
    company: single('company'),
    language,
    // Also when the line does not parse: the script that asked for JSON must get its error as JSON.
    json: argv['json'] === true || words.includes('--json'),
    quiet: argv['quiet'] === true,
    verbose: argv['verbose'] === true,
    color: typeof argv['color'] === 'boolean' ? argv['color'] : undefined,
  }
}
