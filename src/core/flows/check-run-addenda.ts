import { type AddendaWishes, NO_ADDENDA } from '../model/addenda.ts'
import type { Customer } from '../model/customer.ts'
import { CfdiMailError } from '../model/errors.ts'
import { listPackagingTypes } from '../store/packaging-types.ts'
import type { Ctx } from './ctx.ts'
import { existingAddenda } from './resolve-addenda.ts'

/** What decides which packaging types a run may use. */
export interface AddendaScope {
  readonly type: string | null
  /** Null for all customers. */
  readonly named: readonly Customer[] | null
}

/**
 * What a run says of addendas has to be about one: data for an addenda that no document gets would be left aside, and the
 * documents would leave without it.
 * @throws ADDENDA_NOT_FOUND, ADDENDA_DATA_UNUSED
 */
export async function checkRunAddenda(
  ctx: Ctx,
  { template, dataFile }: AddendaWishes,
  scope: AddendaScope,
): Promise<void> {
  const isNamed = template !== null && template !== NO_ADDENDA
  if (isNamed) await existingAddenda(ctx.db, template)
  if (dataFile === null || isNamed) return
  if (template === NO_ADDENDA || !(await hasAddenda(ctx, scope)))
    throw new CfdiMailError('ADDENDA_DATA_UNUSED')
}

async function hasAddenda(ctx: Ctx, { type, named }: AddendaScope): Promise<boolean> {
  const codes = type === null ? named?.map(({ packaging }) => packaging.type) : [type]
  const types = await listPackagingTypes(ctx.db)
  return types.some(({ code, addenda }) => addenda !== null && (codes === undefined || codes.includes(code)))
}
