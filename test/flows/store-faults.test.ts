import assert from 'node:assert/strict'
import { existsSync, openSync, readFileSync, statSync, truncateSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test, type TestContext } from 'node:test'
import { Sqlite } from '../../src/core/store/sqlite.ts'
import { Kysely, type KyselyPlugin, SqliteDialect } from 'kysely'
import { networkName } from '../../src/core/files/health.ts'
import { appendEntry, readEntries } from '../../src/core/files/side-journal.ts'
import type { Ctx } from '../../src/core/flows/ctx.ts'
import { packageCfdis } from '../../src/core/flows/package-cfdis.ts'
import { sendDue } from '../../src/core/flows/send-due.ts'
import { ALWAYS } from '../../src/core/model/period.ts'
import { parseFault } from '../../src/core/model/fault.ts'
import { claimOrders } from '../../src/core/store/claims.ts'
import { countInState, dueByLane } from '../../src/core/store/delivery-counts.ts'
import { engineOf } from '../../src/core/store/engine.ts'
import { armedFault } from '../../src/core/store/faults.ts'
import { up as firstMigration } from '../../src/core/store/migrations/0001-first.ts'
import { openStore, storeHealth } from '../../src/core/store/open.ts'
import { listOrders } from '../../src/core/store/orders.ts'
import { markDotted } from '../../src/core/store/settle.ts'
import { packageDocuments, START, testCtx, useProfile } from '../support/ctx.ts'
import { smtpServer } from '../support/smtp-server.ts'
import { fileCtx } from '../support/store-file.ts'
import { tempFolder } from '../support/temp.ts'

const SEND = { limit: null, profile: null }
const PACKAGE_ALL = {
  ...{ clients: [], period: ALWAYS, kinds: null, type: null, grouping: null, packing: null, reason: null },
  ...({ sources: [], scope: 'all', repetition: 'once' } as const),
}

async function statesOf(ctx: Ctx): Promise<string[]> {
  return (await listOrders(ctx.db, {})).flatMap(({ deliveries }) => deliveries.map(({ state }) => state))
}

describe('row 39: the store is busy when the server has said yes', () => {
  test('row 39: the outcome waits for the other writer', async (t) => {
    const { ctx, other } = await fileCtx(t)
    const server = await smtpServer(t, {
      onMessage() {
        other.exec('begin immediate')
        setTimeout(() => other.exec('commit'), 700)
        return undefined
      },
    })
    await packageDocuments(t, ctx, [{ folio: '1' }])
    await useProfile(ctx, server.port)
    await sendDue(ctx, SEND)
    assert.deepEqual(await statesOf(ctx), ['sent', 'sent'])
    assert.deepEqual(readEntries(ctx.folders.data), [])
  })

  test('row 39: one that cannot wait any longer is kept beside the store, and the next run writes it', async (t) => {
    const { ctx, other } = await fileCtx(t)
    const hasty = { ...ctx, settings: { ...ctx.settings, outcomeWaitSeconds: 0 } }
    const server = await smtpServer(t, {
      onMessage() {
        other.exec('begin immediate')
        return undefined
      },
    })
    await packageDocuments(t, ctx, [{ folio: '1' }, { folio: '2' }])
    await useProfile(ctx, server.port)
    await assert.rejects(sendDue(hasty, SEND), { code: 'STORE_BUSY' })
    other.exec('rollback')
    assert.equal(server.messages.length, 1, 'it went on without a store to write to')
    assert.deepEqual((await statesOf(ctx)).sort(), ['dotted', 'dotted', 'leased', 'leased'])
    assert.equal(readEntries(ctx.folders.data).length, 1)
    const calm = await smtpServer(t)
    await useProfile(ctx, calm.port)
    await sendDue(ctx, SEND)
    assert.deepEqual(await statesOf(ctx), ['sent', 'sent', 'sent', 'sent'])
    assert.deepEqual([server.messages.length, calm.messages.length], [1, 1])
    assert.deepEqual(readEntries(ctx.folders.data), [])
  })

  test('row 39: half an entry of the side journal counts as none', (t) => {
    const folder = tempFolder(t)
    appendEntry(folder, '{"whole":1}')
    const file = join(folder, 'outcomes.journal')
    writeSync(openSync(file, 'a'), '\n0123456789abcdef {"ha')
    appendEntry(folder, '{"whole":2}')
    assert.deepEqual(readEntries(folder), ['{"whole":1}', '{"whole":2}'])
    assert.equal(statSync(file).mode & 0o077, 0)
  })
})

test('row 40: a transaction that reads first has the write lock from its start', async (t) => {
  const { ctx, other } = await fileCtx(t)
  await ctx.db.transaction().execute(async (db) => {
    await db.selectFrom('customer').selectAll().execute()
    assert.throws(() => other.exec('begin immediate'), { code: 'SQLITE_BUSY' })
  })
  other.exec('begin immediate')
  other.exec('rollback')
})

describe('row 41: a disk that is nearly full', () => {
  test('row 41: send and package do not begin, a simulation does', async (t) => {
    const { ctx } = await testCtx(t)
    const folder = tempFolder(t)
    const settings = { ...ctx.settings, minFreeBytes: Number.MAX_SAFE_INTEGER, sources: [folder] }
    const full = { ...ctx, settings }
    await assert.rejects(sendDue(full, SEND), { code: 'DISK_LOW' })
    await assert.rejects(packageCfdis(full, { ...PACKAGE_ALL, mode: 'write' }), { code: 'DISK_LOW' })
    const planned = await packageCfdis(full, { ...PACKAGE_ALL, mode: 'dry-run' })
    assert.equal(planned.totals.documents, 0)
  })
})

test('row 44: every connection is opened with WAL and synchronous FULL', async (t) => {
  const { ctx, store } = await fileCtx(t)
  assert.match((await storeHealth(ctx.db)).detail, /journal wal, synchronous 2/)
  const again = await openStore(store, 'existing')
  t.after(() => again.destroy())
  assert.match((await storeHealth(again)).detail, /journal wal, synchronous 2/)
})

describe('row 45: a damaged store', () => {
  async function closedStore(t: TestContext): Promise<string> {
    const store = join(tempFolder(t), 'store.db')
    await (await openStore(store, 'create')).destroy()
    return store
  }
  const damages: Readonly<Record<string, (file: string) => void>> = {
    'without its last page': (file) => truncateSync(file, statSync(file).size - 4096),
    'cut to half a page': (file) => truncateSync(file, 2000),
    'with another program’s header': (file) => writeSync(openSync(file, 'r+'), 'not a database, really', 0),
    emptied: (file) => truncateSync(file, 0),
  }
  for (const [damage, spoil] of Object.entries(damages)) {
    test(`row 45: ${damage} is refused and left as it is`, async (t) => {
      const file = await closedStore(t)
      spoil(file)
      const before = readFileSync(file)
      await assert.rejects(openStore(file, 'existing'), { code: 'STORE_DAMAGED' })
      assert.ok(readFileSync(file).equals(before))
    })
  }
})

describe('row 47: a store on another machine’s disk', () => {
  test('row 47: network file systems are known by statfs’ numbers, negative or not', () => {
    assert.deepEqual(
      [0x6969, 0xff534d42, 0xff534d42 | 0, 0x517b, 0x01021997, 0xef53, 0x01021994].map(networkName),
      ['NFS', 'CIFS', 'CIFS', 'SMB', '9p', null, null],
    )
  })

  test('row 47: there the store has no WAL', async (t) => {
    const file = join(tempFolder(t), 'store.db')
    const db = await openStore(file, 'create', { journal: 'rollback' })
    t.after(() => db.destroy())
    assert.match((await storeHealth(db)).detail, /journal delete, synchronous 2/)
    assert.equal(existsSync(`${file}-wal`), false)
  })
})

describe('rows 48 and 49: stores of other versions', () => {
  /** As the first release left it. */
  async function firstRelease(t: TestContext): Promise<string> {
    const file = join(tempFolder(t), 'store.db')
    writeFileSync(file, '', { mode: 0o600 })
    const db = new Kysely<{ migration: { name: string } }>({
      dialect: new SqliteDialect({ database: new Sqlite(file) }),
    })
    await db.schema
      .createTable('migration')
      .addColumn('name', 'text', (c) => c.primaryKey())
      .execute()
    await firstMigration(db as unknown as Kysely<unknown>)
    await db.insertInto('migration').values({ name: '0001-first' }).execute()
    await db.destroy()
    return file
  }
  const stepsOf = (file: string) => {
    const database = new Sqlite(file)
    const names = database.prepare('select name from migration order by name').pluck().all()
    const sound = database.pragma('integrity_check', { simple: true })
    database.close()
    return { names, sound }
  }

  test('row 48: one of a newer version is refused with both versions', async (t) => {
    const { store, other } = await fileCtx(t)
    other.exec("insert into migration values ('9999-future')")
    await assert.rejects(
      openStore(store, 'existing'),
      (error: Error & { params: Record<string, string> }) => {
        assert.equal(error.params['found'], '9999-future')
        assert.match(error.params['known'] ?? '', /^\d{4}-/)
        return true
      },
    )
  })

  test('row 49: an older one is copied, private and sound, before its tables change', async (t) => {
    const file = await firstRelease(t)
    await (await openStore(file, 'existing')).destroy()
    const [, next = ''] = stepsOf(file).names as string[]
    const copy = `${file}.before-${next}`
    assert.deepEqual(stepsOf(copy), { names: ['0001-first'], sound: 'ok' })
    assert.equal(statSync(copy).mode & 0o777, 0o600)
  })

  test('row 49: a step that fails half way leaves the one before, and the next opening goes on', async (t) => {
    const file = await firstRelease(t)
    const reference = await firstRelease(t)
    await (await openStore(reference, 'existing')).destroy()
    const steps = stepsOf(reference).names
    for (let n = 1; n < steps.length; n++) {
      for (const action of ['throw', 'enospc']) {
        const fault = armedFault(parseFault(`migrate:1:${action}`)!, { file, kill: () => undefined })
        await assert.rejects(openStore(file, 'existing', { fault }))
        assert.deepEqual(stepsOf(file), { names: steps.slice(0, n), sound: 'ok' })
      }
      const fault = armedFault(parseFault('migrate:2:throw')!, { file, kill: () => undefined })
      await openStore(file, 'existing', { fault }).then(
        (db) => db.destroy(),
        () => undefined,
      )
    }
    assert.deepEqual(stepsOf(file).names, steps)
  })
})

describe('row 52: a clock that jumps', () => {
  test('row 52: back by a day, what a dead process leased in the future is taken up at once', async (t) => {
    const { ctx } = await testCtx(t)
    const server = await smtpServer(t)
    await packageDocuments(t, ctx, [{ folio: '1' }, { folio: '2' }])
    await useProfile(ctx, server.port)
    const token = 'dead'
    const later = new Date(START.getTime() + 86_400_000)
    const [order] = await claimOrders(ctx.db, { lanes: ['module:invoicing'], now: later, token, limit: 1 })
    const ids = order!.deliveries.map(({ id }) => id)
    await markDotted(ctx.db, { token, deliveries: ids, at: later })
    await claimOrders(ctx.db, { lanes: ['module:invoicing'], now: later, token, limit: 1 })
    await sendDue(ctx, SEND)
    assert.deepEqual((await statesOf(ctx)).sort(), ['sent', 'sent', 'unknown', 'unknown'])
  })

  test('row 52: back by months, what was to be tried again then is tried now', async (t) => {
    const { ctx, clock } = await testCtx(t)
    const busy = await smtpServer(t, { onRecipient: () => '451 4.3.0 later' })
    await packageDocuments(t, ctx, [{ folio: '1' }])
    await useProfile(ctx, busy.port)
    clock.minutes = 60 * 24 * 200
    await ctx.db.updateTable('delivery').set({ due_at: ctx.now().toISOString() }).execute()
    await ctx.db.updateTable('send_order').set({ created_at: ctx.now().toISOString() }).execute()
    await sendDue(ctx, SEND)
    assert.deepEqual(await statesOf(ctx), ['deferred', 'deferred'])
    clock.minutes = 0
    const well = await smtpServer(t)
    await useProfile(ctx, well.port)
    await sendDue(ctx, SEND)
    assert.deepEqual(await statesOf(ctx), ['sent', 'sent'])
  })
})

test('row 59: with 100,000 deliveries a claim and the counts of a run read the index alone and sort nothing', async (t) => {
  const { ctx, other } = await fileCtx(t)
  const server = await smtpServer(t)
  await packageDocuments(t, ctx, [{ folio: '1' }])
  await useProfile(ctx, server.port)
  const columns = (other.pragma('table_info(delivery)') as { name: string }[]).map(({ name }) => name)
  const values = columns.map((name) =>
    name === 'id'
      ? "'X' || n"
      : name === 'position'
        ? 'n + 10'
        : name === 'recipient'
          ? "n || '@x.example'"
          : name,
  )
  other.exec(`with recursive many(n) as (select 1 union all select n + 1 from many where n < 100000)
    insert into delivery (${columns.join()}) select ${values.join()} from many, (select * from delivery limit 1)`)
  const statements: string[] = []
  const listen: KyselyPlugin = {
    transformQuery({ node, queryId }) {
      statements.push(ctx.db.getExecutor().compileQuery(node, queryId).sql)
      return node
    },
    transformResult: async ({ result }) => result,
  }
  const { database } = engineOf(ctx.db)
  const prepare = database.prepare.bind(database)
  t.mock.method(database, 'prepare', (text: string) => {
    statements.push(text)
    return prepare(text)
  })
  const claim = { lanes: ['module:invoicing'], now: ctx.now(), token: 'me', limit: 20 }
  const listening = ctx.db.withPlugin(listen)
  assert.equal((await dueByLane(listening, ctx.now())).get('module:invoicing'), 100_002)
  const claimed = await claimOrders(ctx.db, claim)
  assert.equal(claimed.length, 1)
  assert.equal(await countInState(listening, 'unknown'), 0)
  const plans = statements
    .filter((text) => text.includes('"delivery"'))
    .map((text) =>
      other
        .prepare(`explain query plan ${text.replaceAll('?', 'null')}`)
        .all()
        .map((row) => (row as { detail: string }).detail)
        .filter((step) => !step.includes('json_each'))
        .join('; '),
    )
  assert.ok(plans.length >= 6, 'no statement about deliveries was seen')
  for (const plan of plans) {
    assert.match(plan, /SEARCH delivery USING (COVERING )?INDEX/)
    assert.doesNotMatch(plan, /SCAN|TEMP B-TREE/)
  }
})
