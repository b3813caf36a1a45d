import type { Party, Payment, Payroll, Receiver, Stamp } from '../model/cfdi.ts'
import type { Layout } from './layouts.ts'

/** The root's attributes, '' or null where it has none. */
export interface RootValues {
  readonly kind: string
  readonly series: string | null
  readonly folio: string | null
  readonly issuedAt: string
  readonly subtotal: string | null
  readonly total: string | null
  readonly currency: string
  readonly exchangeRate: string | null
  readonly paymentForm: string | null
  readonly paymentMethod: string | null
  readonly issuedIn: string | null
  readonly certificate: string
  readonly seal: string
}

/** What has been read of a document so far. Filled while the tokeniser goes; judged when it has come to the end. */
export interface Facts {
  /** Local name and namespace of the root: '' before it was read. */
  rootName: string
  rootUri: string
  /** Null when the root is no fiscal document, or of a version not known. */
  layout: Layout | null
  /** Whether it is a fiscal document of the SAT at all. */
  isFiscal: boolean
  /** The version attribute as written, for a version not known. */
  version: string
  root: RootValues | null
  issuer: Party | null
  receiver: Receiver | null
  total: string | null
  lines: number
  readonly complements: string[]
  hasAddenda: boolean
  readonly payments: Payment[]
  paymentsTotal: string | null
  payroll: Payroll | null
  stamps: number
  stamp: Stamp | null
  /** @SelloCFD of the stamp. */
  stampSeal: string
}

export function noFacts(): Facts {
  return {
    rootName: '',
    rootUri: '',
    layout: null,
    isFiscal: false,
    version: '',
    root: null,
    issuer: null,
    receiver: null,
    total: null,
    lines: 0,
    complements: [],
    hasAddenda: false,
    payments: [],
    paymentsTotal: null,
    payroll: null,
    stamps: 0,
    stamp: null,
    stampSeal: '',
  }
}
