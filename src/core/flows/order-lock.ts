import { CfdiMailError } from '../model/errors.ts'
import { type RunLock, takeRunLock } from '../store/run-lock.ts'
import type { Ctx } from './ctx.ts'

/**
 * One process of a store at a time has order files in hand: then what it finds half done was left by one that died.
 * @throws IMPORT_RUNNING
 */
export function takeOrderLock(ctx: Ctx): RunLock {
  try {
    return takeRunLock(`${ctx.folders.lock}.orders`)
  } catch (error) {
    if (!(error instanceof CfdiMailError) || error.code !== 'SEND_RUNNING') throw error
    throw new CfdiMailError('IMPORT_RUNNING', error.params, { cause: error })
  }
}
