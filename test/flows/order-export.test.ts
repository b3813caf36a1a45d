import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test, type TestContext } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { Ctx } from '../../src/core/flows/ctx.ts'
import { packageCfdis } from '../../src/core/flows/package-cfdis.ts'
import { sendDue } from '../../src/core/flows/send-due.ts'
import { ALWAYS } from '../../src/core/model/period.ts'
import { saveCustomer } from '../../src/core/store/customers.ts'
import { listOrders } from '../../src/core/store/orders.ts'
import { writeErpFolder } from '../support/cfdi-factory.ts'
import { testCtx, URE, useProfile } from '../support/ctx.ts'
import { takeOrders } from '../support/order-files.ts'
import { program } from '../support/programs.ts'
import { smtpServer } from '../support/smtp-server.ts'
import { tempFolder } from '../support/temp.ts'

const xmllint = program('xmllint')
const XSD = fileURLToPath(new URL('../../docs/orden-de-envio.xsd', import.meta.url))

async function exportTo(ctx: Ctx, source: string, orderFiles: string) {
  const everything = { clients: [], period: ALWAYS, kinds: null, type: null, grouping: null, packing: null }
  const request = { ...everything, scope: 'all', repetition: 'once', reason: null, mode: 'write' } as const
  return await packageCfdis(ctx, { ...request, sources: [source], orderFiles })
}

async function house(t: TestContext) {
  const { ctx } = await testCtx(t)
  const [source, orders] = [tempFolder(t), tempFolder(t)]
  await writeErpFolder(source, [{ cfdi: { folio: '1' } }, { cfdi: { folio: '2' } }])
  return { ctx, source, orders }
}

const orderNames = (folder: string) => readdirSync(folder).filter((name) => name.endsWith('.XML'))

describe('package --order-files', () => {
  test(
    'writes an order and its attachments for each document, valid by the schema and without a password',
    { skip: xmllint.skip },
    async (t) => {
      const { ctx, source, orders } = await house(t)
      await useProfile(ctx, 2525, { user: 'facturas@emisor.example', secret: 'hunter2' })

      const result = await exportTo(ctx, source, orders)

      assert.deepEqual(
        result.orders.map(({ state }) => state),
        ['exported', 'exported'],
      )
      const names = orderNames(orders)
      assert.deepEqual(names.sort(), result.orders.map(({ orderFile }) => orderFile).sort())
      for (const name of names) {
        execFileSync(xmllint.path, ['--noout', '--schema', XSD, join(orders, name)], { stdio: 'pipe' })
        const text = readFileSync(join(orders, name), 'utf8')
        assert.equal(text.includes('hunter2'), false)
        assert.match(text, /<Destinatario>uno@ure\.example<\/Destinatario>/)
      }
    },
  )

  test('what was exported is neither packaged again nor sent from here', async (t) => {
    const server = await smtpServer(t)
    const { ctx, source, orders } = await house(t)
    await useProfile(ctx, server.port)
    await exportTo(ctx, source, orders)

    const again = await exportTo(ctx, source, orders)
    await sendDue(ctx, { limit: null, profile: null })

    assert.deepEqual([again.totals.already, orderNames(orders).length, server.messages.length], [2, 2, 0])
  })

  test('another store takes the orders: same recipients, subject, text and attachments', async (t) => {
    const { ctx, source, orders } = await house(t)
    await exportTo(ctx, source, orders)
    const other = (await testCtx(t)).ctx

    const { totals } = await takeOrders(other, orders)

    assert.equal(totals.queued, 2)
    const facts = async (each: Ctx) =>
      (await listOrders(each.db, {})).map(({ subject, deliveries, attachments, customer }) => ({
        ...{ subject, customer, attachments },
        to: deliveries.map(({ recipient }) => recipient),
      }))
    assert.deepEqual(await facts(other), await facts(ctx))
  })

  test('a customer without address gets no order file, and the next run writes it once there is one', async (t) => {
    const { ctx, source, orders } = await house(t)
    await saveCustomer(ctx.db, { ...URE, packaging: { type: 'GRAL', addresses: [] } }, ctx.now())
    const first = await exportTo(ctx, source, orders)
    await saveCustomer(ctx.db, URE, ctx.now())
    const second = await exportTo(ctx, source, orders)

    assert.deepEqual(
      first.documents.map(({ result, reason }) => [result, reason]),
      [
        ['skipped', 'no-address'],
        ['skipped', 'no-address'],
      ],
    )
    assert.equal(second.totals.queued, 2)
  })

  for (const [passage, when, left] of [
    [1, 'before the commit', 0],
    [2, 'after the commit', 2],
  ] as const) {
    test(`killed ${when}, the next run ends it: each order is there once`, async (t) => {
      const { ctx, source, orders } = await house(t)
      let passages = 0
      const fault: Ctx['fault'] = (point) => {
        if (point === 'order-file' && ++passages === passage) assert.fail('died')
      }
      await assert.rejects(exportTo({ ...ctx, fault }, source, orders), /died/)
      assert.deepEqual(orderNames(orders), [])
      assert.equal((await listOrders(ctx.db, {})).length, left)

      await exportTo(ctx, source, orders)

      assert.equal(orderNames(orders).length, 2)
      assert.equal((await listOrders(ctx.db, {})).length, 2)
      assert.deepEqual(
        readdirSync(orders).filter((name) => name.startsWith('.')),
        [],
      )
    })
  }
})
