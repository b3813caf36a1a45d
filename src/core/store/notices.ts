import type { ErrorFact, ErrorNotice, NoticeState } from '../model/error-notice.ts'
import type { NewEvent } from '../model/event.ts'
import { attentionSince, lastEvent } from './attention.ts'
import { insertEvents } from './event-log.ts'
import type { Db, Row } from './schema.ts'

/** A digest that is to be sent now, with what it tells. */
export interface DueNotice {
  readonly notice: ErrorNotice
  readonly facts: readonly ErrorFact[]
}

export interface NextNotice {
  readonly id: string
  readonly messageId: string
  readonly recipient: string
  readonly at: string
}

/**
 * Takes what was not told yet into a digest: a new one, or the one that still waits. What it tells is not told again.
 * @returns null when there is nothing to tell, or the one that waits is not due
 */
export async function takeNotice(db: Db, next: NextNotice): Promise<DueNotice | null> {
  return await db.transaction().execute(async (db) => {
    const waiting = await db
      .selectFrom('notice')
      .selectAll()
      .where('state', '=', 'pending')
      .executeTakeFirst()
    if (waiting !== undefined && waiting.due_at > next.at) return null
    const after = waiting?.after_seq ?? (await markedEvent(db))
    const last = await lastEvent(db)
    if (waiting === undefined && last === after) return null
    const facts = await attentionSince(db, after)
    await mark(db, last)
    if (facts.length === 0) {
      await dropNotices(db, next.at)
      return null
    }
    const row = {
      ...(waiting ?? newRow(next, after)),
      last_seq: last,
      facts: facts.length,
      recipient: next.recipient,
    }
    await db
      .insertInto('notice')
      .values(row)
      .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
      .execute()
    return { notice: toNotice(row), facts }
  })
}

function newRow({ id, messageId, recipient, at }: NextNotice, after: number): Row<'notice'> {
  return {
    ...{ id, recipient, message_id: messageId, created_at: at, after_seq: after, last_seq: after, facts: 0 },
    ...{ subject: '', state: 'pending', attempts: 0, due_at: at, code: 0, reply: '', finished_at: null },
  }
}

/** Whether there is something to tell now, with nothing taken: most runs have nothing. */
export async function hasNews(db: Db, at: string): Promise<boolean> {
  const open = await db
    .selectFrom('notice')
    .select(['state', 'due_at'])
    .where('state', 'in', ['pending', 'dotted'])
    .execute()
  if (open.length > 0) return open.some(({ state, due_at: due }) => state === 'dotted' || due <= at)
  return (await attentionSince(db, await markedEvent(db))).length > 0
}

/** What became of a try, with the event that says so. */
export interface NoticeOutcome {
  readonly state: NoticeState
  readonly subject: string
  readonly attempts: number
  readonly dueAt: string
  readonly code: number
  readonly reply: string
  readonly finishedAt: string | null
  readonly event: NewEvent | null
}

export async function settleNotice(db: Db, id: string, outcome: NoticeOutcome): Promise<void> {
  const { state, subject, attempts, dueAt, code, reply, finishedAt, event } = outcome
  await db.transaction().execute(async (db) => {
    await db
      .updateTable('notice')
      .set({ state, subject, attempts, due_at: dueAt, code, reply, finished_at: finishedAt })
      .where('id', '=', id)
      .execute()
    if (event !== null) await insertEvents(db, [event])
  })
}

/** Commits that the dot of a digest is about to be sent. */
export async function markNoticeDotted(db: Db, id: string): Promise<void> {
  await db.updateTable('notice').set({ state: 'dotted' }).where('id', '=', id).execute()
}

/**
 * Digests whose sender died at the dot: they may have arrived, and are not sent again. For the holder of the run lock.
 * @returns how many there were
 */
export async function closeDotted(db: Db, at: string): Promise<number> {
  const rows = await db
    .updateTable('notice')
    .set({ state: 'unknown', finished_at: at })
    .where('state', '=', 'dotted')
    .returning('id')
    .execute()
  return rows.length
}

/** Gives up digests that wait. */
export async function dropNotices(db: Db, at: string): Promise<void> {
  await db
    .updateTable('notice')
    .set({ state: 'cancelled', finished_at: at })
    .where('state', 'in', ['pending', 'dotted'])
    .execute()
}

/** Nothing that happened so far is told. */
export async function tellNoMore(db: Db): Promise<void> {
  const last = await lastEvent(db)
  if (last > (await markedEvent(db))) await mark(db, last)
}

/** All digests, oldest first. */
export async function listNotices(db: Db): Promise<ErrorNotice[]> {
  return (await db.selectFrom('notice').selectAll().orderBy('id').execute()).map(toNotice)
}

async function markedEvent(db: Db): Promise<number> {
  return (await db.selectFrom('notice_mark').select('seq').executeTakeFirst())?.seq ?? 0
}

async function mark(db: Db, seq: number): Promise<void> {
  await db
    .insertInto('notice_mark')
    .values({ id: 1, seq })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ seq }))
    .execute()
}

function toNotice(row: Row<'notice'>): ErrorNotice {
  const { id, recipient, subject, facts, attempts, code, reply } = row
  return {
    ...{ id, recipient, subject, facts, attempts, code, reply },
    state: row.state as NoticeState,
    messageId: row.message_id,
    createdAt: row.created_at,
    dueAt: row.due_at,
    finishedAt: row.finished_at,
  }
}
