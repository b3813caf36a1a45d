import { type AddendaData, addendaFieldKey, type AddendaField } from '../model/addenda.ts'
import type { CfdiDetail, CfdiLine } from '../model/cfdi-detail.ts'
import type { AddendaSource } from './addenda-fields.ts'
import { SAMPLES } from './samples.ts'

/** Names as they may come: whatever would be markup in the wrong place. */
const HARD = `A&B <"Ñ"> 'x' -- ]]> {{y}}`

/**
 * What a template is checked and shown with: an invoice of two lines and a value for each datum.
 * @param words `hard` has signs in its texts that break a template which puts a value where none may stand
 */
export function sampleSource(fields: readonly AddendaField[], words: 'plain' | 'hard'): AddendaSource {
  const [head] = SAMPLES.invoice
  const text = (plain: string): string => (words === 'hard' ? HARD : plain)
  return {
    head: { ...head, receiver: { ...head.receiver, name: text(head.receiver.name) } },
    detail: {
      ...DETAIL,
      lines: DETAIL.lines.map((line) => ({ ...line, description: text(line.description) })),
    },
    customer: { code: 'C00001', name: text('Universidad Robótica Española'), rfc: head.receiver.rfc },
    data: sampleData(fields, text),
  }
}

function sampleData(fields: readonly AddendaField[], text: (plain: string) => string): AddendaData {
  const values = { text: text('12345'), date: '2024-05-27', amount: '100.00' } as const
  return {
    fields: new Map(fields.map(({ name, type }) => [addendaFieldKey(name), values[type]])),
    lines: new Map(),
  }
}

const TAX = {
  kind: 'transferred',
  tax: '002',
  factor: 'Tasa',
  rate: '0.160000',
} as const

const LINE: CfdiLine = {
  productKey: '60104700',
  sku: '7501000000012',
  quantity: '4',
  unitKey: 'H87',
  unit: 'PZA',
  description: 'Tarjeta controladora',
  unitPrice: '200.00',
  amount: '800.00',
  discount: '',
  taxes: [{ ...TAX, amount: '128.00' }],
}

const DETAIL: CfdiDetail = {
  discount: '',
  paymentConditions: 'CREDITO 30 DIAS',
  transferred: '160.00',
  withheld: '',
  taxes: [{ ...TAX, amount: '160.00' }],
  lines: [
    LINE,
    {
      ...LINE,
      sku: '7501000000029',
      quantity: '2',
      description: 'Cable',
      unitPrice: '100.00',
      amount: '200.00',
      taxes: [{ ...TAX, amount: '32.00' }],
    },
  ],
}
