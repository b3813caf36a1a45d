import type { FlagSpec } from '../commands/command.ts'
import { CfdiMailError } from '../core/model/errors.ts'
import { COMMON } from './common-flags.ts'
import type { Invocation } from './parser.ts'

/**
 * Refuses an empty text where a file or folder is named: the system would take it for the working folder, and a script whose
 * variable is not set would read or write there.
 * @throws BAD_CHOICE
 */
export function refuseEmptyPaths({ common, command, flags, words }: Invocation): void {
  const typed: Readonly<Record<string, unknown>> = { ...flags, data: common.data, config: common.config }
  for (const [flag, spec] of Object.entries<FlagSpec>({ ...COMMON, ...command.flags })) {
    if (spec.path && [typed[flag]].flat().includes('')) throw emptyPath({ flag })
  }
  for (const { name, path } of command.positionals ?? []) {
    if (path && words[name]?.includes('')) throw emptyPath({ flag: name, variant: 'argument' })
  }
}

function emptyPath(params: Readonly<Record<string, string>>): CfdiMailError {
  return new CfdiMailError('BAD_CHOICE', { ...params, value: '', choices: 'path' })
}
