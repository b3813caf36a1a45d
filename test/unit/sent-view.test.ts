import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { SentDelivery, SentResult } from '../../src/core/model/results/outbox.ts'
import { makeViewContext } from '../../src/ui/view-context.ts'
import { viewOf } from '../../src/ui/views/index.ts'

const NONE = { sent: 0, deferred: 0, failed: 0, unknown: 0, held: 0 }

function shown(deliveries: readonly SentDelivery[], totals: Partial<SentResult['totals']>): string {
  const result = {
    kind: 'sent',
    deliveries,
    totals: { ...NONE, ...totals },
    profiles: [],
    limits: [],
  } as const
  const files = { trashed: 0, deleted: 0, kept: 0 }
  return viewOf(
    { ...result, files, waiting: 0, fallbacks: [], auditHead: '' },
    makeViewContext({ language: 'es', width: 80, color: 'off', verbosity: 'normal' }),
  )
}

function failed(enhanced: string, words: string): SentDelivery {
  return {
    ...{ order: '01HZ9K3M5Q7R9T1V3X5Z7B9D1F', customer: 'C00001', recipient: 'a@ure.example' },
    ...{ state: 'failed', code: 552, enhanced, reply: `552 ${enhanced} ${words}`, attempts: 1, nextAt: null },
  }
}

// Who had a full mailbox before them was told to split the message or to send a ZIP.
test('552 is a message that is too big only where the server says so', () => {
  const tooBig = /demasiado grandes/
  assert.doesNotMatch(shown([failed('5.2.2', 'Mailbox full')], { failed: 1 }), tooBig)
  assert.doesNotMatch(shown([failed('5.7.0', 'blocked attachment')], { failed: 1 }), tooBig)
  assert.doesNotMatch(shown([failed('', 'mailbox is full')], { failed: 1 }), tooBig)
  assert.match(shown([failed('5.3.4', 'no')], { failed: 1 }), tooBig)
  assert.match(shown([failed('5.2.3', 'no')], { failed: 1 }), tooBig)
  assert.match(shown([failed('', 'Message size exceeds fixed limit')], { failed: 1 }), tooBig)
})

// `failed: 2; held: 1` and nothing else: what to type stood in another list.
test('what failed or is held is told with the command that goes on from there', () => {
  assert.match(shown([failed('5.2.2', 'Mailbox full')], { failed: 1 }), /cfdi-mail reenviar ORDEN --motivo/)
  assert.match(shown([], { held: 1 }), /cfdi-mail bandeja listar --estado retenido/)
  assert.doesNotMatch(shown([], { sent: 1 }), /reenviar|bandeja/)
})
