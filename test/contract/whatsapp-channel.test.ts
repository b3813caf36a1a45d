import assert from 'node:assert/strict'
import { describe, test, type TestContext } from 'node:test'
import type { MediaMemory, OutgoingMessage, Session } from '../../src/core/channels/channel.ts'
import { whatsappChannel } from '../../src/core/channels/whatsapp-channel.ts'
import { GRAPH, graphApi, type GraphApi, type GraphOptions, type GraphTurn } from '../support/graph-api.ts'
import { whatsappProfile } from '../support/profiles.ts'

const DEADLINES = { answer: 1_000, message: 300 }
const PDF = Buffer.from('%PDF-1.4 factura\n')

function memory(known: string | null = null): MediaMemory & { id: string | null } {
  const shelf = {
    id: known,
    recall: async () => shelf.id,
    keep: async (id: string | null) => void (shelf.id = id),
  }
  return shelf
}

function message(changes: { readonly media?: MediaMemory; readonly to?: string } = {}): OutgoingMessage {
  const { media = memory(), to = '+525512345678' } = changes
  return {
    ...{ from: '', recipients: [to], chunks: [PDF], bytes: PDF.length, transferMs: 1_000 },
    template: { filename: 'A-1001.pdf', parameters: ['A-1001', '1,160.00'], reference: 'D1', media },
  }
}

async function session(baseUrl: string): Promise<Session> {
  const opened = await whatsappChannel({ deadlines: DEADLINES }).open(
    whatsappProfile({ baseUrl }),
    GRAPH.token,
  )
  assert.ok(opened.ok)
  return opened.session
}

/** One delivery against a server that does this at /messages, the first time. */
async function attempt(t: TestContext, turn: GraphTurn, options: GraphOptions = {}) {
  const onRequest = (what: string, nth: number) => (what === 'messages' && nth === 1 ? turn : undefined)
  const server = await graphApi(t, { onRequest, ...options })
  return { server, ...(await deliver(server)) }
}

async function deliver(server: Pick<GraphApi, 'url'>, outgoing: OutgoingMessage = message()) {
  const marked: string[] = []
  const result = await (await session(server.url)).deliver(outgoing, async (who) => void marked.push(...who))
  return { result, marked, answer: result.recipients[0]! }
}

describe('a WhatsApp message that is taken', () => {
  test('is the uploaded PDF under the template, with its parameters and our own reference', async (t) => {
    const { server, answer, result } = await attempt(t, undefined)
    assert.equal(answer.outcome, 'accepted')
    assert.equal(answer.serverId, 'wamid.1.D1')
    assert.match(answer.reply, /^HTTP 200 .*wamid\.1\.D1/)
    assert.deepEqual([result.fault, result.reusable], [null, true])
    const [sent] = server.messages
    assert.deepEqual(
      [sent?.to, sent?.template, sent?.language, sent?.parameters, sent?.reference, sent?.filename],
      ['525512345678', 'comprobantes', 'es_MX', ['A-1001', '1,160.00'], 'D1', 'A-1001.pdf'],
    )
    assert.deepEqual(server.media.get(sent?.media ?? '')?.bytes, PDF)
    assert.deepEqual(server.requests, ['media', 'messages'])
  })

  test('is marked after the upload and before the message leaves', async (t) => {
    const server = await graphApi(t)
    const seen: string[][] = []
    await (await session(server.url)).deliver(message(), async () => void seen.push([...server.requests]))
    assert.deepEqual(seen, [['media']])
  })

  test('uses a file that is uploaded already', async (t) => {
    const server = await graphApi(t)
    const media = memory()
    await deliver(server, message({ media }))
    await deliver(server, message({ media, to: '+525587654321' }))
    assert.deepEqual(server.requests, ['media', 'messages', 'messages'])
  })

  test('row 143: a file that Meta has forgotten is uploaded once more, and the message goes', async (t) => {
    const server = await graphApi(t)
    const { answer } = await deliver(server, message({ media: memory('999') }))
    assert.equal(answer.outcome, 'accepted')
    assert.deepEqual(server.requests, ['messages', 'media', 'messages'])
  })

  test('row 143: a file that is refused twice fails its message and no other', async (t) => {
    const refuse = (what: string): GraphTurn => (what === 'messages' ? { code: 131053 } : undefined)
    const server = await graphApi(t, { onRequest: refuse })
    const { answer, result } = await deliver(server)
    assert.deepEqual([answer.outcome, answer.code, result.fault], ['rejected', 131053, null])
    assert.equal(server.requests.filter((what) => what === 'messages').length, 2)
  })

  test('a message that the store no longer owns does not leave', async (t) => {
    const server = await graphApi(t)
    const lost = async () => {
      throw new Error('fenced')
    }
    await assert.rejects((await session(server.url)).deliver(message(), lost), /fenced/)
    assert.deepEqual(server.requests, ['media'])
  })

  test('closing twice is harmless', async (t) => {
    const open = await session((await graphApi(t)).url)
    await open.close()
    await open.close()
  })
})

/** [what /messages does, outcome, scope of the fault, its cause] */
const REFUSALS: Readonly<Record<string, readonly [GraphTurn, string, string | null, string | null]>> = {
  'row 137: an expired token holds the profile': [
    { code: 190, status: 401 },
    'deferred',
    'profile',
    'whatsapp-token',
  ],
  'row 137: a missing permission holds the profile': [
    { code: 10 },
    'deferred',
    'profile',
    'whatsapp-permission',
  ],
  'row 137: 200 to 299 are permissions too': [{ code: 230 }, 'deferred', 'profile', 'whatsapp-permission'],
  'row 137: a missing payment holds the profile': [
    { code: 131042 },
    'deferred',
    'profile',
    'whatsapp-payment',
  ],
  'row 138: the number’s rate makes the profile wait by itself': [
    { code: 130429, status: 429 },
    'deferred',
    'host',
    'whatsapp-limit',
  ],
  'row 138: so does the account’s': [{ code: 80007 }, 'deferred', 'host', 'whatsapp-limit'],
  'row 138: the pair’s rate defers that recipient alone': [{ code: 131056 }, 'deferred', null, null],
  'row 138: spam stops the channel': [{ code: 131048 }, 'deferred', 'profile', 'whatsapp-stopped'],
  'row 139: a paused template holds what uses it': [
    { code: 132015 },
    'deferred',
    'profile',
    'whatsapp-template',
  ],
  'row 139: so does one that does not exist': [
    { code: 132001, status: 404 },
    'deferred',
    'profile',
    'whatsapp-template',
  ],
  'row 140: an undeliverable number fails alone': [{ code: 131026 }, 'rejected', null, null],
  'a bad parameter fails its message': [{ code: 131008 }, 'rejected', null, null],
  'a code that nobody knows waits': [{ code: 139999 }, 'deferred', null, null],
  'an unknown number id holds the profile': [
    { code: 100, subcode: 33 },
    'deferred',
    'profile',
    'whatsapp-phone-id',
  ],
  '429 without Meta’s JSON waits': [{ raw: 'slow down', status: 429 }, 'deferred', 'host', 'whatsapp-limit'],
  'a proxy’s page of 403 waits': [{ raw: '<html>', status: 403 }, 'deferred', 'host', 'whatsapp-unavailable'],
  'a redirection is not followed': [{ raw: '', status: 302 }, 'deferred', 'host', 'whatsapp-unavailable'],
  'row 136: 500 leaves it unknown': [
    { code: 131000, status: 500 },
    'uncertain',
    'host',
    'whatsapp-unavailable',
  ],
  'row 136: 131016 leaves it unknown': [{ code: 131016 }, 'uncertain', 'host', 'whatsapp-unavailable'],
  'row 136: a yes without an id leaves it unknown': [
    { raw: '{}', status: 200 },
    'uncertain',
    'host',
    'whatsapp-unavailable',
  ],
  'row 136: a gateway’s 502 leaves it unknown': [
    { raw: 'bad gateway', status: 502 },
    'uncertain',
    'host',
    'whatsapp-unavailable',
  ],
  'row 136: cut before the body was read': ['drop-before-body', 'uncertain', 'host', 'no-answer'],
  'row 136: cut after the body': ['drop-after-body', 'uncertain', 'host', 'no-answer'],
  'row 136: taken, and the answer lost': ['drop-before-answer', 'uncertain', 'host', 'no-answer'],
  'row 136: no answer in time': ['hang', 'uncertain', 'host', 'no-answer'],
}

describe('a WhatsApp message that is not answered with a yes', () => {
  for (const [name, [turn, outcome, scope, cause]] of Object.entries(REFUSALS)) {
    test(name, async (t) => {
      const { answer, result, marked } = await attempt(t, turn)
      assert.deepEqual(
        [answer.outcome, result.fault?.scope ?? null, result.fault?.cause ?? null],
        [outcome, scope, cause],
        JSON.stringify(result),
      )
      assert.deepEqual(marked, ['+525512345678'])
    })
  }

  test('says Meta’s own words with the code in front, and never the token', async (t) => {
    const details = `Recipient is not on WhatsApp ${GRAPH.token}`
    const { answer } = await attempt(t, { code: 131026, message: '(#131026) Message undeliverable', details })
    assert.match(answer.reply, /^131026 \(#131026\) Message undeliverable: /)
    assert.equal(answer.code, 131026)
    assert.doesNotMatch(answer.reply, /EAAG-token/)
  })
})

describe('a WhatsApp file that does not get there', () => {
  const cuts = ['drop-before-body', 'drop-after-body', 'drop-before-answer'] as const
  for (const cut of cuts) {
    test(`${cut}: nothing was sent, so it is put back`, async (t) => {
      const server = await graphApi(t, { onRequest: (what) => (what === 'media' ? cut : undefined) })
      const { answer, result, marked } = await deliver(server)
      assert.deepEqual([answer.outcome, result.fault?.scope, marked], ['not-tried', 'host', []])
    })
  }

  test('row 142: a file that WhatsApp does not take fails its message', async (t) => {
    const refuse = { code: 100, message: '(#100) Param file must be a file with one of the following types' }
    const server = await graphApi(t, { onRequest: (what) => (what === 'media' ? refuse : undefined) })
    const { answer, result, marked } = await deliver(server)
    assert.deepEqual([answer.outcome, result.fault, marked], ['rejected', null, []])
  })

  test('a dead server is an answer, never an exception', async () => {
    const { answer, result } = await deliver({ url: 'http://127.0.0.1:2' })
    assert.deepEqual([answer.outcome, result.fault?.cause], ['not-tried', 'refused'])
  })

  test('a server that dies between file and message sent nothing: the message waits', async () => {
    const outgoing = message({ media: memory('1') })
    const { answer, result } = await deliver({ url: 'http://127.0.0.1:2' }, outgoing)
    assert.deepEqual([answer.outcome, result.fault?.cause], ['deferred', 'refused'])
  })
})
