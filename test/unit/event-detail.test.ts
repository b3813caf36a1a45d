import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { KEPT_REASONS } from '../../src/core/model/after-send.ts'
import { CUSTOMER_FIELDS } from '../../src/core/model/customer-fields.ts'
import { DOCUMENT_REASONS } from '../../src/core/model/document-reason.ts'
import { EVENT_KINDS, type EventKind } from '../../src/core/model/event.ts'
import { EVENT_SENTENCES } from '../../src/core/model/event-sentences.ts'
import { PAPER_REASONS } from '../../src/core/model/paper-reason.ts'
import { ORDER_FILE_REASONS } from '../../src/core/model/results/order-files.ts'
import { makeViewContext } from '../../src/ui/view-context.ts'
import { eventDetail } from '../../src/ui/views/event-detail.ts'

const es = makeViewContext({ language: 'es', width: 80, color: 'off', verbosity: 'normal' })
const en = makeViewContext({ language: 'en', width: 80, color: 'off', verbosity: 'normal' })

/** As the log has it, and as a Spanish reader sees it. */
const SHOWN: readonly (readonly [EventKind, string, string])[] = [
  ['held', 'no-address', 'el cliente no tiene dirección'],
  ['addenda-added', 'soriana: inserted', 'soriana: se agregó'],
  ['addenda-added', 'soriana: replaced', 'soriana: en lugar de la que traía'],
  ['held', 'review: quarantine: 5.1.1 no such user', 'su dirección está en cuarentena: 5.1.1 no such user'],
  ['held', 'snapshot of a.pdf is missing or changed', 'falta, o cambió, la copia guardada de a.pdf'],
  ['failed', '900 bytes; the profile takes 800', '900 bytes; el perfil acepta 800'],
  ['cancelled', 'ana: resend: no le llegó', 'ana: se reenvió en otra orden: no le llegó'],
  [
    'resolved',
    'policy of profile oficina: resend-after:4h',
    'regla del perfil oficina: se reenvía después de 4 horas',
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
  // Spanish readers saw these as codes: what changed of a customer, why a file was refused, what became of it.
  ['customer-saved', 'new', 'alta'],
  ['customer-saved', 'import', 'importado'],
  ['customer-saved', 'kind, email, billingEmail', 'clase, correo, correo de facturación'],
  ['customer-saved', 'packaging, addenda email', 'empaquetado, addenda email'],
  [
    'document-rejected',
    '/erp/A: 1.xml: malformed: line 3',
    'no es XML bien formado; pida otra vez el archivo (line 3): /erp/A: 1.xml',
  ],
  ['document-rejected', 'C:\\erp\\a.xml: not-stamped', 'no está timbrado: C:\\erp\\a.xml'],
  ['document-rejected', '/p/a.pdf: index-twice', 'el índice lo nombra dos veces: /p/a.pdf'],
  [
    'order-file-refused',
    '_CFD_MAIL_REQ_1.XML: missing-attachment: a.pdf',
    'no está un archivo que quiere adjuntar (a.pdf): _CFD_MAIL_REQ_1.XML',
  ],
  [
    'order-file-refused',
    '_CFD_MAIL_REQ_1.XML: not-a-file: a.pdf: empty',
    'no es un archivo que se pueda leer (a.pdf: el archivo está vacío): _CFD_MAIL_REQ_1.XML',
  ],
  ['order-file-refused', '_CFD_MAIL_REQ_1.XML: cancelled', 'está cancelado: _CFD_MAIL_REQ_1.XML'],
  [
    'order-file-ignored',
    '_CFD_MAIL_REQ_1.XML: sender: ana@x.mx',
    'ana@x.mx: el remitente no es el del perfil (_CFD_MAIL_REQ_1.XML)',
  ],
  [
    'filed',
    'folder-full: /mnt/erp',
    'la carpeta destino no tiene espacio: libere y empaquete otra vez (/mnt/erp)',
  ],
  ['after-send', 'trashed: /p/a.xml, /p/a.pdf', 'a la papelera: /p/a.xml, /p/a.pdf'],
  ['after-send', 'deleted: /p/a.xml', 'se eliminó: /p/a.xml'],
  ['after-send', 'gone: /p/a.xml', 'ya no estaba: /p/a.xml'],
  ['after-send', 'kept changed: /p/a.xml', 'se conservó porque cambió desde que se escribió: /p/a.xml'],
  ['held', 'review: foreign-recipient', 'no es una dirección del cliente'],
  ['held', 'uuid-conflict', 'otro archivo distinto tiene el mismo folio fiscal; quite el que no vale'],
  ['portal-access-saved', 'user ACME, password set', 'usuario ACME, se puso contraseña'],
  [
    'profile-saved',
    'oficina: modules invoicing, payroll',
    'oficina: facturación electrónica y pagos a proveedores, nómina',
  ],
  ['profile-saved', 'oficina: modules -', 'oficina: ningún módulo'],
  [
    'profile-saved',
    'oficina: {"perMinute":30,"perDay":null,"maxRecipients":100,"onUnknown":"hold","bouncesTo":""}',
    'oficina: 30 mensajes por minuto; 100 destinatarios por mensaje; inciertos: se retienen',
  ],
  ['group-saved', 'NORTE access-request', 'NORTE: solicitud de acceso'],
  [
    'receipt-saved',
    'R-1: 100.00 MXN 2024-05-31; not-marked',
    'R-1: 100.00 MXN 2024-05-31; sin marca de envío',
  ],
  ['store-adopted', 'backup: /antes → /ahora', 'viene de un respaldo: /antes → /ahora'],
  ['packaged', 'statement 2024-05-31; lo pidió', 'estado de cuenta 2024-05-31; lo pidió'],
]

describe('the detail of an event', () => {
  for (const [event, detail, shown] of SHOWN)
    test(`«${detail}» is Spanish for a Spanish reader`, () => {
      assert.equal(eventDetail({ event, detail, uuid: null }, es.t), shown)
    })

  test('that is a sentence of the program is Spanish somewhere, and stays as it is in English', () => {
    for (const detail of Object.values(EVENT_SENTENCES)) {
      const shown = new Set(EVENT_KINDS.map((event) => eventDetail({ event, detail, uuid: null }, es.t)))
      assert.equal(shown.size, 2, detail)
      for (const event of EVENT_KINDS) assert.equal(eventDetail({ event, detail, uuid: null }, en.t), detail)
    }
  })

  // A reason without words here would reach the reader as a code again.
  test('has words for every reason of a document, an order file and a file that was kept', () => {
    const shown = [
      ...[...DOCUMENT_REASONS, ...PAPER_REASONS].map(
        (code) => ['document-rejected', `a.xml: ${code}`] as const,
      ),
      ...[...ORDER_FILE_REASONS, ...DOCUMENT_REASONS].map(
        (code) => ['order-file-refused', `a.xml: ${code}`] as const,
      ),
      ...KEPT_REASONS.map((code) => ['after-send', `kept ${code}: a.xml`] as const),
      ...CUSTOMER_FIELDS.map((field) => ['customer-saved', field] as const),
    ].map(([event, detail]) => ({ detail, words: eventDetail({ event, detail, uuid: null }, es.t) }))
    assert.deepEqual(
      shown.filter(({ detail, words }) => words === detail),
      [],
    )
  })

  test('of what carries a CFDI is the reason that a person gave, whatever word it begins with', () => {
    const detail = 'order 4500 came twice'
    assert.equal(eventDetail({ event: 'resent', detail, uuid: 'A' }, es.t), detail)
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
    for (const [event, detail] of said) assert.equal(eventDetail({ event, detail, uuid: null }, es.t), detail)
  })
})
