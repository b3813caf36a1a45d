// The packaging type of the page of Proscai_Mailer: keep, recycle bin, or delete for good, once the mail is out.
import assert from 'node:assert/strict'
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { after, describe, test, type TestContext } from 'node:test'
import type { Ctx } from '../../src/core/flows/ctx.ts'
import { packageCfdis } from '../../src/core/flows/package-cfdis.ts'
import { sendDue } from '../../src/core/flows/send-due.ts'
import { resolveOrder } from '../../src/core/flows/steer-orders.ts'
import { setType } from '../../src/core/flows/types.ts'
import type { AfterSend } from '../../src/core/model/packaging-type.ts'
import type { PackagedDocument } from '../../src/core/model/results/packaged.ts'
import { listEvents } from '../../src/core/store/event-log.ts'
import { testCtx, useProfile } from '../support/ctx.ts'
import { folderWith, INVOICE, NOTHING } from '../support/packaging.ts'
import { smtpServer, type SmtpServerOptions } from '../support/smtp-server.ts'
import { tempFolder } from '../support/temp.ts'

const SEND = { limit: null, profile: null }

interface House {
  readonly ctx: Ctx
  readonly clock: { minutes: number }
  readonly source: string
  readonly destination: string
  readonly documents: readonly PackagedDocument[]
}

/** One or more invoices packaged by a type that says what becomes of its files, and a server that answers as told. */
async function house(
  t: TestContext,
  {
    afterSend,
    folios = ['1'],
    server = {},
  }: { afterSend: AfterSend; folios?: readonly string[]; server?: SmtpServerOptions },
): Promise<House> {
  const { ctx, clock } = await testCtx(t)
  const { port } = await smtpServer(t, server)
  await useProfile(ctx, port)
  const destination = tempFolder(t)
  await setType(ctx, 'GRAL', { folder: destination, afterSend })
  const source = await folderWith(
    t,
    folios.map((folio) => ({ cfdi: { ...INVOICE, folio } })),
  )
  const { documents } = await packageCfdis(ctx, { ...NOTHING, sources: [source] })
  return { ctx, clock, source, destination, documents }
}

const filesOf = ({ documents }: House) => documents.flatMap(({ files }) => files)
const left = (house: House) => filesOf(house).filter((path) => existsSync(path))

async function told(ctx: Ctx): Promise<string[]> {
  const events = await listEvents(ctx.db, {})
  return events.flatMap(({ event, level, detail }) => (event === 'after-send' ? [`${level} ${detail}`] : []))
}

describe('after sending', () => {
  test('row 88: the packaged files are deleted when every recipient has been accepted, and the sources never', async (t) => {
    const house_ = await house(t, { afterSend: 'delete' })
    assert.equal(left(house_).length, 2)
    const { files } = await sendDue(house_.ctx, SEND)
    assert.deepEqual(files, { trashed: 0, deleted: 2, kept: 0 })
    assert.deepEqual(left(house_), [])
    assert.equal(readdirSync(house_.source).length, 2)
    const [event = ''] = await told(house_.ctx)
    assert.ok(
      event.startsWith('info deleted: ') && filesOf(house_).every((path) => event.includes(path)),
      event,
    )
    assert.deepEqual((await sendDue(house_.ctx, SEND)).files, { trashed: 0, deleted: 0, kept: 0 })
  })

  test('they stay when the type says keep, also when it says delete only later', async (t) => {
    const house_ = await house(t, { afterSend: 'keep' })
    await setType(house_.ctx, 'GRAL', { afterSend: 'delete' })
    await sendDue(house_.ctx, SEND)
    assert.equal(left(house_).length, 2)
    assert.deepEqual(await told(house_.ctx), [])
  })

  test('row 88: they wait while one recipient is refused, deferred or in doubt', async (t) => {
    for (const reply of ['550 5.1.1 no', '451 4.2.0 later']) {
      const house_ = await house(t, {
        afterSend: 'delete',
        server: { onRecipient: (address) => (address === 'dos@ure.example' ? reply : undefined) },
      })
      await sendDue(house_.ctx, SEND)
      assert.equal(left(house_).length, 2, reply)
    }
  })

  test('they go when a person says that a doubtful delivery did arrive', async (t) => {
    const house_ = await house(t, { afterSend: 'delete' })
    const { ctx } = house_
    await ctx.db.updateTable('delivery').set({ state: 'unknown' }).execute()
    await sendDue(ctx, SEND)
    assert.equal(left(house_).length, 2)
    const { id } = await ctx.db.selectFrom('send_order').select('id').executeTakeFirstOrThrow()
    await resolveOrder(ctx, { order: id, verdict: 'sent', recipient: null, reason: '' })
    assert.equal((await sendDue(ctx, SEND)).files.deleted, 2)
    assert.deepEqual(left(house_), [])
  })

  test('row 88: a file that was changed, or replaced by a link, is kept and told', async (t) => {
    const house_ = await house(t, { afterSend: 'delete' })
    const [xml = '', pdf = ''] = filesOf(house_)
    writeFileSync(xml, 'otra cosa')
    const elsewhere = join(tempFolder(t), 'x.pdf')
    renameSync(pdf, elsewhere)
    symlinkSync(elsewhere, pdf)
    const { files } = await sendDue(house_.ctx, SEND)
    assert.deepEqual(files, { trashed: 0, deleted: 0, kept: 2 })
    assert.deepEqual([readFileSync(xml, 'utf8'), existsSync(elsewhere)], ['otra cosa', true])
    assert.deepEqual((await told(house_.ctx)).sort(), [
      `warning kept changed: ${xml}`,
      `warning kept link: ${pdf}`,
    ])
    await sendDue(house_.ctx, SEND)
    assert.equal((await told(house_.ctx)).length, 2, 'told once')
  })

  test('row 88: a folder that has become a link out of the destination folder is not followed', async (t) => {
    const house_ = await house(t, { afterSend: 'delete' })
    const outside = join(tempFolder(t), 'fuera')
    const folder = dirname(filesOf(house_)[0] ?? '')
    renameSync(folder, outside)
    symlinkSync(outside, folder)
    assert.equal((await sendDue(house_.ctx, SEND)).files.kept, 2)
    assert.equal(readdirSync(outside).length, 2)
  })

  test('files are kept when the type has another destination folder now', async (t) => {
    const house_ = await house(t, { afterSend: 'delete' })
    await setType(house_.ctx, 'GRAL', { folder: tempFolder(t) })
    assert.equal((await sendDue(house_.ctx, SEND)).files.kept, 2)
    assert.equal(left(house_).length, 2)
  })

  test('a share that is not there now is asked again by the next run', async (t) => {
    const house_ = await house(t, { afterSend: 'delete' })
    const away = `${house_.destination}.away`
    renameSync(house_.destination, away)
    assert.deepEqual((await sendDue(house_.ctx, SEND)).files, { trashed: 0, deleted: 0, kept: 0 })
    renameSync(away, house_.destination)
    assert.equal((await sendDue(house_.ctx, SEND)).files.deleted, 2)
  })

  for (const point of ['after-send-marked', 'after-send-done'] as const) {
    test(`row 88: a run that dies at ${point} leaves no riddle to the next one`, async (t) => {
      const house_ = await house(t, { afterSend: 'delete' })
      const dying: Ctx = {
        ...house_.ctx,
        fault: (at) => {
          if (at === point) throw new Error('killed')
        },
      }
      await assert.rejects(sendDue(dying, SEND), /killed/)
      assert.equal((await sendDue(house_.ctx, SEND)).files.deleted, 2)
      assert.deepEqual(left(house_), [])
    })
  }

  test(
    'the recycle bin is the one of the user',
    { skip: process.platform === 'linux' ? false : 'Linux only' },
    async (t) => {
      const house_ = await house(t, { afterSend: 'trash' })
      assert.equal((await sendDue(house_.ctx, SEND)).files.trashed, 2)
      assert.deepEqual(left(house_), [])
      const trashed = readdirSync(join(SHARE, 'Trash/files'))
      assert.equal(trashed.length, 2)
      const infos = readdirSync(join(SHARE, 'Trash/info')).map((name) =>
        readFileSync(join(SHARE, 'Trash/info', name), 'utf8'),
      )
      assert.ok(filesOf(house_).every((path) => infos.some((info) => info.includes(basename(path)))))
    },
  )

  test(
    'without a recycle bin the file is kept, with an event',
    { skip: process.platform === 'linux' ? false : 'Linux only' },
    async (t) => {
      rmSync(join(SHARE, 'Trash'), { recursive: true, force: true })
      writeFileSync(join(SHARE, 'Trash'), 'no es una carpeta')
      t.after(() => {
        rmSync(join(SHARE, 'Trash'))
      })
      const house_ = await house(t, { afterSend: 'trash' })
      assert.equal((await sendDue(house_.ctx, SEND)).files.kept, 2)
      assert.equal(left(house_).length, 2)
      assert.match((await told(house_.ctx))[0] ?? '', /^warning kept no-trash: /)
    },
  )
})

/** The trash of freedesktop.org is under XDG_DATA_HOME, which the library reads once: all tests of this file share one. */
const SHARE = mkdtempSync(join(tmpdir(), 'cfdi-mail-share-'))
process.env['XDG_DATA_HOME'] = SHARE
after(() => {
  rmSync(SHARE, { recursive: true })
})
