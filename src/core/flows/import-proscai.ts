import { CfdiMailError } from '../model/errors.ts'
import type { ProscaiImportedResult } from '../model/results/proscai.ts'
import type { Ctx } from './ctx.ts'
import { importTable } from './customer-import.ts'
import { importOrders } from './import-orders.ts'
import { shadowOrders } from './shadow-orders.ts'

/** What to take over from Proscai; what is not given is left alone. */
export interface ProscaiImport {
  /** CSV with the columns of Proscai's customers. */
  readonly customers: string | undefined
  /** Folder of order files to take. */
  readonly orders: string | undefined
  /** Folder of order files to compare with, and to leave as it is. */
  readonly shadow: string | undefined
  readonly access: 'guarded' | 'open'
  readonly mode: 'write' | 'dry-run'
}

/**
 * Takes customers, then order files, then compares; each of them only when asked for.
 * @throws CHOOSE_PROSCAI when nothing is asked for, and what `importTable` and `importOrders` throw
 */
export async function importProscai(ctx: Ctx, wanted: ProscaiImport): Promise<ProscaiImportedResult> {
  const { mode, access } = wanted
  const dryRun = mode === 'dry-run'
  if (wanted.customers === undefined && wanted.orders === undefined && wanted.shadow === undefined)
    throw new CfdiMailError('CHOOSE_PROSCAI')
  const customers =
    wanted.customers === undefined
      ? null
      : await importTable(ctx, { file: wanted.customers, policy: 'update', emptyCells: 'keep', dryRun })
  const orders =
    wanted.orders === undefined
      ? null
      : await importOrders(ctx, { folder: wanted.orders, limit: null, access, mode })
  const shadow = wanted.shadow === undefined ? null : await shadowOrders(ctx, wanted.shadow)
  const parts = [customers, orders].some((part) => part?.needsPerson === true)
  return {
    kind: 'proscai-imported',
    dryRun,
    needsPerson: parts || (shadow !== null && shadow.totals.same < shadow.totals.orders),
    ...{ customers, orders, shadow },
  }
}
