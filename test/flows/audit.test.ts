import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { describe, test, type TestContext } from 'node:test'
import { fileURLToPath } from 'node:url'
import { Sqlite } from '../../src/core/store/sqlite.ts'
import { CompiledQuery } from 'kysely'
import { verifyAudit } from '../../src/core/flows/audit.ts'
import { showLog } from '../../src/core/flows/event-log.ts'
import type { Ctx } from '../../src/core/flows/ctx.ts'
import type { NewEvent } from '../../src/core/model/event.ts'
import { ALWAYS } from '../../src/core/model/period.ts'
import { chainHead } from '../../src/core/store/event-chain.ts'
import { insertEvents } from '../../src/core/store/event-log.ts'
import { openStore } from '../../src/core/store/open.ts'
import type { Db } from '../../src/core/store/schema.ts'
import { finished } from '../support/cli.ts'
import { storeCtx } from '../support/store-ctx.ts'
import { storeInFile } from '../support/new-store.ts'
import { tempFolder } from '../support/temp.ts'

function event(detail: string): NewEvent {
  const nobody = { order: null, customer: 'C00001', uuid: null, recipient: null }
  return { at: '2024-06-01T12:00:00.000Z', level: 'info', event: 'customer-saved', ...nobody, detail }
}

const FIVE = ['uno', 'dos', 'tres', 'cuatro', 'cinco'].map(event)
const NO_HEAD = { head: null }

interface Log {
  readonly ctx: Ctx
  readonly file: string
}

/** A store on disk whose log has five events. */
async function fiveEvents(t: TestContext): Promise<Log> {
  const file = join(tempFolder(t), 'store.db')
  const db = await storeInFile(file)
  t.after(() => db.destroy())
  await insertEvents(db, FIVE)
  return { ctx: await storeCtx(t, { db }), file }
}

/** What somebody does who can write the file and knows of the triggers. */
function tamper(file: string, statement: string): void {
  const database = new Sqlite(file)
  database.exec(`drop trigger event_no_update; drop trigger event_no_delete; ${statement}`)
  database.close()
}

async function found(ctx: Ctx, head: string | null = null) {
  const { whole, needsPerson, bad, found: seq } = await verifyAudit(ctx, { head })
  assert.equal(needsPerson, !whole)
  return { whole, bad, seq }
}

describe('row 132: the event log is a hash chain', () => {
  test('row 132: an untouched log is whole, and its head is the hash of its last event', async (t) => {
    const { ctx } = await fiveEvents(t)
    const result = await verifyAudit(ctx, NO_HEAD)
    assert.deepEqual(
      { ...result, head: result.head.seq },
      {
        kind: 'audit',
        whole: true,
        needsPerson: false,
        events: 5,
        head: 5,
        bad: null,
        wanted: null,
        found: null,
      },
    )
    assert.deepEqual(await chainHead(ctx.db), result.head)
  })

  test('row 132: an empty log is whole', async (t) => {
    const ctx = await storeCtx(t)
    assert.deepEqual(await found(ctx), { whole: true, bad: null, seq: null })
  })

  test('row 132: anybody can recompute the hashes from `log --json` with any SHA-256', async (t) => {
    const { ctx } = await fiveEvents(t)
    const filter = { client: null, period: ALWAYS, level: null, uuid: null, order: null, limit: null }
    const { events } = await showLog(ctx, filter)
    const head = [...events].reduce(
      (before, each) =>
        createHash('sha256')
          .update(`${before}\n${JSON.stringify(each)}`)
          .digest('hex'),
      '',
    )
    assert.equal(head, (await chainHead(ctx.db)).hash)
  })

  test('row 132: an edited event is named', async (t) => {
    for (const change of ["detail = 'otro'", "at = '2023-01-01'", 'customer = null', "level = 'error'"]) {
      const { ctx, file } = await fiveEvents(t)
      tamper(file, `update event set ${change} where seq = 3`)
      assert.deepEqual((await found(ctx)).bad, { seq: 3, problem: 'content' }, change)
    }
  })

  test('row 132: an event that was edited with its own hash made anew gives itself away at the next', async (t) => {
    const { ctx, file } = await fiveEvents(t)
    tamper(file, `update event set detail = 'otro', hash = '${'0'.repeat(64)}' where seq = 3`)
    assert.deepEqual((await found(ctx)).bad, { seq: 3, problem: 'content' })
    rehash(file, 3)
    assert.deepEqual((await found(ctx)).bad, { seq: 4, problem: 'link' })
  })

  test('row 132: a deleted, an inserted and a moved event are named', async (t) => {
    const deleted = await fiveEvents(t)
    tamper(deleted.file, 'delete from event where seq = 3')
    assert.deepEqual((await found(deleted.ctx)).bad, { seq: 4, problem: 'link' })

    const first = await fiveEvents(t)
    tamper(first.file, 'delete from event where seq = 1')
    assert.deepEqual((await found(first.ctx)).bad, { seq: 2, problem: 'link' })

    const inserted = await fiveEvents(t)
    tamper(
      inserted.file,
      `update event set seq = seq + 100 where seq > 2; update event set seq = seq - 99 where seq > 100;
       insert into event (seq, at, level, event, detail, prev_hash, hash) select 3, at, level, event, 'falso', hash, hash from event where seq = 2`,
    )
    assert.deepEqual((await found(inserted.ctx)).bad, { seq: 3, problem: 'content' })

    const moved = await fiveEvents(t)
    tamper(
      moved.file,
      'update event set seq = 99 where seq = 2; update event set seq = 2 where seq = 3; update event set seq = 3 where seq = 99',
    )
    assert.deepEqual((await found(moved.ctx)).bad, { seq: 2, problem: 'link' })
  })

  test('row 132: a cut tail shows only against a head that was kept', async (t) => {
    const { ctx, file } = await fiveEvents(t)
    const kept = (await chainHead(ctx.db)).hash
    assert.deepEqual(await found(ctx, kept.toUpperCase()), { whole: true, bad: null, seq: 5 })
    await insertEvents(ctx.db, [event('seis')])
    assert.deepEqual(await found(ctx, kept), { whole: true, bad: null, seq: 5 })
    tamper(file, 'delete from event where seq > 4')
    assert.deepEqual(await found(ctx), { whole: true, bad: null, seq: null })
    assert.deepEqual(await found(ctx, kept), { whole: false, bad: null, seq: null })
  })

  test('row 132: a log made anew from its first event on does not have the kept head', async (t) => {
    const { ctx } = await fiveEvents(t)
    const kept = (await chainHead(ctx.db)).hash
    const other = await storeCtx(t)
    await insertEvents(other.db, [event('cero'), ...FIVE])
    assert.deepEqual(await found(other), { whole: true, bad: null, seq: null })
    assert.deepEqual(await found(other, kept), { whole: false, bad: null, seq: null })
  })

  test('a head that is no hash is a mistake of the command line', async (t) => {
    const ctx = await storeCtx(t)
    for (const head of ['', 'abc', 'g'.repeat(64)])
      await assert.rejects(verifyAudit(ctx, { head }), { code: 'BAD_HEAD' })
  })
})

/** Gives an event the hash that its content asks for. */
function rehash(file: string, seq: number): void {
  const database = new Sqlite(file)
  const row = database.prepare('select * from event where seq = ?').get(seq) as Record<string, unknown>
  const {
    prev_hash: before,
    at,
    level,
    event: kind,
    order_id: order,
    customer,
    uuid,
    recipient,
    detail,
  } = row
  const json = JSON.stringify({ seq, at, level, event: kind, order, customer, uuid, recipient, detail })
  const hash = createHash('sha256')
    .update(`${String(before)}\n${json}`)
    .digest('hex')
  database.prepare('update event set hash = ? where seq = ?').run(hash, seq)
  database.close()
}

describe('the event log', () => {
  test('the database refuses to change or delete an event', async (t) => {
    const { ctx } = await fiveEvents(t)
    await assert.rejects(ctx.db.updateTable('event').set({ detail: 'otro' }).execute(), /append-only/)
    await assert.rejects(ctx.db.deleteFrom('event').execute(), /append-only/)
    assert.equal((await verifyAudit(ctx, NO_HEAD)).events, 5)
  })

  test('triggers that were dropped are there again when the store is opened next', async (t) => {
    const { file } = await fiveEvents(t)
    tamper(file, '')
    const db = await openStore(file, 'existing')
    t.after(() => db.destroy())
    await assert.rejects(db.deleteFrom('event').execute(), /append-only/)
  })

  test('text that no database keeps as it is does not break the chain', async (t) => {
    const ctx = await storeCtx(t)
    const odd = ['half \ud83d a pair', 'nul \0 nul', 'line \u2028 line\r\n', 'ñ 😀 "\\', '']
    await insertEvents(ctx.db, odd.map(event))
    assert.equal((await found(ctx)).whole, true)
  })

  test('many events in one call, and an event outside a transaction, are one chain', async (t) => {
    const ctx = await storeCtx(t)
    await ctx.db.transaction().execute(async (db) => {
      const many = Array.from({ length: 450 }, (_, i) => event(String(i)))
      await insertEvents(db, many)
      await insertEvents(db, many)
    })
    await insertEvents(ctx.db, FIVE)
    const { whole, events } = await verifyAudit(ctx, NO_HEAD)
    assert.deepEqual({ whole, events }, { whole: true, events: 905 })
  })

  test('what is rolled back leaves no hole', async (t) => {
    const { ctx } = await fiveEvents(t)
    const failing = ctx.db.transaction().execute(async (db) => {
      await insertEvents(db, FIVE)
      throw new Error('on purpose')
    })
    await assert.rejects(failing, /on purpose/)
    await insertEvents(ctx.db, FIVE)
    const { whole, head } = await verifyAudit(ctx, NO_HEAD)
    assert.deepEqual({ whole, seq: head.seq }, { whole: true, seq: 10 })
  })

  test('two processes that write at once make one chain', async (t) => {
    const { ctx, file } = await fiveEvents(t)
    const writers = await Promise.all([1, 2].map(() => finished(writer(file, 120))))
    assert.deepEqual(
      writers.map(({ code, stderr }) => [code, stderr]),
      [
        [0, ''],
        [0, ''],
      ],
    )
    const { whole, events } = await verifyAudit(ctx, NO_HEAD)
    assert.deepEqual({ whole, events }, { whole: true, events: 245 })
  })

  test('a store from before the chain is chained as it is', async (t) => {
    const file = join(tempFolder(t), 'store.db')
    const old = await storeInFile(file)
    await insertEvents(old, FIVE)
    await beforeTheChain(old)
    await old.destroy()
    const db = await openStore(file, 'existing')
    t.after(() => db.destroy())
    const ctx = await storeCtx(t, { db })
    await insertEvents(db, FIVE)
    const { whole, events } = await verifyAudit(ctx, NO_HEAD)
    assert.deepEqual({ whole, events }, { whole: true, events: 10 })
  })
})

/** A process of its own that appends events, one a transaction. */
function writer(file: string, count: number) {
  const root = new URL('../../', import.meta.url)
  const script = `
    import { openStore } from '${new URL('src/core/store/open.ts', root).href}'
    import { insertEvents } from '${new URL('src/core/store/event-log.ts', root).href}'
    const db = await openStore(${JSON.stringify(file)}, 'existing')
    for (let i = 0; i < ${count}; i++) await insertEvents(db, [${JSON.stringify(event('a la vez'))}])
    await db.destroy()`
  return spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', script], {
    cwd: fileURLToPath(root),
  })
}

/** Takes the store back to the schema that had no chain. */
async function beforeTheChain(db: Db): Promise<void> {
  for (const change of ['update', 'delete'])
    await db.executeQuery(CompiledQuery.raw(`drop trigger event_no_${change}`))
  for (const column of ['prev_hash', 'hash']) await db.schema.alterTable('event').dropColumn(column).execute()
  await db.schema.alterTable('attempt').dropColumn('tls').execute()
  await db.executeQuery(CompiledQuery.raw("delete from migration where name = '0002-audit-chain'"))
}
