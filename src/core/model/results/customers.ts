import type { AddressProblem } from '../address.ts'
import type { CustomerChannel } from '../channel.ts'
import type { PhoneProblem } from '../phone.ts'
import type { Customer, FieldRule, PartyKind, Recipient, RecipientRule } from '../customer.ts'
import type { ExplainedSetting } from '../explain-settings.ts'
import type { CustomerField } from '../customer-fields.ts'

export interface CustomerView extends Customer {
  /** As `kind`, which names the result where a party is the whole of it. */
  readonly partyKind: PartyKind
  /** Mobile numbers, or ''. */
  readonly mobile: string
  readonly channel: CustomerChannel
  /** How the XML reaches a customer that gets no mail, in a person's words, or ''. */
  readonly xmlBy: string
  /** '' when they are not known. */
  readonly curp: string
  readonly employeeNumber: string
  /** '' for none. */
  readonly group: string
  /** Class of customers, or ''. */
  readonly class: string
  /** Who gets the documents today, and by which rule. */
  readonly recipients: readonly Recipient[]
  /** Where its documents go by WhatsApp, where its channel has that. */
  readonly numbers: readonly Recipient[]
}

export interface CustomerResult extends Omit<CustomerView, 'kind'> {
  readonly kind: 'customer'
  /** What is kept of it for its addendas, by name. */
  readonly addendaFields: Readonly<Record<string, string>>
}

export interface CustomersResult {
  readonly kind: 'customers'
  readonly customers: readonly CustomerView[]
}

/** Why a row of a table was not taken. */
export const ROW_PROBLEMS = [
  'no-code',
  'bad-code',
  'repeated-code',
  'extra-cells',
  'bad-kind',
  'bad-rfc',
  'bad-curp',
  'bad-channel',
  'xml-by-missing', // only WhatsApp, and nobody said how the XML reaches the customer
  'type-code',
  'unknown-type',
  'unknown-group',
] as const
export type RowProblem = (typeof ROW_PROBLEMS)[number] | AddressProblem | PhoneProblem

/** One thing wrong with one row; a row may have several, and none of it is taken. */
export interface RejectedRow {
  /** Line of the file, from 1. */
  readonly line: number
  readonly code: string
  readonly field: CustomerField | 'code' | 'row'
  readonly value: string
  readonly problem: RowProblem
}

/** A customer that was just made and that nobody could be mailed for yet. */
export interface Unreachable {
  readonly code: string
  readonly rfc: string
  readonly name: string
}

export interface CustomersImportedResult {
  readonly kind: 'customers-imported'
  /** Something was rejected. */
  readonly needsPerson: boolean
  readonly dryRun: boolean
  /** Codes, in the order of the file. */
  readonly created: readonly string[]
  readonly updated: readonly string[]
  readonly unchanged: readonly string[]
  /** There already and different, left alone because of `--no-update`. */
  readonly left: readonly string[]
  /** A row has an entry for each thing that is wrong with it. */
  readonly rejected: readonly RejectedRow[]
  readonly needAddress: readonly Unreachable[]
  /** Columns of the table that are none of a customer's, as they are titled; `#3` without a title. */
  readonly ignoredColumns: readonly string[]
}

/** Why an address of a customer is used or not. */
export const CANDIDATE_VERDICTS = [
  'used',
  'earlier-rule',
  'not-marked',
  'repeated',
  'invalid',
  'not-own', // an employee's mail goes to the card's address alone
  'several', // an employee with several addresses: none is surely its own
] as const
export type CandidateVerdict = (typeof CANDIDATE_VERDICTS)[number]

export interface Candidate {
  readonly rule: FieldRule
  /** As it is used, or as it is written where it is not valid. */
  readonly address: string
  /** Name of the contact; '' for other rules. */
  readonly contact: string
  readonly used: boolean
  readonly why: CandidateVerdict
  /** Mail to it came back: what is packaged for it is held. */
  readonly quarantined: boolean
}

export interface ExplainedResult {
  readonly kind: 'explained'
  readonly code: string
  readonly partyKind: PartyKind
  readonly name: string
  readonly type: string
  /** The rule that won; 'none' when no rule has an address. */
  readonly rule: RecipientRule
  readonly recipients: readonly Recipient[]
  readonly candidates: readonly Candidate[]
  /** By which ways its documents go; an employee's go by mail. */
  readonly channel: CustomerChannel
  /** Mobile numbers that its documents go to where the channel uses WhatsApp. */
  readonly numbers: readonly Recipient[]
  /** Class of customers, or ''. */
  readonly class: string
  /** What the document settings come to for it; kinds of which nothing is said are left out. */
  readonly settings: readonly ExplainedSetting[]
}

/** What `customers check` looks for. */
export const CUSTOMER_PROBLEMS = [
  'no-recipient',
  'no-number', // its channel uses WhatsApp
  'several-addresses', // an employee has one
  'bad-address',
  'likely-typo',
  'quarantined', // mail to the address came back: nothing goes to it
  'shared-address', // one address under several RFCs
  'unknown-type',
  'type-of-another-customer',
  'no-rfc',
  'bad-rfc',
  'same-rfc', // several customers: packaging has to be told which
  'same-name', // several with a generic RFC and one name
] as const
export type CustomerProblem = (typeof CUSTOMER_PROBLEMS)[number]

export interface CustomerFinding {
  readonly code: string
  readonly name: string
  readonly problem: CustomerProblem
  /** The address, RFC or type it is about; '' when it is about the customer. */
  readonly value: string
  /** What was probably meant, or null. */
  readonly suggestion: string | null
  /** Codes of the other customers it concerns. */
  readonly others: readonly string[]
}

export interface CustomersCheckedResult {
  readonly kind: 'customers-checked'
  readonly needsPerson: boolean
  readonly customers: number
  readonly findings: readonly CustomerFinding[]
}

export interface CustomersExportedResult {
  readonly kind: 'customers-exported'
  readonly customers: number
  /** Absolute path of the file; null when the table is in `csv`. */
  readonly file: string | null
  readonly csv: string | null
}
