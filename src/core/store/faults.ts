import type { Fault, FaultPoint, FaultSpec } from '../model/fault.ts'
import { Sqlite } from './sqlite.ts'
import { storeError } from './store-error.ts'

/** Points where a file is written, and not the store. */
const FILE_POINTS: readonly FaultPoint[] = ['spool-write', 'spool-rename']

/**
 * The fault that a specification asks for. A full disk looks as it does at that place: the store's own error, or `ENOSPC`.
 * @param file path of the store, for the error
 * @param kill ends the process at once, as SIGKILL does
 */
export function armedFault(spec: FaultSpec, { file, kill }: { file: string; kill: () => void }): Fault {
  let passages = 0
  return (point) => {
    if (point !== spec.point || ++passages !== spec.passage) return
    if (spec.action === 'kill') kill()
    if (spec.action === 'throw') throw new Error(`CFDI_FAULT at ${point}`)
    throw FILE_POINTS.includes(point) ? noSpaceInFile() : noSpaceInStore(file)
  }
}

function noSpaceInFile(): Error {
  const words = 'ENOSPC: no space left on device, write'
  return Object.assign(new Error(words), { code: 'ENOSPC', errno: -28, syscall: 'write' })
}

function noSpaceInStore(file: string): unknown {
  return storeError(file, new Sqlite.SqliteError('database or disk is full', 'SQLITE_FULL'))
}
