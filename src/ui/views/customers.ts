import type { ResultOf } from '../../core/model/result.ts'
import { stripControls } from './plain.ts'
import { table } from './table.ts'
import type { View, ViewContext } from './view.ts'

type Customer = ResultOf<'customer'>
type ListedCustomer = ResultOf<'customers'>['customers'][number]

const NOTHING = '—'

/** `customers list` and `customers search`. */
export const customersView: View<ResultOf<'customers'>> = ({ customers }, context) => {
  const { t } = context
  if (customers.length === 0) return t('customers.none')
  const mixed = customers.some(({ partyKind }) => partyKind !== 'customer')
  const rows = customers.map((customer) => [
    customer.code,
    ...(mixed ? [t(`party.${customer.partyKind}`)] : []),
    customer.name,
    customer.rfc,
    customer.packaging.type,
    firstAndCount(reachedAt(customer).map((recipient) => recipient.address)) ?? t('customers.nobody'),
  ])
  const columns = [
    { title: t('customers.code') },
    ...(mixed ? [{ title: t('customers.kind') }] : []),
    { title: t('customers.name'), flexible: true },
    { title: t('customers.rfc') },
    { title: t('customers.type') },
    { title: t('customers.sends-to'), flexible: true },
  ] as const
  const listed = table(columns, rows, context.width)
  return `${listed}\n${context.paint('dim', t('customers.count', { count: customers.length }))}`
}

/** `customers show`, and what every change of a customer shows: its data and who gets the mail now. */
export const customerView: View<Customer> = (customer, context) => {
  const { t } = context
  const labels = [
    t('customers.rfc'),
    t('customers.email'),
    t('customers.billing-email'),
    t('customers.packaging'),
    t('customers.contacts'),
    t('customers.addenda'),
    t('customers.mobile'),
    t('customers.channel'),
    t('customers.xml-by'),
    t('customers.group'),
    t('customers.class'),
  ]
  const width = Math.max(...labels.map((label) => label.length)) + 2
  const line = (label: string, text: string) => label.padEnd(width) + (text === '' ? NOTHING : text)
  const addenda = Object.entries(customer.addendaFields).map(([name, value]) =>
    stripControls(`${name} = ${value}`),
  )
  const several = (label: string, texts: readonly string[]) =>
    (texts.length === 0 ? [''] : texts).map((text, i) => line(i === 0 ? label : '', text))
  const known = [
    [t('customers.group'), customer.group],
    [t('customers.class'), customer.class],
    [t('customers.xml-by'), customer.xmlBy],
  ] as const
  return [
    context.paint('bold', partyHeading(customer, t)),
    line(t('customers.rfc'), customer.rfc),
    ...several(t('customers.email'), parts(customer.email)),
    ...several(t('customers.billing-email'), parts(customer.billingEmail)),
    ...several(t('customers.packaging'), [
      customer.packaging.type,
      ...customer.packaging.addresses.map(stripControls),
    ]),
    ...(customer.curp === '' ? [] : [line(t('customers.curp'), customer.curp)]),
    ...(customer.employeeNumber === ''
      ? []
      : [line(t('customers.employee-number'), stripControls(customer.employeeNumber))]),
    ...several(t('customers.contacts'), contactLines(customer, context)),
    ...(addenda.length === 0 ? [] : several(t('customers.addenda'), addenda)),
    ...(customer.mobile === '' ? [] : several(t('customers.mobile'), parts(customer.mobile))),
    ...(customer.channel === 'email'
      ? []
      : [line(t('customers.channel'), t(`customer-channel.${customer.channel}`))]),
    ...known.filter(([, text]) => text !== '').map(([label, text]) => line(label, stripControls(text))),
    '',
    ...(customer.channel === 'whatsapp' && customer.partyKind !== 'employee'
      ? []
      : recipientLines(customer, context)),
    ...(customer.channel === 'email' ? [] : numberLines(customer, context)),
  ].join('\n')
}

/** Where its documents go first. */
function reachedAt({
  channel,
  numbers,
  recipients,
  partyKind,
}: ListedCustomer): ListedCustomer['recipients'] {
  return channel === 'whatsapp' && partyKind !== 'employee' ? numbers : recipients
}

/** `P00001  ACME (proveedor)`; of a customer it goes without saying. */
function partyHeading({ code, name, partyKind }: Customer, t: ViewContext['t']): string {
  const kind = partyKind === 'customer' ? '' : ` (${t(`party.${partyKind}`)})`
  return `${`${code}  ${stripControls(name)}`.trimEnd()}${kind}`
}

function contactLines({ contacts }: Customer, { t }: ViewContext): string[] {
  return contacts.map(({ name, email, getsInvoices, mobile = '' }, i) => {
    const who = stripControls(`${name} <${email}> ${mobile}`.trim())
    return `${i + 1}. ${who}, ${t(getsInvoices ? 'customers.gets-invoices' : 'customers.gets-none')}`
  })
}

function recipientLines(customer: Customer, { t, paint }: ViewContext): string[] {
  const { code, recipients, partyKind, email } = customer
  const rule = recipients[0]?.rule
  if (rule === undefined && partyKind === 'employee' && parts(email).length > 1)
    return [paint('warn', t('customers.several-addresses', { code }))]
  if (rule === undefined) {
    return [paint('warn', t('customers.no-recipients')), t('customers.no-recipients-cure', { code })]
  }
  const addresses = recipients.map((recipient) => `  ${stripControls(recipient.address)}`)
  return [t('customers.recipients', { rule: t(`rule.${rule}`) }), ...addresses]
}

function parts(field: string): string[] {
  return field === '' ? [] : field.split(', ').map(stripControls)
}

function firstAndCount(addresses: readonly string[]): string | undefined {
  const [first, ...others] = addresses
  return first === undefined || others.length === 0 ? first : `${first} +${others.length}`
}

function numberLines({ numbers, partyKind }: Customer, { t, paint }: ViewContext): string[] {
  if (partyKind === 'employee') return [t('customers.employee-channel')]
  if (numbers.length === 0) return [paint('warn', t('customers.no-numbers'))]
  return [t('customers.numbers'), ...numbers.map(({ address }) => `  ${address}`)]
}
