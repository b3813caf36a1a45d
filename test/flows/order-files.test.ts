import assert from 'node:assert/strict'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { sendDue } from '../../src/core/flows/send-due.ts'
import { listOrders } from '../../src/core/store/orders.ts'
import { listEvents } from '../../src/core/store/event-log.ts'
import { makeCfdi, makePdf, uuidOf } from '../support/cfdi-factory.ts'
import { testCtx, useProfile } from '../support/ctx.ts'
import { dropFolder, takeOrders } from '../support/order-files.ts'
import { smtpServer } from '../support/smtp-server.ts'

describe('import-orders', () => {
  test('an order of the ERP becomes one message with its words and files, and the file goes to done', async (t) => {
    const { ctx } = await testCtx(t)
    const drop = dropFolder(t)
    drop.write('F1001.xml', makeCfdi())
    drop.write('F1001.pdf', makePdf('1001'))
    drop.order('7-20240601120000', {
      to: ['uno@ure.example;dos@ure.example'],
      subject: 'Señal &amp; &lt;año&gt; &quot;x&quot; &apos;y&apos;',
      attachments: ['F1001.xml', 'F1001.pdf'],
    })

    const result = await takeOrders(ctx, drop.folder)

    assert.deepEqual(result.totals, { files: 1, queued: 1, held: 0, repeated: 0, waiting: 0, refused: 0 })
    const [order] = await listOrders(ctx.db, {})
    assert.equal(order?.customer, 'C00001')
    assert.equal(order?.subject, `Señal & <año> "x" 'y'`)
    assert.deepEqual(
      order?.deliveries.map(({ recipient, rule, state }) => [recipient, rule, state]),
      [
        ['uno@ure.example', 'order-file', 'pending'],
        ['dos@ure.example', 'order-file', 'pending'],
      ],
    )
    assert.deepEqual(
      order?.documents.map(({ uuid }) => uuid),
      [uuidOf()],
    )
    assert.deepEqual(
      order?.attachments.map(({ name }) => name),
      ['F1001.xml', 'F1001.pdf'],
    )
    assert.deepEqual(readdirSync(join(drop.folder, 'done')), ['_CFD_MAIL_REQ_7-20240601120000.XML'])
    assert.equal(existsSync(join(drop.folder, '_CFD_MAIL_REQ_7-20240601120000.XML')), false)
  })

  test('its order is sent like any other, and a body that begins with HTML is HTML', async (t) => {
    const server = await smtpServer(t)
    const { ctx } = await testCtx(t)
    await useProfile(ctx, server.port)
    const drop = dropFolder(t)
    drop.order('1', {
      to: ['uno@ure.example'],
      subject: 'Estado de cuenta',
      body: 'HTML &lt;p&gt;Hola, &lt;b&gt;año&lt;/b&gt; &amp;amp; más {{total}}&lt;/p&gt;',
    })

    await takeOrders(ctx, drop.folder)
    const sent = await sendDue(ctx, { limit: null, profile: null })

    assert.equal(sent.totals.sent, 1)
    const [message] = server.messages
    assert.match(message?.raw.toString() ?? '', /text\/html/)
    assert.match(message?.raw.toString() ?? '', /\{\{total\}\}/)
  })

  test('what is not obeyed stands in the log', async (t) => {
    const { ctx } = await testCtx(t)
    const drop = dropFolder(t)
    drop.order('1', { to: ['uno@ure.example, no es correo'], more: '<Perfil>otro</Perfil>' })

    const { files } = await takeOrders(ctx, drop.folder)

    assert.deepEqual(files[0]?.ignored, [
      { part: 'profile', value: 'otro' },
      { part: 'address', value: 'no es correo' },
    ])
    const events = await listEvents(ctx.db, {})
    assert.equal(events.filter(({ event }) => event === 'order-file-ignored').length, 2)
  })
})
