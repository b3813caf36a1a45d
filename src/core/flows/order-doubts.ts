import { packagedKey } from '../model/choice.ts'
import type { StampedHead } from '../model/cfdi.ts'
import type { Customer, Recipient } from '../model/customer.ts'
import { addressesOf } from '../model/order-policy.ts'
import type { RecipientDoubt } from '../model/results/order-files.ts'
import { packagedPairs } from '../store/packaged-documents.ts'
import type { Ctx } from './ctx.ts'

/** An order of which nobody has decided yet who of its recipients may have it. */
export interface Doubtful {
  readonly customer: Customer | null
  readonly recipients: readonly Recipient[]
  readonly heads: readonly StampedHead[]
  /** The customer that the order names; ''. */
  readonly named: string
}

/** Nothing is sent twice, and nothing to strangers, without a person's word. */
export async function doubtsAbout(
  ctx: Ctx,
  { customer, recipients, heads, named }: Doubtful,
): Promise<ReadonlyMap<string, RecipientDoubt>> {
  const all = (doubt: RecipientDoubt) =>
    new Map(recipients.map(({ address }) => [address.toLowerCase(), doubt]))
  const uuids = heads.map(({ stamp }) => stamp.uuid)
  // What was exported is an order file for somebody to send: it may be this very one.
  const packaged = await packagedPairs(ctx.db, uuids, ['cancelled', 'exported'])
  const code = customer?.code ?? ''
  if (uuids.some((uuid) => packaged.has(packagedKey(uuid, code)))) return all('already')
  if (ctx.settings.orderRecipients === 'any') return new Map()
  if (customer === null && heads.length > 0) return all('no-customer')
  if (customer === null) return all(named === '' ? 'foreign-recipient' : 'unknown-customer')
  const own = addressesOf(customer)
  return new Map([...all('foreign-recipient')].filter(([address]) => !own.has(address)))
}
