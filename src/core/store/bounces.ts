import type { BounceProof, BounceVerdict } from '../model/bounce.ts'
import { isHardBounce, stateByEvidence } from '../model/bounce.ts'
import type { DeliveryState } from '../model/delivery.ts'
import type { EventKind, EventLevel, NewEvent } from '../model/event.ts'
import type { BounceEffect, BounceView } from '../model/results/bounces.ts'
import { insertEvents } from './event-log.ts'
import { newId } from './ids.ts'
import { quarantineAddress } from './quarantine.ts'
import type { Db, Row } from './schema.ts'

/** Evidence about one recipient of one order, out of one mail. */
export interface Evidence {
  readonly hash: string
  /** Its place among the recipients of that mail. */
  readonly position: number
  readonly order: string
  /** As the order has it; '' for nobody of the order. */
  readonly recipient: string
  readonly verdict: BounceVerdict
  readonly proof: BounceProof
  readonly status: string
  readonly diagnostic: string
}

/** What became of evidence. */
export interface Applied {
  /** Without what another process had noted before. */
  readonly bounces: readonly BounceView[]
  /** Addresses that were not in quarantine before. */
  readonly quarantined: readonly string[]
}

/** Whether that mail was noted before. */
export async function isKnownMail(db: Db, hash: string): Promise<boolean> {
  const row = await db.selectFrom('bounce').select('id').where('hash', '=', hash).limit(1).executeTakeFirst()
  return row !== undefined
}

/** Notes all the evidence of one mail and does what the state machine allows, in one commit. */
export async function applyEvidence(db: Db, evidence: readonly Evidence[], now: Date): Promise<Applied> {
  return await db.transaction().execute(async (db) => {
    const done: Done[] = []
    for (const each of evidence) {
      const id = newId(now)
      const { order, ...columns } = each
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('bounce')
        .values({ id, at: now.toISOString(), order_id: order, effect: 'noted', ...columns })
        .onConflict((conflict) => conflict.columns(['hash', 'position']).doNothing())
        .executeTakeFirst()
      if (numInsertedOrUpdatedRows === 0n) continue
      done.push(await apply(db, { id, evidence: each, now }))
    }
    return collect(done)
  })
}

/** Evidence that came while its delivery was still in a sender's hands, tried again. */
export async function applyWaiting(db: Db, now: Date): Promise<Applied> {
  return await db.transaction().execute(async (db) => {
    const rows = await db
      .selectFrom('bounce')
      .selectAll()
      .where('effect', '=', 'waits')
      .orderBy('id')
      .execute()
    const done: Done[] = []
    for (const row of rows) done.push(await apply(db, { id: row.id, evidence: toEvidence(row), now }))
    return collect(done.filter(({ view }) => view.effect !== 'waits'))
  })
}

/** Notes, oldest first. */
export async function listBounces(
  db: Db,
  filter: { readonly customers: readonly string[] | null; readonly limit: number | null },
): Promise<BounceView[]> {
  let query = db
    .selectFrom('bounce')
    .innerJoin('send_order', 'send_order.id', 'bounce.order_id')
    .selectAll('bounce')
    .select('send_order.customer')
    .orderBy('bounce.id', 'desc')
  if (filter.customers !== null) query = query.where('send_order.customer', 'in', filter.customers)
  if (filter.limit !== null) query = query.limit(filter.limit)
  return (await query.execute())
    .map((row) => viewOf({ ...toEvidence(row), at: row.at, customer: row.customer, effect: effectOf(row) }))
    .reverse()
}

interface Done {
  readonly view: BounceView
  readonly quarantined: readonly string[]
}

interface Applying {
  readonly id: string
  readonly evidence: Evidence
  readonly now: Date
}

function collect(done: readonly Done[]): Applied {
  return {
    bounces: done.map(({ view }) => view),
    quarantined: done.flatMap(({ quarantined }) => quarantined),
  }
}

async function apply(db: Db, applying: Applying): Promise<Done> {
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
  return { view: viewOf({ ...evidence, at, customer: facts.customer, effect }), quarantined }
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

function toEvidence(row: Row<'bounce'>): Evidence {
  const { hash, position, recipient, status, diagnostic } = row
  const verdict = row.verdict as BounceVerdict
  return {
    ...{ hash, position, recipient, status, diagnostic, verdict },
    order: row.order_id,
    proof: row.proof as BounceProof,
  }
}

function effectOf(row: Row<'bounce'>): BounceEffect {
  return row.effect as BounceEffect
}

function viewOf({ hash: _hash, position: _position, ...view }: Evidence & BounceView): BounceView {
  return view
}
