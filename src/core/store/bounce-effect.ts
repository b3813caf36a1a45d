import type { BounceVerdict } from '../model/bounce.ts'
import { isHardBounce, stateByEvidence } from '../model/bounce.ts'
import type { DeliveryState } from '../model/delivery.ts'
import type { EventKind, EventLevel, NewEvent } from '../model/event.ts'
import type { BounceEffect, BounceView } from '../model/results/bounces.ts'
import { type Evidence, bounceView } from './bounce-rows.ts'
import { insertEvents } from './event-log.ts'
import { quarantineAddress } from './quarantine.ts'
import type { Db } from './schema.ts'

/** What evidence did to its delivery and its address. */
export interface Done {
  readonly view: BounceView
  readonly quarantined: readonly string[]
}

interface Applying {
  readonly id: string
  readonly evidence: Evidence
  readonly now: Date
}

/** Does what the state machine allows with noted evidence, and logs it. Call it inside a transaction. */
export async function takeEffect(db: Db, applying: Applying): Promise<Done> {
  const { id, evidence, now } = applying
  const at = now.toISOString()
  const { before, effect } = await moveDelivery(db, evidence, at)
  await db.updateTable('bounce').set({ effect }).where('id', '=', id).execute()
  const facts = await orderFacts(db, evidence.order)
  await insertEvents(db, eventsOf(evidence, { ...facts, at, before, effect }))
  const isBad = effect !== 'waits' && before !== null && isBadAddress(evidence, before)
  const { recipient: address, status, diagnostic: reason, order } = evidence
  const wanted = { address, status, reason, order, customer: facts.customer, at }
  const quarantined = isBad ? await quarantineAddress(db, wanted) : []
  return { view: bounceView({ ...evidence, at, customer: facts.customer, effect }), quarantined }
}

/** A second report on what has bounced already does not undo a person's release of the address. */
function isBadAddress({ verdict, status }: Evidence, before: DeliveryState): boolean {
  return verdict === 'bounced' && isHardBounce(status) && before !== 'bounced'
}

async function moveDelivery(
  db: Db,
  evidence: Evidence,
  at: string,
): Promise<{ readonly before: DeliveryState | null; readonly effect: BounceEffect }> {
  const delivery = await db
    .selectFrom('delivery')
    .select(['id', 'state'])
    .where('order_id', '=', evidence.order)
    .where('recipient', '=', evidence.recipient)
    .executeTakeFirst()
  if (delivery === undefined) return { before: null, effect: 'noted' }
  const before = delivery.state as DeliveryState
  const next = stateByEvidence(before, evidence.verdict)
  if (next === null) return { before, effect: isInHand(before, evidence.verdict) ? 'waits' : 'noted' }
  await move(db, delivery.id, { evidence, next, at })
  return { before, effect: 'changed' }
}

/** The dot went out and its reply is not written yet: the state machine has no way from there to what came back. */
function isInHand(before: DeliveryState, verdict: BounceVerdict): boolean {
  return before === 'dotted' && stateByEvidence('unknown', verdict) !== null
}

/** What the remote server said takes the place of the reply to the attempt, which the ledger of attempts keeps. */
async function move(
  db: Db,
  id: string,
  change: { readonly evidence: Evidence; readonly next: DeliveryState; readonly at: string },
): Promise<void> {
  const { status, diagnostic, verdict } = change.evidence
  const [code = '0'] = /\b[245]\d\d\b/.exec(diagnostic) ?? []
  await db
    .updateTable('delivery')
    .set({
      state: change.next,
      finished_at: change.at,
      ...(verdict === 'bounced' ? { code: Number(code), enhanced: status, reply: diagnostic } : {}),
    })
    .where('id', '=', id)
    .execute()
}

async function orderFacts(db: Db, order: string) {
  const { customer } = await db
    .selectFrom('send_order')
    .select('customer')
    .where('id', '=', order)
    .executeTakeFirstOrThrow()
  const document = await db
    .selectFrom('order_document')
    .select((select) => select.fn.min('uuid').as('uuid'))
    .where('order_id', '=', order)
    .executeTakeFirst()
  return { customer, uuid: document?.uuid ?? null }
}

interface EventFacts {
  readonly customer: string
  readonly uuid: string | null
  readonly at: string
  readonly before: DeliveryState | null
  readonly effect: BounceEffect
}

const EVENTS: Readonly<Record<BounceVerdict, { readonly event: EventKind; readonly level: EventLevel }>> = {
  bounced: { event: 'bounced', level: 'error' },
  delivered: { event: 'delivered', level: 'info' },
  read: { event: 'delivered', level: 'info' },
  relayed: { event: 'resolved', level: 'info' },
  archived: { event: 'resolved', level: 'info' },
  delayed: { event: 'delayed', level: 'warning' },
  soft: { event: 'bounce-noted', level: 'warning' },
}

function eventsOf(evidence: Evidence, { customer, uuid, at, before, effect }: EventFacts): NewEvent[] {
  const { verdict, proof, status, diagnostic, order, recipient } = evidence
  if (effect === 'waits') return []
  const isNews = effect === 'changed' || verdict === 'delayed' || verdict === 'soft'
  // A second report of what is known already, or of a try that an operator has repeated.
  const kind = isNews ? EVENTS[verdict] : { event: 'bounce-noted' as const, level: 'info' as const }
  const was = before === 'unknown' && effect === 'changed' ? 'was unknown' : ''
  return [
    {
      ...{ at, ...kind, order, customer, uuid, recipient: recipient === '' ? null : recipient },
      detail: [verdict, proof, status, was, diagnostic].filter((text) => text !== '').join('; '),
    },
  ]
}
