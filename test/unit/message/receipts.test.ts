import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { checkTemplate } from '../../../src/core/message/check-template.ts'
import { RECEIPTS } from '../../../src/core/message/defaults/receipts.ts'
import { paidDocuments } from '../../../src/core/message/paid-lines.ts'
import { renderTemplate } from '../../../src/core/message/render.ts'
import { sampleData } from '../../../src/core/message/samples.ts'
import { paperData } from '../../../src/core/message/template-data.ts'
import type { PaidLine } from '../../../src/core/model/paid-line.ts'
import { RECEIPT_TEMPLATES } from '../../../src/core/model/receipt.ts'

/** What stands in each, text and HTML. */
const SAYS = {
  collection: [
    'Recibo de cobro R-205',
    'Total recibido',
    '18 de mayo de 2024',
    'parcialidad 2',
    'Saldo pendiente',
  ],
  'supplier-payment': ['Recibo de pago R-205', 'Total pagado', '18 de mayo de 2024', 'Saldo pendiente'],
  'collection-en': ['Payment receipt R-205', 'Total received', '18 May 2024', 'instalment 2', 'Balance left'],
  'supplier-payment-en': ['Payment notice R-205', 'Total paid', '18 May 2024', 'Balance left'],
} as const

/** A receipt to a customer, with one document of which only so much is said. */
function receiptData(reference: string, line: Pick<PaidLine, 'document' | 'balanceLeft'>) {
  const paper = {
    kind: 'receipt',
    reference,
    date: '2024-05-31',
    amount: '10',
    currency: 'MXN',
    file: '',
  } as const
  const customer = { code: 'C00001', name: 'Ferretera', rfc: '' }
  const paid = paidDocuments([{ ...line, instalment: '', paid: '10' }], paper)
  return paperData({ paper, customer, companyName: '', attachments: [], ticket: '', paid })
}

describe('the mails of receipts', () => {
  // A bank's 24 digits made the page of a telephone wider than the telephone.
  test('break a long reference and a long document, and leave out a balance that nobody says', () => {
    const long = '0'.repeat(60)
    const { html } = renderTemplate(
      RECEIPTS.collection,
      receiptData(long, { document: long, balanceLeft: '' }),
    )
    assert.match(html ?? '', new RegExp(`<h1[^>]*word-break:break-word">Recibo de cobro ${long}`))
    assert.match(html ?? '', new RegExp(`<td colspan="3"[^>]*word-break:break-word"><strong>${long}`))
    assert.match(html ?? '', /Pagado<[^]*\$10\.00 MXN/)
    assert.doesNotMatch(html ?? '', /Saldo/)
  })

  for (const name of RECEIPT_TEMPLATES) {
    test(`${name} has no problem and says the table of what was paid in text and in HTML`, () => {
      assert.deepEqual(checkTemplate(RECEIPTS[name]), [])
      const { subject, text, html } = renderTemplate(RECEIPTS[name], sampleData(name))
      for (const said of [...SAYS[name], 'A-1001', '$1,160.00 MXN', '$11,765.67 MXN', '$1,740.00 MXN']) {
        assert.ok(text.includes(said), `text: ${said}`)
        assert.ok(html?.includes(said), `html: ${said}`)
      }
      assert.match(subject, /R-205 (?:de|from) (?:Escuela Kemper Urgate|Universidad Robótica Española)$/)
      assert.match(html ?? '', name.endsWith('-en') ? /<html lang="en">/ : /<html lang="es">/)
    })

    test(`${name} without lines, amount, date and file leaves them out`, () => {
      const paper = {
        kind: 'receipt',
        reference: 'R-1',
        date: null,
        amount: '',
        currency: '',
        file: '',
      } as const
      const customer = { code: 'C00001', name: 'Ana & <Ruiz>', rfc: '' }
      const data = paperData({ paper, customer, companyName: '', attachments: [], ticket: '' })
      const { text, html } = renderTemplate(RECEIPTS[name], data)
      assert.doesNotMatch(
        `${text}${html ?? ''}`,
        /undefined|null|Documentos pagados|Documents paid|Total recibido:|Adjunto|Attached/,
      )
      assert.doesNotMatch(html ?? '', /Ana & </)
    })
  }
})
