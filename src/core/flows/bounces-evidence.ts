import { addressKey } from '../bounces/address-key.ts'
import {
  type BounceProof,
  type BounceVerdict,
  type ReportedRecipient,
  type ReturnedMail,
  verdictOf,
} from '../model/bounce.ts'
import { findReturnedOrders, type ReturnedOrder } from '../store/bounce-orders.ts'
import type { Evidence } from '../store/bounce-rows.ts'
import type { Db } from '../store/schema.ts'

/** An order and what shows that a returned mail is about it. */
interface Traced {
  readonly order: ReturnedOrder
  readonly proof: BounceProof
}

/**
 * What a returned mail says about deliveries of this store.
 * @returns null when nothing in it ties it to an order: anybody can write a mail that says that another was not delivered
 */
export async function evidenceIn(db: Db, mail: ReturnedMail): Promise<readonly Evidence[] | null> {
  const traced = await trace(db, mail)
  if (traced === null) return null
  const { order, proof } = traced
  const told = findingsOf(mail, order)
  return told.map(({ recipient, verdict, reported }, position) => ({
    ...{ hash: mail.hash, position, order: order.id, recipient, verdict, proof },
    ...{ status: reported.status, diagnostic: reported.diagnostic },
  }))
}

/**
 * By the envelope's id, the address that it came back to, or the Message-ID that is returned. Proofs that name different orders
 * prove nothing.
 */
async function trace(db: Db, { envelopeId, returnPaths, messageIds }: ReturnedMail): Promise<Traced | null> {
  const envelope = envelopeId.toUpperCase()
  const ids = [...(envelope === '' ? [] : [envelope]), ...returnPaths]
  const [order, another] = await findReturnedOrders(db, { ids, messageIds })
  if (order === undefined || another !== undefined) return null
  if (order.id === envelope) return { order, proof: 'envelope-id' }
  return { order, proof: returnPaths.includes(order.id) ? 'return-path' : 'message-id' }
}

interface Finding {
  /** As the order has it; '' when the mail names nobody of the order. */
  readonly recipient: string
  readonly verdict: BounceVerdict
  readonly reported: ReportedRecipient
}

const MOST_FINDINGS = 200

function findingsOf(mail: ReturnedMail, order: ReturnedOrder): Finding[] {
  const own = new Map(order.recipients.map((recipient) => [addressKey(recipient), recipient]))
  const findings = new Map<string, Finding>()
  for (const reported of mail.recipients) {
    const [recipient] = reported.addresses.flatMap((address) => own.get(addressKey(address)) ?? [])
    if (recipient === undefined || findings.has(recipient)) continue
    findings.set(recipient, { recipient, verdict: verdictOf(mail.sort, reported.action), reported })
  }
  return findings.size > 0 ? [...findings.values()].slice(0, MOST_FINDINGS) : unnamed(mail, order)
}

/**
 * A report on somebody else: the mail was forwarded, and what failed is the second address. That is worth a note, and it is
 * no proof against the first.
 */
function unnamed({ recipients }: ReturnedMail, { recipients: own }: ReturnedOrder): Finding[] {
  const reported = recipients.find(({ action }) => action === 'failed' || action === 'delayed') ?? NOBODY
  const recipient = own.length === 1 ? (own[0] ?? '') : ''
  return [{ recipient, verdict: reported.action === 'delayed' ? 'delayed' : 'soft', reported }]
}

const NOBODY: ReportedRecipient = { addresses: [], action: 'failed', status: '', diagnostic: '' }
