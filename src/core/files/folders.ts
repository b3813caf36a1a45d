import { realpathSync, statSync } from 'node:fs'
import { CfdiMailError } from '../model/errors.ts'

/**
 * The folder's absolute path with links resolved, so that one folder has one name.
 * @throws SOURCE_NOT_FOUND when it is not there or is no folder
 */
export function existingFolder(path: string): string {
  try {
    const real = realpathSync(path)
    if (statSync(real).isDirectory()) return real
  } catch (error) {
    throw new CfdiMailError('SOURCE_NOT_FOUND', { path }, { cause: error })
  }
  throw new CfdiMailError('SOURCE_NOT_FOUND', { path })
}
