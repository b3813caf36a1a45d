/** What a mailer has to know of a fiscal document, and why a file cannot be one. Sources: Anexo 20 (CFDI 3.2, 3.3, 4.0), Retenciones 1.0 and 2.0. */

/** c_TipoDeComprobante: ingreso, egreso, traslado, nómina, pago; `R` is ours, for a "Retenciones e información de pagos" document. */
export const CFDI_KINDS = ['I', 'E', 'T', 'N', 'P', 'R'] as const
export type CfdiKind = (typeof CFDI_KINDS)[number]

/** `CFDI` 3.2, 3.3, 4.0 · `RET` 1.0, 2.0. */
export type CfdiStandard = 'CFDI' | 'RET'

/** RFC and name as the schema reads them: whitespace collapsed, entities decoded, case kept. */
export interface Party {
  /** Empty when the receiver is foreign in a Retenciones document (then `foreignId` says who). */
  readonly rfc: string
  readonly name: string
}

export interface Receiver extends Party {
  /** NumRegIdTrib of a receiver abroad (Retenciones), else null. */
  readonly foreignId: string | null
  /** UsoCFDI (3.3, 4.0), else null. */
  readonly cfdiUse: string | null
}

/** One Pago of a payment complement; `amount` is the text of @Monto, never a float. */
export interface Payment {
  readonly paidAt: string
  readonly amount: string
  readonly currency: string
  /** FormaDePagoP, c_FormaPago. */
  readonly form: string
}

/** What the Nomina complement (1.1, 1.2) says of whose pay it is and of when; of several Nomina nodes the first. '' for what is not there. */
export interface Payroll {
  readonly curp: string
  /** NumEmpleado, the issuer's own number for the employee. */
  readonly employeeNumber: string
  /** FechaPago, FechaInicialPago and FechaFinalPago: `YYYY-MM-DD`. */
  readonly paidOn: string
  readonly from: string
  readonly to: string
}

/** The TimbreFiscalDigital found directly under the root's Complemento. */
export interface Stamp {
  /** Folio fiscal in upper case: the key of the document. Of an unusable reading, whatever stood there. */
  readonly uuid: string
  /** As written: the QR wants this one. */
  readonly uuidRaw: string
  readonly version: string
  /** Central-zone time without offset (TimbreFiscalDigital v1.1). */
  readonly stampedAt: string
  /** RfcProvCertif; null in version 1.0, which has none. */
  readonly pacRfc: string | null
  readonly satCertificate: string
}

/** The facts of one document. Texts are as written in the file after XML decoding and whitespace collapse; numbers stay text. */
export interface CfdiHead {
  readonly standard: CfdiStandard
  readonly version: string
  readonly kind: CfdiKind
  /** As written: `I`, `ingreso`, or a CveRetenc such as `14`. */
  readonly kindRaw: string
  readonly issuer: Party
  readonly receiver: Receiver
  readonly series: string | null
  readonly folio: string | null
  /** Local time of issue, `YYYY-MM-DDThh:mm:ss`; Retenciones 1.0 carries an offset behind it. Compare as text, never through Date. */
  readonly issuedAt: string
  readonly subtotal: string | null
  readonly total: string
  readonly currency: string
  readonly exchangeRate: string | null
  readonly paymentForm: string | null
  readonly paymentMethod: string | null
  readonly issuedIn: string | null
  readonly certificate: string
  /** @Sello without whitespace. */
  readonly seal: string
  /** Direct Concepto children of Conceptos. */
  readonly lines: number
  /** Local names of the complements other than the stamp, in document order. */
  readonly complements: readonly string[]
  readonly hasAddenda: boolean
  readonly payments: readonly Payment[]
  /** MontoTotalPagos of pago20 (MXN), else null. */
  readonly paymentsTotal: string | null
  /** Null where there is no Nomina complement. */
  readonly payroll: Payroll | null
  readonly stamp: Stamp | null
}

export interface StampedHead extends CfdiHead {
  readonly stamp: Stamp
}

/**
 * What tells two documents with one UUID apart from two copies of one: the end of the Sello, which no other text than its own
 * has. '' where there is none.
 */
export function sealMark(head: CfdiHead): string {
  return head.seal.slice(-44)
}

/** Why a file may not leave: the first that applies, `missing-data` being asked last. Stable codes: part of the JSON contract. */
export const UNUSABLE_REASONS = [
  'unreadable', // no permission, gone, not a regular file, changed while being read
  'empty',
  'too-large',
  'encoding', // bytes that are not what BOM and declaration say, or an encoding we do not know
  'malformed', // not well-formed XML 1.0 with namespaces
  'doctype', // a DTD: never in a CFDI, and the door to entity attacks
  'not-cfdi', // well-formed, but the root is another document
  'unknown-version',
  'missing-data', // a required attribute (Fecha, Rfc, Total...) is not there or has no such form
  'not-stamped',
  'several-stamps',
  'bad-uuid',
  'seal-mismatch', // SelloCFD of the stamp is not the Sello of the document
] as const
export type UnusableReason = (typeof UNUSABLE_REASONS)[number]

/**
 * What reading one file gave. `head` of an unusable one holds whatever could still be read, so that it can be listed under its
 * customer and date: '' stands for what it lacks, and a document that broke off has no stamp.
 * `detail` is short English for people who look into the file: element, attribute, byte offset.
 */
export type HeadReading =
  | { readonly ok: true; readonly head: StampedHead }
  | {
      readonly ok: false
      readonly reason: UnusableReason
      readonly detail: string
      readonly head: CfdiHead | null
    }
