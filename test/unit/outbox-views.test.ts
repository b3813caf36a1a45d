import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { DELIVERY_STATES, type DeliveryState, HELD_REASONS } from '../../src/core/model/delivery.ts'
import { EVENT_KINDS, EVENT_LEVELS, type LogEvent } from '../../src/core/model/event.ts'
import { DOCUMENT_REASONS } from '../../src/core/model/document-reason.ts'
import { GRAL } from '../../src/core/model/packaging-type.ts'
import { type Attention, NOT_RESENT_REASONS } from '../../src/core/model/results/outbox.ts'
import type { Output } from '../../src/core/model/result.ts'
import type { DeliveryView, OrderDocument, OrderView } from '../../src/core/model/send-order.ts'
import { LANGUAGES } from '../../src/ui/messages/translate.ts'
import { makeViewContext } from '../../src/ui/view-context.ts'
import { viewOf } from '../../src/ui/views/index.ts'
import type { ViewContext } from '../../src/ui/views/view.ts'

const AT = '2024-06-01T12:00:00.000Z'
const ID = '01HZ9K3M5Q7R9T1V3X5Z7B9D1F'
const NASTY = 'no such user\u001b]0;x\u0007\u202e'.repeat(3)

const DOCUMENT: OrderDocument = {
  ...{ uuid: '7E1300DC-2765-5CA7-AF83-068F1D87A1A6', kind: 'I', series: 'FACTURAS', folio: '1000001' },
  ...{ issuedAt: '2024-05-31T23:59:59', total: '1234567.89', currency: 'MXN' },
  ...{ sealMark: '', issuerRfc: 'EKU9003173C9', receiverRfc: 'URE180429TM6' },
}

function delivery(changes: Partial<DeliveryView> = {}): DeliveryView {
  return {
    ...{ recipient: 'cuentas.por.pagar.matriz@universidad.edu.mx', rule: 'packaging-entry', state: 'sent' },
    ...{ heldReason: null, attempts: 1, code: 0, reply: '', dueAt: null, finishedAt: null },
    ...changes,
  }
}

function order(deliveries: readonly DeliveryView[]): OrderView {
  return {
    ...{ id: ID, customer: 'C00001', customerName: `UNIVERSIDAD ${NASTY}`, type: 'GRAL', channel: 'email' },
    ...{ module: 'collections', goesBy: 'oficina' },
    ...{ profile: null, subject: NASTY, messageId: '<a@x.mx>', createdAt: AT, resendOf: null, reason: null },
    state: deliveries[0]?.state ?? 'held',
    documents: [DOCUMENT, DOCUMENT],
    papers: [],
    attachments: [{ name: 'a.xml', mediaType: 'application/xml', sha256: 'a'.repeat(64), bytes: 5000 }],
    deliveries,
  }
}

const ORDERS = [
  ...DELIVERY_STATES.map((state) =>
    order([delivery({ state, reply: NASTY, dueAt: AT, finishedAt: AT }), delivery({ state: 'sent' })]),
  ),
  ...HELD_REASONS.map((heldReason) => order([delivery({ state: 'held', heldReason, recipient: '' })])),
]

const EVENTS = EVENT_KINDS.map((event, seq): LogEvent => {
  const about = {
    order: ID,
    customer: 'C00001',
    uuid: DOCUMENT.uuid,
    recipient: seq % 2 === 0 ? 'ana@x.mx' : null,
  }
  return { seq, at: AT, level: EVENT_LEVELS[seq % 3] ?? 'info', event, ...about, detail: NASTY }
})

const WAITING: Attention = {
  ...{ unknown: 1234, failed: 1234, bounced: 1234, held: 3702 },
  heldFor: { 'no-address': 1234, review: 1234, operator: 1234 },
}
const NONE: Attention = {
  ...{ unknown: 0, failed: 0, bounced: 0, held: 0 },
  heldFor: { 'no-address': 0, review: 0, operator: 0 },
}

const RESULTS: readonly Output[] = [
  { kind: 'outbox', attention: WAITING, orders: ORDERS, limit: null },
  { kind: 'log', events: EVENTS, limit: null },
  {
    kind: 'resent',
    needsPerson: false,
    orders: [{ id: ID, resendOf: ID, customer: 'C00001', recipients: [] }],
    skipped: NOT_RESENT_REASONS.map((reason) => ({
      id: ID,
      customer: 'C00001',
      state: 'sent' as const,
      reason,
    })),
  },
  {
    kind: 'documents',
    bad: DOCUMENT_REASONS.length,
    documents: [null, ...DOCUMENT_REASONS].map((reason) => ({
      ...DOCUMENT,
      ...{
        file: '/datos/a.xml',
        documentKind: 'I',
        receiverName: NASTY,
        pdf: null,
        extras: [],
        reason,
        detail: '',
      },
    })),
  },
  {
    kind: 'documents-cancelled',
    uuids: [DOCUMENT.uuid],
    already: [DOCUMENT.uuid],
    refused: [{ uuid: 'U3', status: '205' }],
    orders: [ID],
    deliveries: 2,
  },
  { kind: 'types', types: [GRAL, { ...GRAL, code: 'T'.repeat(20), customer: 'C00001', zip: true }] },
  {
    kind: 'type',
    ...GRAL,
    settings: [],
    body: `HTML\n<p>${NASTY}</p>`,
    kinds: ['I', 'E', 'T', 'N', 'P', 'R'],
  },
  {
    kind: 'status',
    deliveries: Object.fromEntries(DELIVERY_STATES.map((state, i) => [state, i])) as Record<
      DeliveryState,
      number
    >,
    ...{
      attention: WAITING,
      orders: 12,
      customers: 3,
      documents: { usable: 5, unusable: 1 },
      due: 0,
      ready: 0,
      nextDueAt: AT,
      lastSentAt: AT,
    },
    profiles: [
      { name: 'oficina', cause: 'bad-password', reason: `bad-password: ${NASTY}`, until: null, waiting: 2 },
      { name: 'otro', cause: null, reason: 'vacaciones', until: AT, waiting: 0 },
    ],
    limits: [{ profile: 'oficina', limit: 'per-day', allowed: 500, nextAt: AT, waiting: 12 }],
    modules: [
      { module: 'invoicing', profile: 'oficina', due: 2 },
      { module: 'collections', profile: 'otro', due: 0 },
    ],
  },
]

/** What each place says of what waits for a person: a line each, which ends with what to type. */
const WHAT_NEXT = {
  es: {
    outbox: [
      ...[/^Inciertos, 1234: .*bandeja resolver/, /^Fallidos o .*reenviar ORDEN/, /^Rebotados, .*--para/],
      ...[/^Sin dirección, .*--correo/, /^Por revisar, .*bandeja ver ORDEN/, /^Retenidos .*bandeja liberar/],
    ],
    status: [
      ...[/ bandeja listar --estado incierto$/, / --estado fallido,vencido$/, / --estado rebotado$/],
      / --estado retenido$/,
    ],
  },
  en: {
    outbox: [
      ...[/^Uncertain, 1234: .*outbox resolve/, /^Failed or .*resend ORDER/, /^Bounced, .*--to/],
      ...[
        /^Without an address, .*--email/,
        /^To be looked at, .*outbox show ORDER/,
        /^Held .*outbox release/,
      ],
    ],
    status: [
      ...[/ outbox list --state unknown$/, / --state failed,dead$/, / --state bounced$/],
      / --state held$/,
    ],
  },
} as const

function contextOf(language: ViewContext['language']): ViewContext {
  return makeViewContext({ language, width: 80, color: 'off', verbosity: 'normal' })
}

for (const language of LANGUAGES) {
  describe(`what is queued, as it is shown in ${language}`, () => {
    for (const result of RESULTS) {
      test(`${result.kind} fits 80 columns, leaves no hole open and lets no control character through`, () => {
        const text = viewOf(result, contextOf(language))
        assert.doesNotMatch(text, /\{\w+\}|undefined|null/)
        assert.doesNotMatch(text.replaceAll('\n', ''), /[\p{Cc}\u202e]/u)
        const tables = result.kind !== 'type' && result.kind !== 'status' && result.kind !== 'resent'
        for (const line of tables ? text.split('\n') : []) assert.ok(line.length <= 80, line)
      })
    }

    test('one order is shown whole', () => {
      const text = viewOf(
        { kind: 'order', order: order([delivery({ reply: '250 2.0.0 OK' })]), events: EVENTS },
        contextOf(language),
      )
      for (const part of [ID, DOCUMENT.uuid, '250 2.0.0 OK', 'a.xml', '<a@x.mx>'])
        assert.ok(text.includes(part), part)
      assert.doesNotMatch(text, /\{\w+\}|undefined/)
      assert.doesNotMatch(text.replaceAll('\n', ''), /[\p{Cc}\u202e]/u)
    })

    // Both told of the uncertain ones only: what had failed or come back was a number without a word of what to do.
    for (const place of ['outbox', 'status'] as const) {
      test(`${place} tells what waits for a person, a line each, and nothing when nothing does`, () => {
        const result = RESULTS.find(({ kind }) => kind === place)
        assert.ok(result?.kind === 'outbox' || result?.kind === 'status')
        const told = viewOf(result, contextOf(language)).split('\n')
        const quiet = viewOf({ ...result, attention: NONE }, contextOf(language)).split('\n')
        const lines = told.filter((line) => !quiet.includes(line))
        assert.equal(told.length, quiet.length + WHAT_NEXT[language][place].length)
        for (const [i, line] of lines.entries()) {
          assert.match(line, WHAT_NEXT[language][place][i] ?? /^$/)
          assert.ok(line.length <= 80, line)
        }
      })
    }

    // Beside "fallido 1/2" stood the address that had got the mail.
    test('the recipient whom the state is about is the one that is named', () => {
      const both = order([
        delivery({ recipient: 'bien@x.mx', state: 'sent' }),
        delivery({ recipient: 'mal@x.mx', state: 'failed' }),
      ])
      const listed = { ...both, state: 'failed' as const }
      const text = viewOf(
        { kind: 'outbox', attention: NONE, orders: [listed], limit: null },
        contextOf(language),
      )
      assert.match(text, /mal@x\.mx \+1/)
      assert.doesNotMatch(text, /bien@x\.mx/)
    })

    // Six notices to one customer were six lines without a word of what they were.
    test('an order without documents, such as a notice, is known by its subject', () => {
      const notice = { ...order([delivery()]), documents: [], subject: 'Su usuario del portal' }
      assert.match(
        viewOf({ kind: 'outbox', attention: NONE, orders: [notice], limit: null }, contextOf(language)),
        /Su usuario del/,
      )
    })

    test('a long list shows the newest, and all of what was asked for', () => {
      const many = Array.from({ length: 60 }, (_, i) => ({ ...order([delivery()]), customer: `C${i + 100}` }))
      const shown = viewOf(
        { kind: 'outbox', attention: NONE, orders: many, limit: null },
        contextOf(language),
      )
      assert.match(shown, /C159/)
      assert.doesNotMatch(shown, /C109/)
      assert.match(shown, /^… .*10 /)
      assert.match(
        viewOf({ kind: 'outbox', attention: NONE, orders: many, limit: 60 }, contextOf(language)),
        /C100/,
      )
    })
  })
}

// "It passes: it is tried again by itself" stood above "the profile stops".
test('of an error of WhatsApp that only a person ends it is not said that it passes by itself', () => {
  const shown = (scope: 'channel' | 'recipient', outcome: 'deferred' | 'rejected') =>
    viewOf(
      {
        ...{ kind: 'reply-explained', reply: '190', phase: 'whatsapp', code: 190, enhanced: '', outcome },
        ...{ scope, rule: 'token', note: '' },
      },
      makeViewContext({ language: 'es', width: 80, color: 'off', verbosity: 'normal' }),
    )
  assert.match(shown('channel', 'deferred'), /Espera a una persona[^]*el perfil se detiene/)
  assert.doesNotMatch(shown('channel', 'deferred'), /Es pasajero/)
  assert.match(shown('recipient', 'rejected'), /Revise el celular/)
})
