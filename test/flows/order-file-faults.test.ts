import assert from 'node:assert/strict'
import { chmodSync, linkSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { sendDue } from '../../src/core/flows/send-due.ts'
import { listEvents } from '../../src/core/store/event-log.ts'
import { listOrders } from '../../src/core/store/orders.ts'
import { makeCfdi, makePdf } from '../support/cfdi-factory.ts'
import { packageDocuments, testCtx, useProfile } from '../support/ctx.ts'
import { dropFolder, orderXml, takeOrders } from '../support/order-files.ts'
import { smtpServer } from '../support/smtp-server.ts'
import { tempFolder } from '../support/temp.ts'

const TO = ['uno@ure.example']

describe('row 117: paths outside the roots', () => {
  const PATHS = [
    '../secret.pdf',
    'a/../../secret.pdf',
    '/etc/passwd',
    '..\\secret.pdf',
    'a\\..\\..\\secret.pdf',
    '..%2fsecret.pdf',
    '%2e%2e/secret.pdf',
    '\\\\server\\share\\secret.pdf',
    '//server/share/secret.pdf',
    'C:\\Windows\\win.ini',
    'C:secret.pdf',
    '~/secret.pdf',
    'file:///etc/passwd',
    'http://example.com/secret.pdf',
  ]

  test('none is read, and the order goes to bad with its reason beside it', async (t) => {
    const { ctx } = await testCtx(t)
    const drop = dropFolder(t)
    writeFileSync(join(drop.folder, '..', 'secret.pdf'), makePdf('secret'))
    PATHS.forEach((path, i) => drop.order(String(i), { to: TO, attachments: [path] }))

    const { files } = await takeOrders(ctx, drop.folder)

    assert.deepEqual(
      files.filter(({ result, reason }) => result !== 'refused' || reason !== 'outside'),
      [],
    )
    assert.match(readFileSync(join(drop.folder, 'bad', '_CFD_MAIL_REQ_0.XML.txt'), 'utf8'), /reason: outside/)
    assert.deepEqual(await listOrders(ctx.db, {}), [])
  })

  test('a folder on the way that is a link out leads nowhere', async (t) => {
    const { ctx } = await testCtx(t)
    const drop = dropFolder(t)
    const outside = tempFolder(t)
    writeFileSync(join(outside, 'secret.pdf'), makePdf('secret'))
    symlinkSync(outside, join(drop.folder, 'inside'))
    drop.order('1', { to: TO, attachments: ['inside/secret.pdf'] })

    const { files } = await takeOrders(ctx, drop.folder)

    assert.equal(files[0]?.reason, 'outside')
  })

  test("the writer's own name of the folder is taken off its paths", async (t) => {
    const attachments = tempFolder(t)
    const { ctx } = await testCtx(t)
    const drop = dropFolder(t)
    writeFileSync(join(attachments, 'estado.pdf'), makePdf('estado'))
    drop.order('1', { to: TO, attachments: ['C:\\Trabajo\\Envio_Mails\\estado.pdf'] })
    const settings = {
      ...ctx.settings,
      mailerAttachmentPath: attachments,
      mailerAttachmentPrefix: 'c:\\trabajo\\Envio_Mails\\',
    }

    const { files } = await takeOrders({ ...ctx, settings }, drop.folder)

    assert.deepEqual([files[0]?.result, files[0]?.attachments], ['queued', ['estado.pdf']])
  })
})

describe('row 118: links to secrets', () => {
  test('neither a symbolic nor a hard link is attached', async (t) => {
    const { ctx } = await testCtx(t)
    const drop = dropFolder(t)
    const secret = join(tempFolder(t), 'key.pdf')
    writeFileSync(secret, makePdf('key'))
    symlinkSync(secret, join(drop.folder, 'soft.pdf'))
    linkSync(secret, join(drop.folder, 'hard.pdf'))
    drop.order('1', { to: TO, attachments: ['soft.pdf'] })
    drop.order('2', { to: TO, attachments: ['hard.pdf'] })

    const { files } = await takeOrders(ctx, drop.folder)

    assert.deepEqual(
      files.map(({ result, reason }) => [result, reason]),
      [
        ['refused', 'link'],
        ['refused', 'link'],
      ],
    )
  })

  test('an order that is a link itself is not read', async (t) => {
    const { ctx } = await testCtx(t)
    const drop = dropFolder(t)
    const elsewhere = join(tempFolder(t), 'order.xml')
    writeFileSync(elsewhere, orderXml({ to: TO }))
    symlinkSync(elsewhere, join(drop.folder, '_CFD_MAIL_REQ_1.XML'))

    await takeOrders(ctx, drop.folder)

    assert.deepEqual(await listOrders(ctx.db, {}), [])
  })
})

describe('row 119: an order with a server of its own', () => {
  const server = (host: string, user: string) =>
    `<Servidor host="${host}" puerto="25" usuario="${user}" contrasena="hunter2"/>`

  test('is not connected to: the order goes by the default profile, and the log says what was ignored', async (t) => {
    const foreign = await smtpServer(t)
    const own = await smtpServer(t)
    const { ctx } = await testCtx(t)
    await useProfile(ctx, own.port)
    const drop = dropFolder(t)
    drop.order('1', { to: TO, more: server('foreign.example', 'x@foreign.example') })

    const { files } = await takeOrders(ctx, drop.folder)
    await sendDue(ctx, { limit: null, profile: null })

    assert.deepEqual(files[0]?.ignored, [{ part: 'server', value: 'x@foreign.example @ foreign.example' }])
    assert.deepEqual([foreign.messages.length, own.messages.length], [0, 1])
    const events = await listEvents(ctx.db, {})
    assert.equal(JSON.stringify(events).includes('hunter2'), false)
    assert.equal(
      events.some(({ event }) => event === 'order-file-ignored'),
      true,
    )
  })

  test('is taken for the stored profile whose host and user it names', async (t) => {
    const { ctx } = await testCtx(t)
    await useProfile(ctx, 2525, { name: 'cobranza', user: 'cobranza@emisor.example' })
    const drop = dropFolder(t)
    drop.order('1', { to: TO, more: server('127.0.0.1', 'COBRANZA@emisor.example') })

    const { files } = await takeOrders(ctx, drop.folder)

    assert.deepEqual([files[0]?.profile, files[0]?.ignored], ['cobranza', []])
  })
})

describe('row 120: foreign recipients', () => {
  test('wait for a person, and the customer gets the order all the same', async (t) => {
    const { ctx } = await testCtx(t)
    const drop = dropFolder(t)
    drop.write('F.xml', makeCfdi())
    drop.order('1', { to: [...TO, 'stranger@elsewhere.example'], attachments: ['F.xml'] })

    const result = await takeOrders(ctx, drop.folder)

    assert.deepEqual(
      result.files[0]?.recipients.map(({ address, state, detail }) => [address, state, detail]),
      [
        ['uno@ure.example', 'pending', ''],
        ['stranger@elsewhere.example', 'held', 'foreign-recipient'],
      ],
    )
    assert.equal(result.needsPerson, true)
  })

  test('without a CFDI the customer is the one whose addresses are among them; a stranger waits', async (t) => {
    const { ctx } = await testCtx(t)
    const drop = dropFolder(t)
    drop.order('1', { to: ['stranger@elsewhere.example', ...TO] })

    const { files } = await takeOrders(ctx, drop.folder)

    assert.equal(files[0]?.customer, 'C00001')
    assert.deepEqual(
      files[0].recipients.map(({ state }) => state),
      ['held', 'pending'],
    )
  })

  test('go when the settings say any', async (t) => {
    const { ctx } = await testCtx(t)
    const drop = dropFolder(t)
    drop.order('1', { to: ['stranger@elsewhere.example'] })
    const settings = { ...ctx.settings, orderRecipients: 'any' as const }

    const { files } = await takeOrders({ ...ctx, settings }, drop.folder)

    assert.equal(files[0]?.recipients[0]?.state, 'pending')
  })

  test('a document of another receiver than the named customer, and of two receivers, is refused', async (t) => {
    const { ctx } = await testCtx(t)
    const drop = dropFolder(t)
    drop.write('own.xml', makeCfdi())
    drop.write('other.xml', makeCfdi({ folio: '2', receiverRfc: 'CACX7605101P8', receiverName: 'OTRA' }))
    const more = '<Cliente clave="C00001"/>'
    drop.order('1', { to: TO, attachments: ['other.xml'], more })
    drop.order('2', { to: TO, attachments: ['own.xml', 'other.xml'] })

    const { files } = await takeOrders(ctx, drop.folder)

    assert.deepEqual(
      files.map(({ reason }) => reason),
      ['other-receiver', 'several-receivers'],
    )
  })

  test('a document that is not stamped is refused, and one that was packaged before waits', async (t) => {
    const { ctx } = await testCtx(t)
    await packageDocuments(t, ctx, [{ folio: '7' }])
    const drop = dropFolder(t)
    drop.write('bare.xml', makeCfdi({ folio: '8', stamped: false }))
    drop.write('again.xml', makeCfdi({ folio: '7' }))
    drop.order('1', { to: TO, attachments: ['bare.xml'] })
    drop.order('2', { to: TO, attachments: ['again.xml'] })

    const { files } = await takeOrders(ctx, drop.folder)

    assert.deepEqual(
      files.map(({ result, reason, recipients }) => [result, reason, recipients[0]?.detail]),
      [
        ['refused', 'not-stamped', undefined],
        ['queued', null, 'already'],
      ],
    )
  })
})

describe('row 124: an order that ends the program', () => {
  test('is taken up again from work, and set aside after three times', async (t) => {
    const { ctx } = await testCtx(t)
    const drop = dropFolder(t)
    drop.order('1', { to: TO })
    drop.order('2', { to: TO, subject: 'Sana' })
    const dying = { ...ctx, fault: () => assert.fail('died') }
    for (let i = 0; i < 3; i++) await assert.rejects(takeOrders(dying, drop.folder), /died/)

    const { files } = await takeOrders(ctx, drop.folder)

    assert.deepEqual(
      files.map(({ identification, result, reason }) => [identification, result, reason]),
      [
        ['1', 'refused', 'failed-before'],
        ['2', 'queued', null],
      ],
    )
    assert.deepEqual(readdirSync(join(drop.folder, 'bad')), [
      '_CFD_MAIL_REQ_1.XML',
      '_CFD_MAIL_REQ_1.XML.txt',
    ])
  })

  test('a document type, an entity bomb and a deep nest are refused and cost nothing', async (t) => {
    const { ctx } = await testCtx(t)
    const drop = dropFolder(t)
    drop.order(
      '1',
      '<!DOCTYPE a [<!ENTITY x "xxxxxxxxxx"><!ENTITY y "&x;&x;&x;">]><OrdenEnvio>&y;</OrdenEnvio>',
    )
    drop.order('2', '<OrdenEnvio><Asunto>&bomb;</Asunto></OrdenEnvio>')
    drop.order('3', '<a>'.repeat(5000))

    const { files } = await takeOrders(ctx, drop.folder)

    assert.deepEqual(
      files.map(({ reason }) => reason),
      ['doctype', 'malformed', 'malformed'],
    )
  })
})

describe('row 125: a huge folder', () => {
  test('one run takes a batch and says that there is more; odd names are left alone and named', async (t) => {
    const { ctx } = await testCtx(t)
    const drop = dropFolder(t)
    for (let i = 0; i < 12; i++) drop.order(`M${i}`, { to: TO, subject: `Orden ${i}` })
    for (let i = 0; i < 2000; i++) writeFileSync(join(drop.folder, `noise-${i}.pdf`), '')
    drop.write('_cfd_mail_req_lower.xml', orderXml({ to: TO, subject: 'minúsculas' }))

    const first = await takeOrders(ctx, drop.folder, { limit: 10 })
    const second = await takeOrders(ctx, drop.folder, { limit: 10 })
    drop.write('_CFD_MAIL_REQ_né;rm -rf.XML', 'x')
    const third = await takeOrders(ctx, drop.folder)

    assert.deepEqual([first.files.length, first.more], [10, true])
    assert.deepEqual([second.files.length, second.more], [3, false])
    assert.deepEqual(
      third.files.map(({ reason }) => reason),
      ['bad-name'],
    )
  })
})

describe('row 126: a drop folder in which anybody can write', () => {
  test('is refused unless it is said to be right', async (t) => {
    const { ctx } = await testCtx(t)
    const drop = dropFolder(t)
    drop.order('1', { to: TO })
    chmodSync(drop.folder, 0o777)

    await assert.rejects(takeOrders(ctx, drop.folder), { code: 'ORDER_FOLDER_OPEN' })
    const { totals } = await takeOrders(ctx, drop.folder, { access: 'open' })

    assert.equal(totals.queued, 1)
  })
})
