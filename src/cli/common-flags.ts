import type { FlagSpec } from '../commands/command.ts'
import type { Language } from '../ui/messages/translate.ts'

/** Flags that every command has. */
export interface CommonFlags {
  readonly data: string | undefined
  readonly config: string | undefined
  readonly company: string | undefined
  /** Of the command line and the environment; the settings may say another one. */
  readonly language: Language
  readonly json: boolean
  readonly quiet: boolean
  readonly verbose: boolean
  readonly color: boolean | undefined
}

export const COMMON: Readonly<Record<string, FlagSpec>> = {
  data: { type: 'string', alias: 'datos', path: true },
  config: { type: 'string', alias: 'configuracion', path: true },
  company: { type: 'string', alias: 'empresa' },
  lang: { type: 'string', alias: 'idioma', choices: ['es', 'en'] },
  json: { type: 'boolean', alias: [] },
  quiet: { type: 'boolean', alias: ['q', 'callado'] },
  verbose: { type: 'boolean', alias: ['v', 'detalle'] },
  color: { type: 'boolean', alias: [] },
}

export const HELP_ALIASES = ['h', 'ayuda']
export const VERSION_ALIAS = 'V'

/** Everything that may stand behind any command, and what yargs adds of its own. */
export const COMMON_NAMES: readonly string[] = [
  ...Object.entries(COMMON).flatMap(([name, { alias }]) => [name, ...[alias].flat()]),
  ...['_', '$0', 'help', 'version', VERSION_ALIAS, ...HELP_ALIASES],
]

/** Whether the raw words ask for all that is known of an error (`--verbose`, `-v`, `--detalle`). */
export function asksTrace(words: readonly string[]): boolean {
  return words.some((word) => word === '--verbose' || word === '--detalle' || /^-[a-zA-Z]*v/.test(word))
}
