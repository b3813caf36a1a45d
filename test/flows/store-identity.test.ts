import assert from 'node:assert/strict'
import {
  cpSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, test, type TestContext } from 'node:test'
import { sql } from 'kysely'
import { backUp, restore } from '../../src/core/flows/backup.ts'
import type { Ctx, DataFolders } from '../../src/core/flows/ctx.ts'
import { sendDue } from '../../src/core/flows/send-due.ts'
import { releaseOrders } from '../../src/core/flows/steer-orders.ts'
import { adoptStore, knownIdentity } from '../../src/core/flows/store-identity.ts'
import { CfdiMailError } from '../../src/core/model/errors.ts'
import { strangeReason } from '../../src/core/model/store-identity.ts'
import { listEvents } from '../../src/core/store/event-log.ts'
import { claimOrders } from '../../src/core/store/claims.ts'
import { listOrders } from '../../src/core/store/orders.ts'
import { savePackagingType } from '../../src/core/store/packaging-types.ts'
import { GRAL } from '../../src/core/model/packaging-type.ts'
import { packageAgain, packageDocuments, testCtx, useProfile } from '../support/ctx.ts'
import { storeInFile } from '../support/new-store.ts'
import { smtpServer, type TestSmtpServer } from '../support/smtp-server.ts'
import { damageSnapshot } from '../support/snapshots.ts'
import { tempFolder } from '../support/temp.ts'

const SEND = { limit: null, profile: null }
const INVOICE = { series: 'A', issuedAt: '2024-05-20T09:00:00', receiverRfc: 'URE180429TM6' } as const
const INVOICES = ['1', '2'].map((folio) => ({ ...INVOICE, folio }))

function foldersIn(data: string): DataFolders {
  const inside = (name: string) => join(data, name)
  return {
    data,
    store: inside('store.db'),
    spool: inside('spool'),
    lock: inside('send.lock'),
    settings: inside('cfdi-mail.yaml'),
  }
}

/** The program at work in a data folder, on a store in a file. */
async function openIn(t: TestContext, data: string): Promise<Ctx> {
  const folders = foldersIn(data)
  const db = await storeInFile(folders.store)
  t.after(() => db.destroy())
  await savePackagingType(db, GRAL)
  const { ctx } = await testCtx(t, { db, folders })
  return ctx
}

interface House {
  readonly ctx: Ctx
  readonly data: string
  readonly server: TestSmtpServer
}

/** Two orders to two recipients each, packaged and not sent. */
async function houseWithMail(t: TestContext): Promise<House> {
  const data = join(tempFolder(t), 'data')
  const ctx = await openIn(t, data)
  const server = await smtpServer(t)
  await useProfile(ctx, server.port)
  await knownIdentity(ctx)
  await packageDocuments(t, ctx, INVOICES)
  return { ctx, data, server }
}

async function refusalOf(ctx: Ctx): Promise<readonly [string, unknown]> {
  try {
    await sendDue(ctx, SEND)
  } catch (error) {
    assert.ok(error instanceof CfdiMailError, String(error))
    return [error.code, error.params['strange']]
  }
  return ['sent', undefined]
}

async function statesOf(ctx: Ctx): Promise<string[]> {
  const deliveries = (await listOrders(ctx.db, {})).flatMap((order) => order.deliveries)
  return [...new Set(deliveries.map(({ state, heldReason }) => `${state}:${heldReason ?? ''}`))]
}

describe('a store that was copied or restored', () => {
  test('row 42: one that a full disk kept from writing its place down is not taken for a restored backup', async (t) => {
    // The witness used to be written first: the first send of a store met a full disk, and every later one wanted it adopted.
    const data = join(tempFolder(t), 'data')
    const ctx = await openIn(t, data)
    const server = await smtpServer(t)
    await useProfile(ctx, server.port)
    await packageDocuments(t, ctx, INVOICES)
    await sql`create temp trigger full before insert on store_identity begin select raise(abort, 'full'); end`.execute(
      ctx.db,
    )
    await assert.rejects(sendDue(ctx, SEND), /full/)
    await sql`drop trigger full`.execute(ctx.db)
    assert.deepEqual(await refusalOf(ctx), ['sent', undefined])
  })

  test("row 46: yesterday's copy put back in its place sends nothing until it is adopted, and then nothing unasked", async (t) => {
    const { ctx, data, server } = await houseWithMail(t)
    const yesterday = join(tempFolder(t), 'yesterday.db')
    await ctx.db.destroy()
    copyFileSync(join(data, 'store.db'), yesterday)
    const today = await openIn(t, data)
    await sendDue(today, SEND)
    await today.db.destroy()
    assert.equal(server.messages.length, 2)
    copyFileSync(yesterday, join(data, 'store.db'))
    const restored = await openIn(t, data)
    assert.deepEqual(await refusalOf(restored), ['STORE_NOT_ADOPTED', 'older'])
    const adopted = await adoptStore(restored)
    assert.deepEqual(
      [adopted.reason, adopted.deliveries, adopted.orders, adopted.needsPerson],
      ['older', 4, 2, true],
    )
    await sendDue(restored, SEND)
    assert.equal(server.messages.length, 2, 'no old mail goes out')
    assert.deepEqual(await statesOf(restored), ['held:review'])
    const held = (await listEvents(restored.db, {})).filter(
      ({ event, level }) => event === 'held' && level === 'warning',
    )
    assert.equal(held.length, 4)
    assert.match(held[0]?.detail ?? '', /restored or copied/)
    const [order] = await listOrders(restored.db, {})
    await releaseOrders(restored, { orders: [order?.id ?? ''], reason: '' })
    await sendDue(restored, SEND)
    assert.equal(server.messages.length, 3, 'what a person releases goes')
  })

  test('row 46: a copy of the live data folder elsewhere sends nothing, and the original goes on', async (t) => {
    const { ctx, data, server } = await houseWithMail(t)
    const copy = `${data}-copy`
    cpSync(data, copy, { recursive: true })
    const other = await openIn(t, copy)
    assert.deepEqual(await refusalOf(other), ['STORE_NOT_ADOPTED', 'other-folder'])
    assert.equal(server.messages.length, 0)
    await sendDue(ctx, SEND)
    assert.equal(server.messages.length, 2)
    await adoptStore(other)
    assert.deepEqual(await refusalOf(other), ['sent', undefined])
    assert.equal(server.messages.length, 2)
  })

  test('row 46: a data folder put back as a whole, in its own place, sends nothing', async (t) => {
    const { ctx, data, server } = await houseWithMail(t)
    await sendDue(ctx, { ...SEND, limit: 1 })
    await ctx.db.destroy()
    const saved = join(tempFolder(t), 'saved')
    cpSync(data, saved, { recursive: true })
    rmSync(data, { recursive: true })
    cpSync(saved, data, { recursive: true })
    const restored = await openIn(t, data)
    assert.deepEqual(await refusalOf(restored), ['STORE_NOT_ADOPTED', 'replaced'])
    assert.equal(server.messages.length, 1)
  })

  test('what a sender had in its hands when the copy was made is held like the rest', async (t) => {
    const { ctx, data, server } = await houseWithMail(t)
    await claimOrders(ctx.db, { lanes: ['module:invoicing'], now: ctx.now(), token: 'elsewhere', limit: 1 })
    cpSync(data, `${data}-copy`, { recursive: true })
    const other = await openIn(t, `${data}-copy`)
    await adoptStore(other)
    assert.deepEqual(await statesOf(other), ['held:review'])
    assert.equal(server.messages.length, 0)
  })

  test('the same folder is not bothered, neither through a link to it nor run after run', async (t) => {
    const { ctx, data, server } = await houseWithMail(t)
    await sendDue(ctx, { ...SEND, limit: 1 })
    await ctx.db.destroy()
    symlinkSync(data, `${data}-link`)
    const linked = await openIn(t, `${data}-link`)
    await sendDue(linked, SEND)
    await sendDue(linked, SEND)
    assert.equal(server.messages.length, 2)
    const adopted = await adoptStore(linked)
    assert.deepEqual([adopted.reason, adopted.deliveries], [null, 0])
  })

  test('a machine that has no id, or a file system that knows no birth times, alone makes no store strange', () => {
    const identity = { id: 'S', folder: '/d', machine: 'aa', stamp: '7:0', runs: 3 }
    const witness = { id: 'S', runs: 3, stamp: '7:99' }
    assert.equal(strangeReason(identity, { folder: '/d', machine: '', witness }), null)
    assert.equal(strangeReason(identity, { folder: '/d', machine: 'bb', witness }), 'other-machine')
    assert.equal(
      strangeReason({ ...identity, stamp: '' }, { folder: '/d', machine: 'aa', witness: null }),
      null,
    )
    assert.equal(strangeReason(identity, { folder: '/d', machine: 'aa', witness: null }), 'replaced')
    assert.equal(
      strangeReason(identity, { folder: '/d', machine: 'aa', witness: { ...witness, runs: 4 } }),
      'older',
    )
    assert.equal(strangeReason({ ...identity, runs: 4 }, { folder: '/d', machine: 'aa', witness }), null)
    const moved = { ...witness, stamp: '8:99' }
    assert.equal(
      strangeReason({ ...identity, stamp: '7:99' }, { folder: '/d', machine: 'aa', witness: moved }),
      null,
    )
    assert.equal(strangeReason(identity, { folder: '/d', machine: 'aa', witness: moved }), 'replaced')
  })
})

describe('backup and restore', () => {
  test('row 46: a backup of a store in use holds what is in its WAL, and what is restored from it sends nothing unasked', async (t) => {
    const { ctx, server } = await houseWithMail(t)
    const folder = join(tempFolder(t), 'backups', 'monday')
    const done = await backUp(ctx, folder)
    assert.deepEqual([done.snapshots, done.missing, done.key], [4, [], null])
    await sendDue(ctx, SEND)
    assert.equal(server.messages.length, 2)
    const data = join(tempFolder(t), 'restored')
    const elsewhere = { ...ctx, folders: foldersIn(data) }
    const { snapshots, damaged } = await restore(elsewhere, folder)
    assert.deepEqual([snapshots, damaged], [4, []])
    const restored = await openIn(t, data)
    assert.deepEqual(await refusalOf(restored), ['STORE_NOT_ADOPTED', 'backup'])
    const { deliveries } = await adoptStore(restored)
    assert.equal(deliveries, 4)
    await sendDue(restored, SEND)
    assert.equal(server.messages.length, 2)
    const ids = (await listOrders(restored.db, {})).map(({ id }) => id)
    await releaseOrders(restored, { orders: ids, reason: '' })
    await sendDue(restored, SEND)
    assert.equal(server.messages.length, 4, 'the snapshots came along')
  })

  test('a store put back by hand from a backup, in its own folder, sends nothing either', async (t) => {
    const { ctx, data, server } = await houseWithMail(t)
    const folder = join(tempFolder(t), 'backup')
    await backUp(ctx, folder)
    await ctx.db.destroy()
    copyFileSync(join(folder, 'store.db'), join(data, 'store.db'))
    assert.deepEqual(await refusalOf(await openIn(t, data)), ['STORE_NOT_ADOPTED', 'backup'])
    assert.equal(server.messages.length, 0)
  })

  test('a backup is for its owner only, one store file without a WAL, and says which snapshots are missing', async (t) => {
    const { ctx } = await houseWithMail(t)
    const [order] = await listOrders(ctx.db, {})
    await damageSnapshot(ctx, order?.id ?? '')
    const folder = join(tempFolder(t), 'backup')
    const done = await backUp(ctx, folder)
    assert.equal(done.missing.length, 1)
    assert.equal(done.needsPerson, true)
    assert.deepEqual(readdirSync(folder).sort(), ['spool', 'store.db'])
    const modes = ['', 'store.db', 'spool'].map((name) => statSync(join(folder, name)).mode & 0o777)
    assert.deepEqual(modes, [0o700, 0o600, 0o700])
  })

  test('what was packaged twice is backed up from whichever place is whole', async (t) => {
    const { ctx } = await houseWithMail(t)
    const [first] = await listOrders(ctx.db, {})
    await packageAgain(t, ctx, INVOICES)
    await damageSnapshot(ctx, first?.id ?? '')
    const done = await backUp(ctx, join(tempFolder(t), 'backup'))
    assert.deepEqual([done.snapshots, done.missing], [4, []])
  })

  test('neither writes over what is there', async (t) => {
    const { ctx } = await houseWithMail(t)
    const folder = tempFolder(t)
    writeFileSync(join(folder, 'mine.txt'), 'mine')
    await assert.rejects(backUp(ctx, folder), { code: 'FOLDER_NOT_EMPTY' })
    // Node's recursive mkdir never came back from a file system that makes no folders.
    if (process.platform === 'linux')
      await assert.rejects(backUp(ctx, '/proc/no/respaldo'), { code: 'NO_ACCESS' })
    const good = join(tempFolder(t), 'backup')
    await backUp(ctx, good)
    await assert.rejects(restore(ctx, good), { code: 'FOLDER_NOT_EMPTY' })
    assert.deepEqual(readdirSync(folder), ['mine.txt'])
  })

  test('what is no backup, or a damaged one, leaves the data folder empty', async (t) => {
    const { ctx } = await houseWithMail(t)
    const target = join(tempFolder(t), 'data')
    const elsewhere = { ...ctx, folders: foldersIn(target) }
    await assert.rejects(restore(elsewhere, tempFolder(t)), { code: 'FILE_NOT_FOUND' })
    const folder = tempFolder(t)
    writeFileSync(
      join(folder, 'store.db'),
      'no database at all, but long enough to be read as one '.repeat(40),
    )
    await assert.rejects(restore(elsewhere, folder), { code: 'STORE_DAMAGED' })
    assert.ok(!existsSync(target) || readdirSync(target).length === 0)
    mkdirSync(target, { recursive: true })
    const good = join(tempFolder(t), 'backup')
    await backUp(ctx, good)
    await restore(elsewhere, good)
    assert.ok(existsSync(join(target, 'store.db')))
  })
})
