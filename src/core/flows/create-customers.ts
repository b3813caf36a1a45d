import type { PaperFacts } from '../model/choose-papers.ts'
import { newCustomer, withFields } from '../model/customer-fields.ts'
import { type Customer, validCustomerCode } from '../model/customer.ts'
import { CfdiMailError } from '../model/errors.ts'
import { type PaperKind, partiesFor } from '../model/paper.ts'
import type { IndexRow } from '../model/paper-index.ts'
import { findCustomers } from '../store/customers.ts'
import type { Ctx } from './ctx.ts'
import { addCustomer } from './customers.ts'

/** When customers are made. */
export interface Newcomers {
  readonly kind: PaperKind
  readonly unknown: 'refuse' | 'create'
  readonly mode: 'write' | 'dry-run'
}

/**
 * Customers that a point of sale's index names with an address and that nobody knows: made with the packaging type of the
 * setting `posPackagingType`, the address as the card's, so that any other given later wins. A known code is never changed, and
 * a line with anything wrong, or that is not to be sent, makes none. A dry run gives them without saving.
 * @returns those that a dry run would make; the others are in the store
 */
export async function newcomersOf(
  ctx: Ctx,
  source: PaperFacts['source'],
  { kind, unknown, mode }: Newcomers,
): Promise<Customer[]> {
  if (unknown === 'refuse' || !('index' in source) || !partiesFor(kind).includes('customer')) return []
  const codes = source.index.map(({ customer }) => customer)
  const known = new Set((await findCustomers(ctx.db, codes)).map(({ code }) => code))
  const made: Customer[] = []
  for (const row of source.index) {
    if (known.has(row.customer) || !saysWho(row)) continue
    const customer = await tryMake(ctx, row, mode)
    if (customer === null) continue
    known.add(customer.code)
    made.push(customer)
  }
  return mode === 'write' ? [] : made
}

function saysWho({ customer, email, problem, send }: IndexRow): boolean {
  return problem === null && send === 'send' && email !== '' && validCustomerCode(customer)
}

async function tryMake(ctx: Ctx, row: IndexRow, mode: Newcomers['mode']): Promise<Customer | null> {
  const { customer: code, name, rfc, email } = row
  const fields = { name, rfc, email, packaging: ctx.settings.posPackagingType }
  try {
    const customer = withFields(newCustomer(code), fields)
    if (mode === 'write') await addCustomer(ctx, { ...fields, code, pointOfSale: true })
    return customer
  } catch (error) {
    // An address or an RFC that is none: the paper says that nobody has the code.
    if (error instanceof CfdiMailError) return null
    throw error
  }
}
