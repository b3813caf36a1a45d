import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { CheckStep } from '../../src/core/model/profile.ts'
import { makeViewContext } from '../../src/ui/view-context.ts'
import { stepDetail } from '../../src/ui/views/step-detail.ts'

type Told = readonly [step: CheckStep['step'], ok: boolean, detail: string, es: string, en: string]

function shown([step, ok, detail]: Told, language: 'es' | 'en', test: 'smtp-test' | 'whatsapp-test'): string {
  const context = makeViewContext({ language, width: 80, color: 'off', verbosity: 'normal' })
  return stepDetail({ step, ok, detail, ms: 1 }, test, context)
}

const SMTP: readonly Told[] = [
  [
    'tls',
    true,
    'TLSv1.3; subject mx.uno.example; issuer Autoridad, R11; until 2026-12-30 (1 d)',
    'TLSv1.3; certificado de mx.uno.example; emitido por Autoridad, R11; vence el 2026-12-30 (1 día)',
    'TLSv1.3; certificate of mx.uno.example; issued by Autoridad, R11; until 2026-12-30 (1 day)',
  ],
  [
    'tls',
    false,
    'no PEM certificate in /x.pem',
    '/x.pem no es un certificado (PEM)',
    '/x.pem is no certificate (PEM)',
  ],
  ['dns', false, 'DNS: no reply in time', 'DNS: no contestó a tiempo', 'DNS: no reply in time'],
  ['auth', true, '235 2.7.0 ok; SIZE 9', '235 2.7.0 ok; SIZE 9', '235 2.7.0 ok; SIZE 9'],
  ['message', true, '250 2.0.0 Ok: queued as 9', '250 2.0.0 Ok: queued as 9', '250 2.0.0 Ok: queued as 9'],
  ['rcpt-to', false, '550 5.1.1 unknown', '550 5.1.1 unknown', '550 5.1.1 unknown'],
]

const WHATSAPP: readonly Told[] = [
  [
    'number',
    true,
    '+52 55 5000 0000, Emisor, GREEN, EXPIRED',
    '+52 55 5000 0000, Emisor, calidad alta, verificación vencida',
    '+52 55 5000 0000, Emisor, high quality, verification expired',
  ],
  [
    'number',
    false,
    '5550 is no phone number',
    '5550 no es el identificador de un número',
    '5550 is not the id of a number',
  ],
  [
    'template',
    true,
    'uno es_MX APPROVED, 1 parameters',
    'uno es_MX, aprobada, 1 campo',
    'uno es_MX, approved, 1 field',
  ],
  ['template', false, 'template uno is PAUSED', 'la plantilla uno está en pausa', 'template uno is paused'],
  [
    'template',
    false,
    'template uno has 2 parameters; the profile names 1',
    'la plantilla uno pide 2 campos y el perfil da 1',
    'template uno asks for 2 fields and the profile gives 1',
  ],
  ['message', true, 'HTTP 200 {"messages":[{"id":"wamid.1"}]}', 'Meta lo aceptó', 'Meta took it'],
  [
    'message',
    false,
    'HTTP 502 <html>Bad gateway</html>',
    'HTTP 502: no es una respuesta de la API de Meta (--detalle la muestra)',
    "HTTP 502: not an answer of Meta's API (--verbose shows it)",
  ],
  [
    'message',
    false,
    '131026 (#131026) Message undeliverable: Message Undeliverable.',
    'Meta contestó, error 131026: Message undeliverable: Message Undeliverable.',
    'Meta said, error 131026: Message undeliverable: Message Undeliverable.',
  ],
]

// A Spanish test of WhatsApp said "template uno is PAUSED" and showed Meta's JSON.
describe('what a step of a test saw is told in the language of the reader', () => {
  for (const told of SMTP)
    test(`mail, ${told[2]}`, () => {
      assert.deepEqual([shown(told, 'es', 'smtp-test'), shown(told, 'en', 'smtp-test')], told.slice(3))
    })

  for (const told of WHATSAPP)
    test(`WhatsApp, ${told[2]}`, () => {
      assert.deepEqual(
        [shown(told, 'es', 'whatsapp-test'), shown(told, 'en', 'whatsapp-test')],
        told.slice(3),
      )
    })

  test('a raw answer of Meta is shown to whoever asks for details', () => {
    const context = makeViewContext({ language: 'es', width: 80, color: 'off', verbosity: 'verbose' })
    for (const [step, ok, detail] of WHATSAPP.filter(([, , each]) => each.startsWith('HTTP')))
      assert.equal(stepDetail({ step, ok, detail, ms: 1 }, 'whatsapp-test', context), detail)
  })
})
