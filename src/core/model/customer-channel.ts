/** By which ways a customer's documents reach it. Pure. */
import { CUSTOMER_CHANNELS, type CustomerChannel, type OrderChannel } from './channel.ts'
import type { Customer, Recipient } from './customer.ts'
import { CfdiMailError } from './errors.ts'
import { parsePhone } from './phone.ts'

const SPANISH: Readonly<Record<string, CustomerChannel>> = {
  correo: 'email',
  ambos: 'both',
  respaldo: 'fallback',
}

/**
 * A channel as typed, in English or Spanish; '' is the usual one.
 * @throws BAD_CHOICE
 */
export function parseCustomerChannel(text: string): CustomerChannel {
  const word = text.trim().toLowerCase()
  const channel = word === '' ? 'email' : (SPANISH[word] ?? CUSTOMER_CHANNELS.find((each) => each === word))
  if (channel !== undefined) return channel
  throw new CfdiMailError('BAD_CHOICE', {
    flag: 'channel',
    value: text,
    choices: CUSTOMER_CHANNELS.join(', '),
  })
}

/**
 * Numbers as a field holds them: separated by a comma and a space, each once.
 * @param text numbers as typed, separated by commas, semicolons or lines
 * @throws BAD_PHONE with the flag, the number and the problem
 */
export function checkedPhones(flag: string, text: string): string {
  const typed = text.split(/[,;\n]/).filter((part) => part.trim() !== '')
  return [...new Set(typed.map((part) => checkedPhone(flag, part)))].join(', ')
}

/** @throws BAD_PHONE */
export function checkedPhone(flag: string, text: string): string {
  const read = parsePhone(text)
  if (!read.ok) throw new CfdiMailError('BAD_PHONE', { flag, value: text.trim(), problem: read.problem })
  return read.number
}

/** The channels that a document of the customer takes when it is packaged. Payroll goes by mail alone, to one address. */
export function channelsOf({ kind, channel = 'email' }: Customer): readonly OrderChannel[] {
  if (kind === 'employee') return ['email']
  switch (channel) {
    case 'whatsapp':
      return ['whatsapp']
    case 'both':
      return ['email', 'whatsapp']
    case 'email':
    case 'fallback':
      return ['email']
  }
}

/**
 * The numbers that documents go to: the customer's own, or else those of the contacts marked to get invoices. An employee has
 * none.
 */
export function numbersOf({ kind, mobile = '', contacts }: Customer): readonly Recipient[] {
  if (kind === 'employee') return []
  const own = mobile.split(', ').filter((number) => number !== '')
  if (own.length > 0) return own.map((address) => ({ address, rule: 'mobile' }))
  const theirs = contacts
    .filter(({ getsInvoices }) => getsInvoices)
    .flatMap(({ mobile = '' }) => mobile || [])
  return [...new Set(theirs)].map((address) => ({ address, rule: 'contact' }))
}

/** Whether its documents go to its number and to no address. */
export function hasWhatsAppAlone(customer: Customer): boolean {
  return !channelsOf(customer).includes('email') && numbersOf(customer).length > 0
}

/**
 * WhatsApp takes no XML, and the law wants the customer to get it (LIVA 32-III, CFF 29-V): who gets no mail needs a person's
 * word on how else the XML reaches it.
 */
export function lacksXml({ channel, xmlBy = '' }: Customer): boolean {
  return channel === 'whatsapp' && xmlBy === ''
}
