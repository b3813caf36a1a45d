import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { readPayments } from '../../../src/core/cfdi/read-payments.ts'
import { makeCfdi } from '../../support/cfdi-factory.ts'
import { corpusMissing, corpusPath } from '../../support/corpus.ts'

const OF_CORPUS = { skip: corpusMissing() }
const file = (path: string) => readFileSync(corpusPath({ file: `files/${path}` }))

/** The complement inside a document of that version. */
function document(version: '1.0' | '2.0', payments: string): Buffer {
  const uri = `http://www.sat.gob.mx/Pagos${version === '2.0' ? '20' : ''}`
  return Buffer.from(
    `<c:Comprobante xmlns:c="http://www.sat.gob.mx/cfd/4"><c:Complemento>` +
      `<p:Pagos xmlns:p="${uri}" Version="${version}">${payments}</p:Pagos></c:Complemento></c:Comprobante>`,
  )
}

describe('what a payment complement pays', () => {
  test('Pagos 2.0: document, instalment, balances, date and form of payment', OF_CORPUS, () => {
    const found = readPayments(
      file('SAT-CFDI+python-satcfdi/tests/invoices/pago_h&e951128469_ingreso_iva16.xml'),
    )
    assert.deepEqual(found, [
      {
        ...{ uuid: '6D7434A6-E3F2-47AD-9E4C-08849946AFA0', series: 'A', folio: '123456', instalment: '1' },
        ...{ previousBalance: '17852.75', paid: '17852.75', balanceLeft: '0.00', currency: 'MXN' },
        ...{ paidAt: '2020-01-02T22:40:38', form: '03' },
      },
    ])
  })

  test('several payments keep their documents in order, each in its own currency', OF_CORPUS, () => {
    const found = readPayments(
      file('TI-Sin-Problemas+erpnext_mexico_compliance/erpnext_mexico_compliance/examples/cfdi/pago.xml'),
    )
    assert.deepEqual(
      found.slice(0, 2).map(({ currency, instalment, paid }) => [currency, instalment, paid]),
      [
        ['USD', '2', '352.69'],
        ['USD', '1', '39426.22'],
      ],
    )
  })

  test('Pagos 1.0 without ImpPagado: the only document of a payment was paid with all of it', () => {
    const related = (id: string) => `<p:DoctoRelacionado IdDocumento="${id}" MonedaDR="MXN"/>`
    const payment = (inside: string) =>
      `<p:Pago FechaPago="2021-03-01T12:00:00" FormaDePagoP="01" MonedaP="MXN" Monto="50.00">${inside}</p:Pago>`
    const found = readPayments(
      document('1.0', payment(related('a')) + payment(related('b') + related('c')) + payment(related('d'))),
    )
    assert.deepEqual(
      found.map(({ uuid, paid }) => [uuid, paid]),
      [
        ['A', '50.00'],
        ['B', ''],
        ['C', ''],
        ['D', '50.00'],
      ],
    )
  })

  test('a document of another kind, and a namesake outside the complement, pay nothing', () => {
    assert.deepEqual(readPayments(makeCfdi()), [])
    const elsewhere =
      '<a><p:Pagos xmlns:p="http://www.sat.gob.mx/Pagos20"><p:Pago><p:DoctoRelacionado IdDocumento="x"/></p:Pago></p:Pagos></a>'
    assert.deepEqual(readPayments(Buffer.from(elsewhere)), [])
  })
})
