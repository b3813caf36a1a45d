import { splitAddresses } from './address-list.ts'
import { parseAddress } from './address.ts'
import { numbersOf } from './customer-channel.ts'
import { type Customer, type FieldRule, fieldsOf, recipientsOf, rulesOf } from './customer.ts'
import type { Candidate, CandidateVerdict, ExplainedResult } from './results/customers.ts'

/** An address as it is written somewhere in a customer's data. */
interface Written {
  readonly rule: FieldRule
  readonly text: string
  readonly contact: string
  readonly marked: boolean
}

export interface ExplainFacts {
  /** Addresses in lower case that returned mail. */
  readonly quarantined: ReadonlySet<string>
  /** What the document settings come to for the customer. */
  readonly settings: ExplainedResult['settings']
}

const NO_FACTS: ExplainFacts = { quarantined: new Set(), settings: [] }

/** Every address of the customer in the order of the rules: which are used, and why the others are not. */
export function explain(
  customer: Customer,
  { quarantined, settings }: ExplainFacts = NO_FACTS,
): ExplainedResult {
  const winner =
    rulesOf(customer).find((rule) => fieldsOf(customer, rule).some((field) => field.trim() !== '')) ?? 'none'
  const recipients = recipientsOf(customer)
  const seen = new Set<string>()
  const candidates = written(customer).map((each): Candidate => {
    const reading = parseAddress(each.text)
    const address = reading.ok ? reading.address : each.text
    const why = verdict(each, {
      ...{ winner, valid: reading.ok, repeated: seen.has(address.toLowerCase()) },
      counts: rulesOf(customer).includes(each.rule),
      isTaken: recipients.length > 0,
    })
    if (why === 'used') seen.add(address.toLowerCase())
    return {
      rule: each.rule,
      address,
      contact: each.contact,
      used: why === 'used',
      why,
      quarantined: quarantined.has(address.toLowerCase()),
    }
  })
  return {
    kind: 'explained',
    code: customer.code,
    partyKind: customer.kind,
    name: customer.name,
    type: customer.packaging.type,
    rule: winner,
    recipients,
    candidates,
    channel: customer.kind === 'employee' ? 'email' : (customer.channel ?? 'email'),
    numbers: numbersOf(customer),
    class: customer.class ?? '',
    settings,
  }
}

interface Facts {
  readonly winner: FieldRule | 'none'
  readonly valid: boolean
  readonly repeated: boolean
  /** Whether the rule counts for this kind of party. */
  readonly counts: boolean
  /** False where the winner has several addresses and only one may be used. */
  readonly isTaken: boolean
}

function verdict(each: Written, facts: Facts): CandidateVerdict {
  if (!facts.valid) return 'invalid'
  if (!facts.counts) return 'not-own'
  if (!each.marked) return 'not-marked'
  if (each.rule !== facts.winner) return 'earlier-rule'
  if (!facts.isTaken) return 'several'
  return facts.repeated ? 'repeated' : 'used'
}

function written(customer: Customer): Written[] {
  const from = (rule: FieldRule, fields: readonly string[]) =>
    fields.flatMap(splitAddresses).map(({ text }) => ({ rule, text, contact: '', marked: true }))
  return [
    ...from('billing-email', [customer.billingEmail]),
    ...from('packaging-entry', customer.packaging.addresses),
    ...customer.contacts.flatMap(({ name, email, getsInvoices }) =>
      from('contact', [email]).map((each) => ({ ...each, contact: name, marked: getsInvoices })),
    ),
    ...from('card-email', [customer.email]),
  ]
}
