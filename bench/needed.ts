import { program, type ProgramName } from '../test/support/programs.ts'

/** @throws with the package to install, when the system has no such program */
export function needed(name: ProgramName): string {
  const { path, skip } = program(name)
  if (skip !== false) throw new Error(skip)
  return path
}
