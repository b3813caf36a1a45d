import { type CfdiHead, type HeadReading, sealMark, type UnusableReason } from './cfdi.ts'

/** What the index keeps of a document. '' stands for what it does not say. */
export interface DocumentFacts {
  /** Null when it may be sent. */
  readonly reason: UnusableReason | null
  readonly detail: string
  readonly uuid: string | null
  readonly kind: string | null
  readonly series: string
  readonly folio: string
  readonly issuedAt: string | null
  readonly issuerRfc: string
  readonly receiverRfc: string
  readonly receiverName: string
  readonly total: string
  readonly currency: string
  /** End of the Sello (`sealMark`). */
  readonly sealMark: string
  /** JSON of what the Nomina complement says; null where there is none. */
  readonly payroll: string | null
}

/** Picks them from what reading a file gave. A head holds ten times as much, so it is let go at once. */
export function documentFacts(reading: HeadReading): DocumentFacts {
  const reason = reading.ok ? null : reading.reason
  const detail = reading.ok ? '' : reading.detail
  return reading.head === null ? nothingOf(reason, detail) : factsOf(reading.head, reason, detail)
}

function factsOf(head: CfdiHead, reason: UnusableReason | null, detail: string): DocumentFacts {
  return {
    reason,
    detail,
    // A stamp whose UUID is none names nothing.
    uuid: reason === 'bad-uuid' ? null : (head.stamp?.uuid ?? null),
    kind: head.kind,
    series: head.series ?? '',
    folio: head.folio ?? '',
    issuedAt: head.issuedAt,
    issuerRfc: head.issuer.rfc,
    receiverRfc: head.receiver.rfc,
    receiverName: head.receiver.name,
    total: head.total,
    currency: head.currency,
    sealMark: sealMark(head),
    payroll: head.payroll === null ? null : JSON.stringify(head.payroll),
  }
}

function nothingOf(reason: UnusableReason | null, detail: string): DocumentFacts {
  return {
    reason,
    detail,
    uuid: null,
    kind: null,
    series: '',
    folio: '',
    issuedAt: null,
    issuerRfc: '',
    receiverRfc: '',
    receiverName: '',
    total: '',
    currency: '',
    sealMark: '',
    payroll: null,
  }
}
