import assert from 'node:assert/strict'
import { existsSync, utimesSync, writeFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { listEvents } from '../../src/core/store/event-log.ts'
import { listOrders } from '../../src/core/store/orders.ts'
import { makePdf } from '../support/cfdi-factory.ts'
import { testCtx } from '../support/ctx.ts'
import { dropFolder, orderXml, takeOrders } from '../support/order-files.ts'

const TO = ['uno@ure.example']

describe('row 121: a half-written order', () => {
  test('waits where it is until it is whole', async (t) => {
    const { ctx } = await testCtx(t)
    const drop = dropFolder(t)
    const whole = orderXml({ to: TO })
    for (const length of [0, 30, 120, whole.length - 5]) {
      drop.order('1', whole.slice(0, length))
      const { files } = await takeOrders(ctx, drop.folder)
      assert.deepEqual(
        [files[0]?.result, files[0]?.reason === 'empty' || files[0]?.reason === 'cut-off'],
        ['waiting', true],
      )
    }
    drop.order('1', whole)

    const { files } = await takeOrders(ctx, drop.folder)

    assert.equal(files[0]?.result, 'queued')
  })

  test('one that changes while it is looked at is left alone', async (t) => {
    const { ctx } = await testCtx(t)
    const drop = dropFolder(t)
    const path = drop.order('1', { to: TO })
    const now = new Date('2030-01-01T00:00:00Z')
    utimesSync(path, now, now)
    const sleep = async () => {
      writeFileSync(path, orderXml({ to: TO, subject: 'written again' }))
    }

    const { files } = await takeOrders({ ...ctx, sleep }, drop.folder)

    assert.equal(files[0]?.reason, 'settling')
    assert.equal(existsSync(path), true)
  })

  test('one whose attachment never comes is refused after a while, and said why', async (t) => {
    const { ctx, clock } = await testCtx(t)
    const drop = dropFolder(t)
    drop.order('1', { to: TO, attachments: ['late.pdf'] })
    const outcomes = []
    for (const minutes of [0, 1, 2, 11]) {
      clock.minutes = minutes
      const { files } = await takeOrders(ctx, drop.folder)
      outcomes.push(files[0]?.result)
    }

    assert.deepEqual(outcomes, ['waiting', 'waiting', 'waiting', 'refused'])
    const [event] = await listEvents(ctx.db, { level: 'error' })
    assert.match(event?.detail ?? '', /_CFD_MAIL_REQ_1\.XML: missing-attachment: late\.pdf/)
  })
})

describe('row 122: a replayed order', () => {
  test('the same bytes are one order, under the same name, another name, or after done', async (t) => {
    const { ctx } = await testCtx(t)
    const drop = dropFolder(t)
    const xml = orderXml({ to: TO })
    drop.order('1', xml)
    await takeOrders(ctx, drop.folder)
    drop.order('1', xml)
    drop.order('2', xml)

    const { totals } = await takeOrders(ctx, drop.folder)

    assert.deepEqual([totals.queued, totals.repeated], [0, 2])
    assert.equal((await listOrders(ctx.db, {})).length, 1)
  })

  test('a statement that is written over an old one, with the words of the month before, is another order', async (t) => {
    // The words were the same bytes, so the order went to done as taken before: the customer never had the statement.
    const { ctx } = await testCtx(t)
    const drop = dropFolder(t)
    const words = { to: TO, subject: 'Estado de cuenta', attachments: ['estado.pdf'] }
    drop.write('estado.pdf', makePdf('mayo'))
    drop.order('MAYO', words)
    await takeOrders(ctx, drop.folder)
    drop.write('estado.pdf', makePdf('junio'))
    drop.order('JUNIO', words)
    drop.order('JUNIO-OTRA-VEZ', words)

    const { totals } = await takeOrders(ctx, drop.folder)
    drop.write('estado.pdf', makePdf('julio'))
    drop.order('MAYO', words)
    const july = await takeOrders(ctx, drop.folder)

    assert.deepEqual([totals.queued, totals.repeated], [1, 1])
    assert.equal((await listOrders(ctx.db, {})).length, 2)
    assert.equal(july.files[0]?.reason, 'id-reused')
  })

  test('other bytes under an identification that was taken are refused', async (t) => {
    const { ctx } = await testCtx(t)
    const drop = dropFolder(t)
    drop.order('1', { to: TO })
    await takeOrders(ctx, drop.folder)
    drop.order('1', { to: TO, subject: 'Otra' })

    const { files } = await takeOrders(ctx, drop.folder)

    assert.equal(files[0]?.reason, 'id-reused')
  })
})

describe('row 123: two processes and one order', () => {
  test('two stores that look at one folder at once take each order once', async (t) => {
    const [one, two] = [await testCtx(t), await testCtx(t)]
    const drop = dropFolder(t)
    for (let i = 0; i < 30; i++) drop.order(String(i), { to: TO, subject: `Orden ${i}` })

    await Promise.all([takeOrders(one.ctx, drop.folder), takeOrders(two.ctx, drop.folder)])

    const orders = [...(await listOrders(one.ctx.db, {})), ...(await listOrders(two.ctx.db, {}))]
    assert.equal(new Set(orders.map(({ subject }) => subject)).size, 30)
    assert.equal(orders.length, 30)
  })
})
