import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test, type TestContext } from 'node:test'
import type { Ctx } from '../../src/core/flows/ctx.ts'
import { setCustomer } from '../../src/core/flows/customers.ts'
import { explainReply, listOutbox, showOrder } from '../../src/core/flows/outbox.ts'
import { importStatuses, takeStatuses } from '../../src/core/flows/read-statuses.ts'
import { sendDue } from '../../src/core/flows/send-due.ts'
import { serveStatuses } from '../../src/core/flows/serve-statuses.ts'
import { CfdiMailError } from '../../src/core/model/errors.ts'
import type { Notice } from '../../src/core/model/notice.ts'
import { ALWAYS } from '../../src/core/model/period.ts'
import type { StatusesReadResult } from '../../src/core/model/results/statuses.ts'
import { statusesIn } from '../../src/core/model/whatsapp-status.ts'
import { findWhatsAppProfile } from '../../src/core/store/whatsapp-profiles.ts'
import { isSameText, isSigned } from '../../src/core/webhook/signature.ts'
import { packageDocuments, testCtx, useProfile, useWhatsApp } from '../support/ctx.ts'
import { GRAPH, graphApi, type GraphOptions } from '../support/graph-api.ts'
import { smtpServer, type SmtpServerOptions } from '../support/smtp-server.ts'
import { tempFolder } from '../support/temp.ts'

const ALL = { limit: null, profile: null }
const DOCUMENT = { series: 'A', folio: '1001' }
const EVERYTHING = { clients: [], period: ALWAYS, states: null, uuid: null, limit: null }

interface HouseOptions {
  readonly graph?: GraphOptions
  readonly mail?: SmtpServerOptions
  readonly channel?: string
  readonly changes?: Partial<Ctx>
}

/** A customer with this channel, whose one document was packaged and sent. */
async function sentHouse(
  t: TestContext,
  { graph: rules, mail: options, channel = 'whatsapp', changes }: HouseOptions = {},
) {
  const { ctx, clock } = await testCtx(t, changes)
  const mail = await smtpServer(t, options)
  const graph = await graphApi(t, rules)
  await useProfile(ctx, mail.port)
  await useWhatsApp(ctx, graph.url)
  const xmlBy = channel === 'whatsapp' ? { xmlBy: 'portal' } : {}
  await setCustomer(ctx, 'C00001', { channel, mobile: '5512345678', ...xmlBy })
  const orders = await packageDocuments(t, ctx, [DOCUMENT])
  const sent = await sendDue(ctx, ALL)
  return { ctx, clock, mail, graph, order: orders[0]!.id, sent }
}

interface Told {
  readonly wamid?: string
  readonly reference?: string
  readonly status: string
  readonly code?: number
}

function webhookBody({ wamid = 'wamid.1', reference, status, code }: Told): string {
  const errors =
    code === undefined ? undefined : [{ code, title: 'Message undeliverable', error_data: { details: '😀' } }]
  const told = {
    id: wamid,
    status,
    timestamp: '1717243200',
    recipient_id: '5215512345678',
    biz_opaque_callback_data: reference,
    errors,
  }
  const value = {
    messaging_product: 'whatsapp',
    metadata: { phone_number_id: GRAPH.phoneId },
    statuses: [told],
  }
  return JSON.stringify({
    object: 'whatsapp_business_account',
    entry: [{ id: '1', changes: [{ field: 'messages', value }] }],
  })
}

const stateOf = async (ctx: Ctx, id: string) => (await showOrder(ctx, id)).order.state

describe('statuses of WhatsApp messages', () => {
  test('row 141: move forward only, in whatever order they come, and count once', async (t) => {
    const { ctx, graph, order } = await sentHouse(t)
    const { wamid, reference } = graph.messages[0]!
    const tell = (status: string) => takeStatuses(ctx, statusesIn(webhookBody({ wamid, reference, status })))
    assert.equal((await tell('read')).totals.matched, 1)
    assert.equal(await stateOf(ctx, order), 'delivered')
    await tell('delivered')
    await tell('sent')
    assert.equal(await stateOf(ctx, order), 'delivered')
    const again = await tell('read')
    assert.deepEqual(again.totals, { read: 1, matched: 0, repeated: 1, unmatched: 0 })
  })

  test('row 136: settle an unknown one by our own reference', async (t) => {
    const onRequest = (what: string) => (what === 'messages' ? ('drop-before-answer' as const) : undefined)
    const { ctx, graph, order } = await sentHouse(t, { graph: { onRequest } })
    assert.equal(await stateOf(ctx, order), 'unknown')
    const { reference } = graph.messages[0]!
    await takeStatuses(ctx, statusesIn(webhookBody({ wamid: 'wamid.never-seen', reference, status: 'sent' })))
    assert.equal(await stateOf(ctx, order), 'sent')
  })

  test('are found by Meta’s name where the reference is missing, and foreign ones change nothing', async (t) => {
    const { ctx, graph, order } = await sentHouse(t)
    const { wamid } = graph.messages[0]!
    const bodies = [
      webhookBody({ wamid, status: 'delivered' }),
      webhookBody({ wamid: 'wamid.x', status: 'failed' }),
    ]
    const file = join(tempFolder(t), 'estados.jsonl')
    writeFileSync(file, bodies.join('\n'))
    const { totals } = await importStatuses(ctx, file)
    assert.deepEqual(totals, { read: 2, matched: 1, repeated: 0, unmatched: 1 })
    assert.equal(await stateOf(ctx, order), 'delivered')
  })

  // It said "read: 0" and ended with 0, as if all were well.
  test('a file without any is refused by its name', async (t) => {
    const { ctx } = await testCtx(t)
    const path = join(tempFolder(t), 'estados.jsonl')
    const texts = [
      ...['', 'no es JSON\n', '[]', '{"entry":[{"changes":[{"value":{"messages":[{"id":"wamid.2"}]}}]}]}\n'],
      webhookBody({ status: 'warning' }),
    ]
    for (const text of texts) {
      writeFileSync(path, text)
      await assert.rejects(importStatuses(ctx, path), { code: 'NO_STATUSES', params: { path } }, text)
    }
  })

  test('a failure for the account’s sake holds the profile', async (t) => {
    const { ctx, graph } = await sentHouse(t)
    const { wamid, reference } = graph.messages[0]!
    const result = await takeStatuses(
      ctx,
      statusesIn(webhookBody({ wamid, reference, status: 'failed', code: 131042 })),
    )
    assert.deepEqual([result.heldProfiles, result.needsPerson], [['celulares'], true])
    assert.match(
      (await findWhatsAppProfile(ctx.db, 'celulares'))?.hold?.reason ?? '',
      /^whatsapp-payment: 131042/,
    )
  })

  test('what is no webhook body holds none', () => {
    for (const body of [
      '',
      'null',
      '[]',
      '{"entry":[{"changes":[{"value":{"statuses":[{}]}}]}]}',
      '<html>',
      '{"entry":7}',
    ])
      assert.deepEqual(statusesIn(body), [], body)
  })
})

describe('the other channel', () => {
  test('row 140: a number without WhatsApp gets its XML and PDF by mail, once', async (t) => {
    const { ctx, graph, mail, order } = await sentHouse(t)
    const { wamid, reference } = graph.messages[0]!
    const tell = () =>
      takeStatuses(ctx, statusesIn(webhookBody({ wamid, reference, status: 'failed', code: 131026 })))
    const { fallbacks } = await tell()
    assert.equal(await stateOf(ctx, order), 'bounced')
    assert.equal(fallbacks.length, 1)
    assert.deepEqual((await tell()).fallbacks, [])
    await sendDue(ctx, ALL)
    assert.deepEqual(
      mail.messages.map(({ recipients }) => recipients),
      [['uno@ure.example', 'dos@ure.example']],
    )
    assert.match(mail.messages[0]!.raw.toString(), /filename="?[^"\r\n]*\.xml/)
    const { order: made } = await showOrder(ctx, fallbacks[0]!)
    assert.deepEqual([made.channel, made.resendOf], ['email', order])
    assert.match(made.reason ?? '', /^fallback: 131026/)
  })

  test('row 140: refused at once, it falls back in the same run', async (t) => {
    const { ctx, mail } = await sentHouse(t, { graph: { unknown: ['525512345678'] } })
    await sendDue(ctx, ALL)
    assert.equal(mail.messages.length, 1)
  })

  test('mail that is refused for every address goes by WhatsApp where the customer wants that', async (t) => {
    const refuse = { onRecipient: () => '550 5.1.1 no such user' }
    const { ctx, graph } = await sentHouse(t, { channel: 'fallback', mail: refuse })
    assert.equal(graph.messages.length, 0)
    await sendDue(ctx, ALL)
    assert.deepEqual(
      graph.messages.map(({ to, parameters }) => [to, parameters[0]]),
      [['525512345678', 'A-1001']],
    )
    await sendDue(ctx, ALL)
    assert.equal((await listOutbox(ctx, EVERYTHING)).orders.length, 2)
  })

  test('mail that one address took stays mail', async (t) => {
    const onRecipient = (address: string) =>
      address.startsWith('uno') ? '550 5.1.1 no such user' : undefined
    const { ctx, graph } = await sentHouse(t, { channel: 'fallback', mail: { onRecipient } })
    await sendDue(ctx, ALL)
    assert.equal(graph.messages.length, 0)
  })
})

const SECRETS = { appSecret: 'secreto-de-la-app', verifyToken: 'token-de-verificacion' }

async function webhook(t: TestContext) {
  const stop = new AbortController()
  let listening: (place: string) => void
  const place = new Promise<string>((resolve) => (listening = resolve))
  const tell = (notice: Notice) => {
    if (notice.notice === 'webhook') listening(notice.place)
  }
  const house = await sentHouse(t, {
    changes: {
      signal: stop.signal,
      tell,
      readStdin: async () => `${SECRETS.appSecret}\n${SECRETS.verifyToken}\n`,
    },
  })
  const request = { profile: null, host: '127.0.0.1', port: 0, appSecret: undefined, verifyToken: undefined }
  const results = serveStatuses(house.ctx, { ...request, secrets: 'stdin', keep: 'save' })
  const first = results.next()
  t.after(async () => {
    stop.abort()
    await results.return(undefined)
  })
  return { ...house, url: `http://${await place}/`, first, request }
}

function signed(body: string, secret: string = SECRETS.appSecret): Record<string, string> {
  return { 'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}` }
}

describe('the webhook', () => {
  test('row 141: takes what Meta signed, byte for byte, and nothing else', async (t) => {
    const { ctx, graph, order, url, first } = await webhook(t)
    const { wamid, reference } = graph.messages[0]!
    const body = webhookBody({ wamid, reference, status: 'failed', code: 131026 })
    const post = async (text: string, headers: Record<string, string>) =>
      (await fetch(url, { method: 'POST', body: text, headers })).status
    assert.equal(await post(body, {}), 403)
    assert.equal(await post(body, signed(body, 'otro')), 403)
    assert.equal(await post(`${body} `, signed(body)), 403)
    assert.equal(await post(body.replace('failed', 'read'), signed(body)), 403)
    assert.equal(await stateOf(ctx, order), 'sent')
    assert.equal(await post(body, signed(body)), 200)
    assert.equal(await stateOf(ctx, order), 'bounced')
    const { value: told } = (await first) as { readonly value: StatusesReadResult }
    assert.deepEqual([told.kind, told.totals.matched], ['statuses-read', 1])
    assert.equal(await post(body, signed(body)), 200)
  })

  test('row 141: answers Meta’s question with its challenge, and a wrong token with nothing', async (t) => {
    const { url } = await webhook(t)
    const ask = async (token: string, challenge = '1158201444') => {
      const query = new URLSearchParams({
        'hub.mode': 'subscribe',
        'hub.verify_token': token,
        'hub.challenge': challenge,
      })
      const answer = await fetch(`${url}?${query.toString()}`)
      return [answer.status, await answer.text()]
    }
    assert.deepEqual(await ask(SECRETS.verifyToken), [200, '1158201444'])
    assert.deepEqual(await ask('otro'), [403, ''])
    assert.deepEqual(await ask(SECRETS.verifyToken, '<script>'), [403, ''])
  })

  test('refuses other methods and bodies larger than anything of Meta’s', async (t) => {
    const { url } = await webhook(t)
    assert.equal((await fetch(url, { method: 'PUT' })).status, 405)
    const body = 'x'.repeat(1024 * 1024 + 1)
    const answer = await fetch(url, { method: 'POST', body, headers: signed(body) }).catch(() => null)
    assert.ok(answer === null || answer.status === 413)
  })

  test('keeps its secrets sealed with the profile, and says when they are missing', async (t) => {
    const { ctx, request } = await webhook(t)
    const row = await ctx.db.selectFrom('whatsapp').selectAll().executeTakeFirstOrThrow()
    assert.match(row.app_secret, /^v1\./)
    assert.match(row.verify_token, /^v1\./)
    await ctx.db.updateTable('whatsapp').set({ app_secret: '', verify_token: '' }).execute()
    const missing = serveStatuses(ctx, { ...request, secrets: 'references', keep: 'use' }).next()
    await assert.rejects(
      missing,
      (error) => error instanceof CfdiMailError && error.code === 'NO_WEBHOOK_SECRETS',
    )
  })

  test('signatures and tokens are compared whole', () => {
    const body = Buffer.from('{"año":"😀"}')
    const good = signed(body.toString())['x-hub-signature-256']
    assert.ok(isSigned(body, good, SECRETS.appSecret))
    for (const bad of [
      undefined,
      '',
      'sha256=',
      'sha1=00',
      good?.slice(0, -1),
      `${good} `,
      good?.replace('sha256', 'md5'),
    ])
      assert.ok(!isSigned(body, bad, SECRETS.appSecret), String(bad))
    assert.ok(!isSigned(body, good, ''))
    assert.ok(isSameText('a', 'a') && !isSameText('a', 'ab'))
  })
})

describe('outbox explain', () => {
  test('prints the rule of an error of Meta’s', () => {
    const { phase, code, outcome, scope, rule } = explainReply('131026 (#131026) Message undeliverable')
    assert.deepEqual(
      [phase, code, outcome, scope, rule],
      ['whatsapp', 131026, 'rejected', 'recipient', 'undeliverable'],
    )
    assert.equal(explainReply('550 5.1.1 no such user').phase, 'rcpt')
  })
})
