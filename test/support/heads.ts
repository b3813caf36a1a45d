import type { CfdiKind, StampedHead } from '../../src/core/model/cfdi.ts'
import { SAMPLES } from '../../src/core/message/samples.ts'
import { templateData, type TemplateData } from '../../src/core/message/template-data.ts'

/** A stamped invoice of 1,160 pesos, with what a test changes of it. */
export function head(changes: Partial<StampedHead> = {}): StampedHead {
  return { ...SAMPLES.invoice[0], ...changes }
}

export function payment(
  amounts: readonly (readonly [amount: string, currency: string])[],
  total: string | null,
): StampedHead {
  return head({
    kind: 'P' satisfies CfdiKind,
    total: '0',
    currency: 'XXX',
    payments: amounts.map(([amount, currency]) => ({
      paidAt: '2024-05-18T12:00:00',
      amount,
      currency,
      form: '03',
    })),
    paymentsTotal: total,
  })
}

/** Template data of these documents, for a customer whose name needs escaping. */
export function dataOf(heads: readonly StampedHead[], customerName = 'A & B "Ñ" <x>'): TemplateData {
  return templateData({
    heads,
    customer: { code: 'C00001', name: customerName },
    settings: { companyName: null },
    verificationUrls: heads.map(
      (each) => `https://verificacfdi.facturaelectronica.sat.gob.mx/default.aspx?id=${each.stamp.uuid}`,
    ),
    attachments: ['a.xml', 'a.pdf'],
  })
}
