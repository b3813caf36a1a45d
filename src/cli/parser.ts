import yargs, { type Argv } from 'yargs'
import type { AnyCommand, Arguments, CommandGroup, FlagSpec } from '../commands/command.ts'
import { COMMANDS } from '../commands/index.ts'
import { descriptionOf, text } from '../ui/messages/index.ts'
import type { Language } from '../ui/messages/translate.ts'

/** Flags that every command has. */
export interface CommonFlags {
  readonly data: string | undefined
  readonly config: string | undefined
  readonly company: string | undefined
  readonly language: Language
  readonly json: boolean
  readonly quiet: boolean
  readonly verbose: boolean
  readonly color: boolean | undefined
}

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
  | { readonly outcome: 'error'; readonly message: string; readonly common: CommonFlags }

const COMMON: Readonly<Record<string, FlagSpec>> = {
  data: { type: 'string', alias: 'datos' },
  config: { type: 'string', alias: 'configuracion' },
  company: { type: 'string', alias: 'empresa' },
  lang: { type: 'string', alias: 'idioma', choices: ['es', 'en'] },
  json: { type: 'boolean', alias: [] },
  quiet: { type: 'boolean', alias: ['q', 'callado'] },
  verbose: { type: 'boolean', alias: ['v', 'detalle'] },
  color: { type: 'boolean', alias: [] },
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
    .parserConfiguration({ 'greedy-arrays': false, 'camel-case-expansion': false, 'parse-numbers': false })
    .usage(text(language, 'usage'))
    .epilogue(text(language, 'epilogue'))
    .version(options.version)
    .alias('version', 'V')
    .help()
    .alias('help', ['h', 'ayuda'])
    .wrap(Math.min(options.width ?? 100, 100))
    .exitProcess(false)
    .fail((message, error) => {
      failure ??= message || error.message
    })
  withFlags(parser, COMMON, { language, path: '', group: text(language, 'group.common') })
  addCommands(parser, COMMANDS, {
    language,
    path: '',
    choose: (command, argv) => {
      chosen = { command, argv }
    },
  })
  parser.demandCommand(1, text(language, 'usage.no-command')).strict()
  const argv = await new Promise<Values>((resolve) => {
    void parser.parse([...words], {}, (_error: unknown, values: unknown, output: string) => {
      shown = output
      resolve(values as Values)
    })
  })
  const common = commonOf(argv, language, words)
  if (failure !== undefined) return { outcome: 'error', message: failure, common }
  if (chosen === undefined) return { outcome: 'text', text: shown, common }
  return { outcome: 'run', common, command: chosen.command, ...valuesOf(chosen) }
}

interface Level {
  readonly language: Language
  /** Names of the groups above, joined by dots, with a dot behind. */
  readonly path: string
  readonly choose: (command: AnyCommand, argv: Values) => void
}

function addCommands(parser: Argv, commands: readonly (AnyCommand | CommandGroup)[], level: Level): void {
  for (const entry of commands) {
    const path = `${level.path}${entry.name}`
    const description = descriptionOf(level.language, `command.${path}`) ?? ''
    if ('commands' in entry) {
      parser.command([entry.name, ...entry.aliases], description, (group) => {
        addCommands(group, entry.commands, { ...level, path: `${path}.` })
        return group.demandCommand(1, text(level.language, 'usage.no-command'))
      })
    } else {
      parser.command(
        [
          `${entry.name}${positionalsOf(entry)}`,
          ...entry.aliases.map((alias) => `${alias}${positionalsOf(entry)}`),
        ],
        description,
        (builder) =>
          withPositionals(
            withFlags(builder, entry.flags, { language: level.language, path }),
            entry,
            level.language,
          ),
        (argv) => {
          level.choose(entry, argv)
        },
      )
    }
  }
}

function positionalsOf(command: AnyCommand): string {
  return (command.positionals ?? [])
    .map(({ name, required, many }) => {
      const inner = many ? `${name}..` : name
      return required ? ` <${inner}>` : ` [${inner}]`
    })
    .join('')
}

function withPositionals(parser: Argv, command: AnyCommand, language: Language): Argv {
  for (const { name } of command.positionals ?? []) {
    parser.positional(name, { type: 'string', describe: descriptionOf(language, `argument.${name}`) ?? '' })
  }
  return parser
}

function withFlags(
  parser: Argv,
  flags: Readonly<Record<string, FlagSpec>>,
  place: { readonly language: Language; readonly path: string; readonly group?: string },
): Argv {
  for (const [name, spec] of Object.entries(flags)) {
    const describe =
      descriptionOf(place.language, `flag.${place.path}.${name}`) ??
      descriptionOf(place.language, `flag.${name}`) ??
      ''
    parser.option(name, {
      type: spec.type,
      alias: spec.alias,
      describe,
      ...(spec.many ? { array: true } : {}),
      ...(spec.choices ? { choices: spec.choices } : {}),
      ...(spec.type === 'boolean' ? {} : { requiresArg: true }),
      ...(place.group === undefined ? {} : { group: place.group, global: true }),
    })
  }
  return parser
}

/** The command's flags by name, and its positionals as lists. */
function valuesOf({ command, argv }: Chosen): { readonly flags: Values; readonly words: Arguments } {
  const flags = Object.fromEntries(
    Object.entries(command.flags).map(([name, spec]) => [name, valueOf(argv[name], spec)]),
  )
  const words = Object.fromEntries(
    (command.positionals ?? []).map(({ name }) => {
      const value = argv[name]
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
