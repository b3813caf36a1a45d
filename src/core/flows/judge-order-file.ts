import { addressesIn, splitAddresses } from '../model/address-list.ts'
import { parseAddress } from '../model/address.ts'
import { cleanLine } from '../model/clean.ts'
import { type Customer, normalCode, type Recipient, recipientsOf } from '../model/customer.ts'
import type { OrderFile } from '../model/order-file.ts'
import { ownerOf } from '../model/order-policy.ts'
import { hasPayroll } from '../model/payroll.ts'
import { employeeOfOrder } from '../model/payroll-order.ts'
import { receiverAmong } from '../model/receiver-match.ts'
import { GRAL, type PackagingType } from '../model/packaging-type.ts'
import type { Ignored, OrderFileReason, RecipientDoubt } from '../model/results/order-files.ts'
import { sealMark, type StampedHead } from '../model/cfdi.ts'
import { cancelledAmong } from '../store/cancelled-documents.ts'
import { findPackagingType } from '../store/packaging-types.ts'
import { uuidConflicts } from '../store/uuid-conflicts.ts'
import type { Ctx } from './ctx.ts'
import { doubtsAbout } from './order-doubts.ts'
import { profileOfOrder } from './order-profile.ts'
import type { OrderContent } from './read-order-file.ts'

/** What becomes of an order file that could be read: everything its send order is made of but its texts. */
export interface AcceptedOrder {
  readonly ok: true
  readonly customer: Customer | null
  readonly type: PackagingType
  readonly recipients: readonly Recipient[]
  /** By address in lower case. */
  readonly doubts: ReadonlyMap<string, RecipientDoubt>
  readonly ignored: readonly Ignored[]
}

export interface RefusedOrder {
  readonly ok: false
  readonly reason: OrderFileReason
  readonly detail: string
}

/**
 * Decides about an order: the same guards as `package` for its documents, then whose it is, then who of its recipients may have
 * it without a person's word.
 * @param customers all of them
 */
export async function judgeOrder(
  ctx: Ctx,
  order: OrderContent,
  customers: readonly Customer[],
): Promise<AcceptedOrder | RefusedOrder> {
  const { file, attachments } = order
  const heads = attachments.flatMap(({ head }) => (head === null ? [] : [head]))
  const addresses = addressesIn(file.recipients.join('\n'))
  const refusal = refusalOf(order, { heads, addresses }) ?? (await documentRefusal(ctx, heads))
  if (refusal !== null) return { ok: false, ...refusal }
  const owner = ownerOfOrder(file, { heads, addresses, customers })
  if ('reason' in owner) return { ok: false, ...owner }
  const { customer } = owner
  const type = await typeFor(ctx, customer)
  const kind = heads.map((head) => head.kind).find((each) => !type.kinds.includes(each))
  if (kind !== undefined) return { ok: false, reason: 'kind-not-in-type', detail: `${kind} ${type.code}` }
  const profile = await profileOfOrder(ctx, file)
  const recipients = recipientsFor(customer, addresses, file)
  if (recipients.length === 0 && customer === null) return { ok: false, ...whyNobody(file, heads, customers) }
  return {
    ok: true,
    customer,
    type: profile.name === null ? type : { ...type, profile: profile.name },
    recipients,
    doubts: await doubtsAbout(ctx, { customer, recipients, heads, named: file.customer }),
    ignored: [...profile.ignored, ...badAddresses(file)],
  }
}

interface Facts {
  readonly heads: readonly StampedHead[]
  readonly addresses: readonly string[]
}

type Refusal = Omit<RefusedOrder, 'ok'>

/** What speaks against the order whatever this store knows. */
function refusalOf({ file, attachments }: OrderContent, { heads, addresses }: Facts): Refusal | null {
  if (file.hidden.length > 0) return { reason: 'hidden-copy', detail: cleanLine(file.hidden.join(', ')) }
  if (file.markup !== '') return { reason: 'bare-markup', detail: cleanLine(file.markup) }
  if (file.recipients.length > 0 && addresses.length === 0)
    return { reason: 'bad-recipient', detail: cleanLine(file.recipients.join(', ')) }
  if (file.subject === '' && file.body === '' && attachments.length === 0)
    return { reason: 'empty-order', detail: '' }
  const uuids = heads.map(({ stamp }) => stamp.uuid)
  const twice = uuids.find((uuid, i) => uuids.indexOf(uuid) !== i)
  return twice === undefined ? null : { reason: 'duplicate-document', detail: twice }
}

/** Cancelled, or in doubt because another document has the same UUID: never, whoever asks. */
async function documentRefusal(ctx: Ctx, heads: readonly StampedHead[]): Promise<Refusal | null> {
  const uuids = heads.map(({ stamp }) => stamp.uuid)
  const [cancelled] = await cancelledAmong(ctx.db, uuids)
  if (cancelled !== undefined) return { reason: 'cancelled', detail: cancelled }
  const seals = new Map(heads.map((head) => [head.stamp.uuid, sealMark(head)]))
  const { places } = await uuidConflicts(ctx.db, uuids, seals)
  const [conflict] = places
  return conflict === undefined
    ? null
    : { reason: 'uuid-conflict', detail: `${conflict[0]}: ${conflict[1].join(', ')}` }
}

interface Claims extends Facts {
  readonly customers: readonly Customer[]
}

function ownerOfOrder(file: OrderFile, claims: Claims): { readonly customer: Customer | null } | Refusal {
  if (!hasPayroll(claims.heads.map(({ kind }) => kind))) return customerOf(file, claims)
  const found = employeeOfOrder({ ...claims, named: file.customer })
  return 'reason' in found ? found : { customer: found }
}

/** The customer of the documents' receiver; without documents the one that is named, or to whom all the addresses belong. */
function customerOf(file: OrderFile, claims: Claims): { readonly customer: Customer | null } | Refusal {
  const { heads, addresses, customers } = claims
  const code = normalCode(file.customer)
  const named = customers.find((customer) => customer.code === code) ?? null
  const receivers = new Set(heads.map(({ receiver }) => receiver.rfc))
  if (receivers.size > 1) return { reason: 'several-receivers', detail: [...receivers].join(', ') }
  const [head] = heads
  if (head === undefined) return { customer: code === '' ? ownerOf(addresses, customers) : named }
  const same = customers.filter(({ rfc }) => rfc === head.receiver.rfc)
  if (named !== null && !same.includes(named))
    return { reason: 'other-receiver', detail: `${named.code} ${named.rfc}: ${head.receiver.rfc}` }
  const receiver = { kind: head.kind, receiverRfc: head.receiver.rfc, receiverName: head.receiver.name }
  const found = receiverAmong(receiver, named === null ? same : [named])
  if (typeof found !== 'string') return { customer: found }
  return { customer: found === 'ambiguous-customer' ? ownerOf(addresses, same) : null }
}

/** The customer's own packaging type; the general one where there is none. */
async function typeFor(ctx: Ctx, customer: Customer | null): Promise<PackagingType> {
  const code = customer?.packaging.type ?? GRAL.code
  return (await findPackagingType(ctx.db, code)) ?? (await findPackagingType(ctx.db, GRAL.code)) ?? GRAL
}

/** Those of the file; a file that names none leaves it to the customer's own rules. */
function recipientsFor(
  customer: Customer | null,
  addresses: readonly string[],
  file: OrderFile,
): readonly Recipient[] {
  if (file.recipients.length > 0) return addresses.map((address) => ({ address, rule: 'order-file' }))
  return customer === null ? [] : recipientsOf(customer)
}

/** Of an order that leaves its recipients to a customer's rules, and no customer was found. */
function whyNobody(file: OrderFile, heads: readonly StampedHead[], customers: readonly Customer[]): Refusal {
  const [head] = heads
  if (head === undefined)
    return file.customer === ''
      ? { reason: 'empty-order', detail: '' }
      : { reason: 'unknown-customer', detail: cleanLine(file.customer) }
  const { rfc, name } = head.receiver
  const isKnown = customers.some((customer) => customer.rfc === rfc)
  return { reason: isKnown ? 'ambiguous-customer' : 'no-customer', detail: cleanLine(`${rfc} ${name}`) }
}

function badAddresses(file: OrderFile): Ignored[] {
  return splitAddresses(file.recipients.join('\n')).flatMap(({ text }) =>
    parseAddress(text).ok ? [] : [{ part: 'address', value: cleanLine(text) }],
  )
}
