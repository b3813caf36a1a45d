import { CfdiMailError } from '../model/errors.ts'

/** What can be wrong with the settings. Worded in ui/messages under `setting-problem.<code>`. */
export type SettingsProblemCode =
  | 'not-settings' // neither JSON nor YAML by its name: a script is never run
  | 'unreadable'
  | 'syntax'
  | 'no-names' // a list or a single text
  | 'unknown'
  | 'type'

export interface SettingsProblem {
  readonly code: SettingsProblemCode
  readonly params: Readonly<Record<string, string | number>>
}

/** The one error for all of them. */
export function settingsError(problems: readonly SettingsProblem[]): CfdiMailError {
  return new CfdiMailError(
    'BAD_SETTINGS',
    {},
    { problems: problems.map((problem) => ({ family: 'setting-problem', ...problem })) },
  )
}
