import { splitAddresses } from './address-list.ts'
import { parseAddress, uniqueAddresses } from './address.ts'
import { cleanLine } from './clean.ts'
import { type Contact, type Customer, normalRfc, type PartyKind, validRfc } from './customer.ts'
import { checkedPhones, parseCustomerChannel } from './customer-channel.ts'
import { normalGroup } from './customer-group.ts'
import { customerClassOf } from './customer-class.ts'
import { CfdiMailError } from './errors.ts'
import { parsePackagingEntry } from './packaging-entry.ts'
import { GRAL, NOMINA } from './packaging-type.ts'
import { parsePartyKind } from './party.ts'

/** What people type about a customer. A field that is undefined is left as it is; '' empties it. */
export interface CustomerFields {
  /** `supplier`, `proveedor`, … */
  readonly kind?: string | undefined
  readonly name?: string | undefined
  readonly rfc?: string | undefined
  readonly email?: string | undefined
  readonly billingEmail?: string | undefined
  /** `GRAL,a@x.mx,b@y.mx` */
  readonly packaging?: string | undefined
  readonly contacts?: readonly Contact[] | undefined
  /** Numbers as people type them, separated by commas. */
  readonly mobile?: string | undefined
  /** `email`, `whatsapp`, `both`, `fallback`, or the Spanish words. */
  readonly channel?: string | undefined
  readonly xmlBy?: string | undefined
  readonly curp?: string | undefined
  readonly employeeNumber?: string | undefined
  /** Code of a customer group. */
  readonly group?: string | undefined
  readonly class?: string | undefined
}

export const CUSTOMER_FIELDS = [
  'kind',
  'name',
  'rfc',
  'email',
  'billingEmail',
  'packaging',
  'contacts',
  'mobile',
  'channel',
  'xmlBy',
  'curp',
  'employeeNumber',
  'group',
  'class',
] as const
export type CustomerField = (typeof CUSTOMER_FIELDS)[number]

/** A customer of whom nothing is known but the code; it is one of kind `customer` and has the general packaging. */
export function newCustomer(code: string): Customer {
  return {
    code,
    kind: 'customer',
    name: '',
    rfc: '',
    email: '',
    billingEmail: '',
    packaging: { type: GRAL.code, addresses: [] },
    contacts: [],
  }
}

/**
 * The customer with the fields that are given, each checked and in its normal form.
 * @throws BAD_CHOICE for a kind or a channel that is none, BAD_PHONE, BAD_CUSTOMER for an RFC that is none, BAD_ADDRESS, BAD_PACKAGING_ENTRY
 */
export function withFields(customer: Customer, fields: CustomerFields): Customer {
  const kind = fields.kind === undefined ? customer.kind : parsePartyKind(fields.kind)
  const packaging =
    fields.packaging === undefined ? customer.packaging : parsePackagingEntry(fields.packaging)
  return {
    code: customer.code,
    kind,
    name: fields.name === undefined ? customer.name : cleanLine(fields.name),
    rfc: fields.rfc === undefined ? customer.rfc : checkedRfc(fields.rfc),
    email: fields.email === undefined ? customer.email : checkedAddresses('email', fields.email),
    billingEmail:
      fields.billingEmail === undefined
        ? customer.billingEmail
        : checkedAddresses('billingEmail', fields.billingEmail),
    packaging: { ...packaging, type: generalTypeOf(kind, packaging.type) },
    contacts: fields.contacts ?? customer.contacts,
    ...whatsappPart(customer, fields),
    ...payrollPart(customer, fields),
    ...groupPart(customer, fields),
    ...classPart(fields.class === undefined ? (customer.class ?? '') : customerClassOf(fields.class)),
  }
}

/** The general type is another for employees than for the rest: one cannot stand in for the other. */
function generalTypeOf(kind: PartyKind, type: string): string {
  if (kind === 'employee') return type === GRAL.code ? NOMINA.code : type
  return type === NOMINA.code ? GRAL.code : type
}

function payrollPart(customer: Customer, fields: CustomerFields): Pick<Customer, 'curp' | 'employeeNumber'> {
  const { curp = customer.curp ?? '', employeeNumber = customer.employeeNumber ?? '' } = fields
  const [ownCurp, number] = [checkedCurp(curp), cleanLine(employeeNumber)]
  return {
    ...(ownCurp === '' ? {} : { curp: ownCurp }),
    ...(number === '' ? {} : { employeeNumber: number }),
  }
}

/** t_CURP of the SAT's tdCFDI.xsd. */
const CURP = /^[A-Z][AEIOUX][A-Z]{2}\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])[MHX][A-Z]{5}[A-Z\d]\d$/

function checkedCurp(text: string): string {
  const curp = normalRfc(text)
  if (curp !== '' && !CURP.test(curp))
    throw new CfdiMailError('BAD_CUSTOMER', { field: 'curp', value: text, variant: 'curp' })
  return curp
}

function classPart(name: string): Pick<Customer, 'class'> {
  return name === '' ? {} : { class: name }
}

/** What is empty is left out, so that a customer without it is the same whether it ever had any. */
function whatsappPart(
  customer: Customer,
  fields: CustomerFields,
): Pick<Customer, 'mobile' | 'channel' | 'xmlBy'> {
  const mobile = fields.mobile === undefined ? customer.mobile : checkedPhones('mobile', fields.mobile)
  const channel = fields.channel === undefined ? customer.channel : parseCustomerChannel(fields.channel)
  const xmlBy = fields.xmlBy === undefined ? customer.xmlBy : cleanLine(fields.xmlBy)
  return {
    ...(mobile === undefined || mobile === '' ? {} : { mobile }),
    ...(channel === undefined || channel === 'email' ? {} : { channel }),
    ...(xmlBy === undefined || xmlBy === '' ? {} : { xmlBy }),
  }
}

function groupPart(customer: Customer, fields: CustomerFields): Pick<Customer, 'group'> {
  const group = fields.group === undefined ? customer.group : normalGroup(fields.group)
  return group === undefined || group === '' ? {} : { group }
}

/** Names of the fields in which two states of a customer differ. */
export function changedFields(before: Customer, after: Customer): CustomerField[] {
  return CUSTOMER_FIELDS.filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]))
}

/**
 * One address in its normal form.
 * @throws BAD_ADDRESS with the field, the text and the problem
 */
export function checkedAddress(field: string, text: string): string {
  const reading = parseAddress(text)
  if (!reading.ok) throw new CfdiMailError('BAD_ADDRESS', { field, value: text, problem: reading.problem })
  return reading.address
}

/** A field of several addresses, as it is stored: separated by a comma and a space. */
function checkedAddresses(field: string, text: string): string {
  return uniqueAddresses(splitAddresses(text).map((item) => checkedAddress(field, item.text))).join(', ')
}

function checkedRfc(text: string): string {
  const rfc = normalRfc(text)
  if (rfc !== '' && !validRfc(rfc)) throw new CfdiMailError('BAD_CUSTOMER', { field: 'rfc', value: text })
  return rfc
}
