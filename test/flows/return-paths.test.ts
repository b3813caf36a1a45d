import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test, type TestContext } from 'node:test'
import { importBounces } from '../../src/core/flows/bounces-import.ts'
import { changeLimits, showProfile } from '../../src/core/flows/profiles.ts'
import { sendDue } from '../../src/core/flows/send-due.ts'
import { CfdiMailError } from '../../src/core/model/errors.ts'
import { bouncesToValue } from '../../src/core/model/return-path.ts'
import { listOrders } from '../../src/core/store/orders.ts'
import { standardReport } from '../support/bounces.ts'
import { packageDocuments, testCtx, useProfile } from '../support/ctx.ts'
import { smtpServer } from '../support/smtp-server.ts'
import { tempFolder } from '../support/temp.ts'

/** One order that went out by a profile whose bounces come back to the mailbox. */
async function sent(t: TestContext, bouncesTo: string) {
  const { ctx } = await testCtx(t)
  const server = await smtpServer(t)
  await useProfile(ctx, server.port)
  await changeLimits(ctx, 'oficina', { bouncesTo })
  const [order] = await packageDocuments(t, ctx, [{ folio: '1' }])
  await sendDue(ctx, { profile: null, limit: null })
  return { ctx, id: order?.id ?? '', message: server.messages[0] }
}

describe('return paths that name the order', () => {
  test('are not used unless the profile says so', async (t) => {
    const { message } = await sent(t, '')
    assert.equal(message?.from, 'ventas@emisor.example')
  })

  test('the envelope carries the order, the message says the sender as before', async (t) => {
    const { ctx, id, message } = await sent(t, 'rebotes@emisor.example')
    assert.equal(message?.from, `rebotes+${id.toLowerCase()}@emisor.example`)
    assert.match(message.raw.toString('latin1'), /^From: .*ventas@emisor\.example/m)
    assert.equal((await showProfile(ctx, 'oficina')).profile.bouncesTo, 'rebotes@emisor.example')
  })

  for (const header of ['To', 'X-Original-To']) {
    test(`row 25: a report without any id of ours is tied to the order by ${header}`, async (t) => {
      const { ctx, id } = await sent(t, 'rebotes@emisor.example')
      const address = `rebotes+${id.toLowerCase()}@emisor.example`
      const report = standardReport({ messageId: '', recipient: 'uno@ure.example' })
      const mail =
        header === 'To' ? report.replace(/^To: .*$/m, `To: ${address}`) : `${header}: ${address}\r\n${report}`
      const file = join(tempFolder(t), 'uno.eml')
      writeFileSync(file, mail)
      const { bounces } = await importBounces(ctx, [file])
      assert.deepEqual(
        bounces.map(({ order, recipient, proof, effect }) => [order, recipient, proof, effect]),
        [[id, 'uno@ure.example', 'return-path', 'changed']],
      )
      const states = (await listOrders(ctx.db, {})).flatMap(({ deliveries }) =>
        deliveries.map(({ recipient, state }) => `${recipient} ${state}`),
      )
      assert.deepEqual(states, ['uno@ure.example bounced', 'dos@ure.example sent'])
    })
  }

  test('an address of another order and a Message-ID of this one prove nothing', async (t) => {
    const { ctx } = await sent(t, 'rebotes@emisor.example')
    await packageDocuments(t, ctx, [{ folio: '2' }])
    const [one, two] = await listOrders(ctx.db, {})
    const address = `rebotes+${one?.id.toLowerCase() ?? ''}@emisor.example`
    const report = standardReport({ messageId: two?.messageId ?? '' }).replace(/^To: .*$/m, `To: ${address}`)
    const file = join(tempFolder(t), 'uno.eml')
    writeFileSync(file, report)
    const { bounces, totals } = await importBounces(ctx, [file])
    assert.deepEqual([bounces, totals.unmatched], [[], 1])
  })

  test('a mailbox that is none, or whose name leaves no room for the order, is named', () => {
    for (const text of ['no es correo', `${'x'.repeat(40)}@emisor.example`]) {
      assert.throws(
        () => bouncesToValue(text),
        (error) => error instanceof CfdiMailError && error.params['flag'] === 'bounces-to',
      )
    }
    assert.deepEqual([bouncesToValue('ninguno'), bouncesToValue(undefined)], ['', undefined])
  })
})
