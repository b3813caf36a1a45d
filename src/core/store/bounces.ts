import type { BounceView } from '../model/results/bounces.ts'
import { takeEffect, type Done } from './bounce-effect.ts'
import { bounceView, effectOf, type Evidence, toEvidence } from './bounce-rows.ts'
import { newId } from './ids.ts'
import type { Db } from './schema.ts'

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
      done.push(await takeEffect(db, { id, evidence: each, now }))
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
    for (const row of rows) done.push(await takeEffect(db, { id: row.id, evidence: toEvidence(row), now }))
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
    .map((row) =>
      bounceView({ ...toEvidence(row), at: row.at, customer: row.customer, effect: effectOf(row) }),
    )
    .reverse()
}

function collect(done: readonly Done[]): Applied {
  return {
    bounces: done.map(({ view }) => view),
    quarantined: done.flatMap(({ quarantined }) => quarantined),
  }
}
