import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { EVENT_KINDS, type EventKind } from '../../src/core/model/event.ts'
import { EVENT_SENTENCES } from '../../src/core/model/event-sentences.ts'
import { makeViewContext } from '../../src/ui/view-context.ts'
import { eventDetail } from '../../src/ui/views/event-detail.ts'

const es = makeViewContext({ language: 'es', width: 80, color: 'off', verbosity: 'normal' })
const en = makeViewContext({ language: 'en', width: 80, color: 'off', verbosity: 'normal' })

/** As the log has it, and as a Spanish reader sees it. */
const SHOWN: readonly (readonly [EventKind, string, string])[] = [
  ['held', 'no-address', 'el cliente no tiene dirección'],
  ['held', 'review: quarantine: 5.1.1 no such user', 'su dirección está en cuarentena: 5.1.1 no such user'],
  ['held', 'snapshot of a.pdf is missing or changed', 'falta, o cambió, la copia guardada de a.pdf'],
  ['failed', '900 bytes; the profile takes 800', '900 bytes; el perfil acepta 800'],
  ['cancelled', 'ana: resend: no le llegó', 'ana: se reenvió en otra orden: no le llegó'],
  [
    'resolved',
    'policy of profile oficina: resend-after:4h',
    'regla del perfil oficina: se reenvía a las 4 horas',
  ],
  ['resolved', 'ana: sent', 'ana: sí llegó'],
  ['resolved', 'ana: resend: lo pidió', 'ana: se envía otra vez: lo pidió'],
  [
    'resolved',
    'archived; archive; was unknown; Sent',
    'hay copia en el archivo; era incierto; Sent; por la copia en el archivo',
  ],
  [
    'bounced',
    'bounced; envelope-id; 5.1.1; smtp; 550 no such user',
    'rebotó; 5.1.1; smtp; 550 no such user; por el identificador del envío',
  ],
  ['delayed', 'delayed; message-id; 4.4.7', 'demorado; 4.4.7; por su Message-ID'],
  ['operator-saved', 'ana: reader', 'ana: consulta'],
  ['role-saved', 'cobranza: resend, outbox', 'cobranza: reenviar, bandeja de salida'],
  ['role-saved', 'reader: ', 'consulta: solo consultar'],
  ['role-removed', 'operator', 'operador'],
  [
    'profile-held',
    'oficina: bad-password: 535 5.7.8 no: bad',
    'oficina: el servidor no aceptó el usuario o la contraseña (535 5.7.8 no: bad)',
  ],
]

describe('the detail of an event', () => {
  for (const [event, detail, shown] of SHOWN)
    test(`«${detail}» is Spanish for a Spanish reader`, () => {
      assert.equal(eventDetail({ event, detail }, es.t), shown)
    })

  test('that is a sentence of the program is Spanish somewhere, and stays as it is in English', () => {
    for (const detail of Object.values(EVENT_SENTENCES)) {
      const shown = new Set(EVENT_KINDS.map((event) => eventDetail({ event, detail }, es.t)))
      assert.equal(shown.size, 2, detail)
      for (const event of EVENT_KINDS) assert.equal(eventDetail({ event, detail }, en.t), detail)
    }
  })

  test('is what a server or a person said, letter by letter', () => {
    const said: readonly (readonly [EventKind, string])[] = [
      ['deferred', '451 4.7.1 packaged again, {count}'],
      ['packaged', 'packaged again'],
      ['held', 'ana: review: quarantine: la pidió el cliente'],
      ['bounced', 'ana: bounced; envelope-id'],
      ['profile-held', 'oficina: ana: vacaciones'],
      ['failed', '550 5.1.1 no such user'],
    ]
    for (const [event, detail] of said) assert.equal(eventDetail({ event, detail }, es.t), detail)
  })
})
