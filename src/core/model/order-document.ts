import { sealMark, type StampedHead } from './cfdi.ts'
import type { OrderDocument } from './send-order.ts'

/** What an order keeps of a document. */
export function orderDocumentOf(head: StampedHead): OrderDocument {
  return {
    uuid: head.stamp.uuid,
    kind: head.kind,
    series: head.series ?? '',
    folio: head.folio ?? '',
    issuedAt: head.issuedAt,
    total: head.total,
    currency: head.currency,
    issuerRfc: head.issuer.rfc,
    receiverRfc: head.receiver.rfc,
    sealMark: sealMark(head),
  }
}
