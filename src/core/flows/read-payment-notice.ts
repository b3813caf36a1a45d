import { readNamedFile } from '../files/named-file.ts'
import { isWholePdf } from '../files/papers.ts'
import { sha256Of } from '../files/spool.ts'
import { cleanLine } from '../model/clean.ts'
import { type Customer, PARTY_KINDS, type PartyKind } from '../model/customer.ts'
import { CfdiMailError } from '../model/errors.ts'
import { mailLanguageOf } from '../model/mail-language.ts'
import { exceeds, type PaidLine, readPaidLine, sumOfPaid } from '../model/paid-line.ts'
import type { PaymentNotice } from '../model/payment-notice.ts'
import { calendarDay } from '../model/period.ts'
import type { SendMark } from '../model/send-mark.ts'
import { typedAmount } from '../model/typed-amount.ts'
import { newId } from '../store/ids.ts'
import { chooseCustomers } from './choose-customers.ts'
import type { Ctx } from './ctx.ts'

/** What a person types of a collection or a payment; undefined for what was not typed. */
export interface TypedNotice {
  /** Code of the customer who paid, or `?` to search. */
  readonly client: string | undefined
  /** Code of the supplier who was paid. */
  readonly supplier: string | undefined
  readonly amount: string | undefined
  readonly currency: string | undefined
  readonly date: string | undefined
  /** Without one it is its date. */
  readonly reference: string | undefined
  /** `F-123;1;1000.00;0.00` each. */
  readonly paid: readonly string[]
  /** Path of a file. */
  readonly pdf: string | undefined
  readonly language: string | undefined
  readonly send: SendMark
}

/** A notice with what is not in its row. */
export interface ReadNotice {
  readonly notice: PaymentNotice
  readonly party: Customer
  /** The PDF's bytes; null without one. */
  readonly content: Buffer | null
}

const LONGEST_REFERENCE = 100

/**
 * A notice from what was typed.
 * @throws BAD_SELECTION, CHOOSE_CUSTOMER, CUSTOMER_NOT_FOUND, WRONG_PARTY, BAD_RECEIPT, BAD_DATE, BAD_CHOICE, FILE_NOT_FOUND,
 *   NO_ACCESS
 */
export async function readPaymentNotice(ctx: Ctx, typed: TypedNotice): Promise<ReadNotice> {
  const party = await partyOf(ctx, typed)
  const amount = amountOf(typed.amount)
  if (typed.date === undefined) throw new CfdiMailError('BAD_RECEIPT', { variant: 'no-date' })
  const date = calendarDay(typed.date)
  const currency = currencyOf(typed.currency ?? 'MXN')
  const paid = paidLinesOf(typed.paid, amount)
  const reference = cleanLine(typed.reference ?? '').trim() || date
  if (reference.length > LONGEST_REFERENCE)
    throw new CfdiMailError('BAD_RECEIPT', { variant: 'reference', most: LONGEST_REFERENCE })
  const file = pdfOf(typed.pdf, ctx.settings.maxFileBytes)
  const now = ctx.now()
  return {
    party,
    content: file?.content ?? null,
    notice: {
      ...{ id: newId(now), customer: party.code, reference, date, amount, currency, paid },
      language: languageOf(typed.language ?? 'es'),
      pdf: file === null ? null : { name: file.name, sha256: sha256Of(file.content) },
      send: typed.send,
      createdAt: now.toISOString(),
    },
  }
}

async function partyOf(ctx: Ctx, { client, supplier }: TypedNotice): Promise<Customer> {
  if (client !== undefined && supplier !== undefined)
    throw new CfdiMailError('BAD_SELECTION', { flags: '--client, --supplier' })
  return supplier === undefined
    ? await partyNamed(ctx, client ?? '', 'customer')
    : await partyNamed(ctx, supplier, 'supplier')
}

async function partyNamed(ctx: Ctx, code: string, kind: PartyKind): Promise<Customer> {
  // Only a search is narrowed: of a code that was typed it is worth saying whose it is.
  const kinds = code.startsWith('?') ? [kind] : PARTY_KINDS
  const [party] = (await chooseCustomers(ctx, code === '' ? [] : [code], kinds)) ?? []
  if (party === undefined) throw new CfdiMailError('CHOOSE_CUSTOMER', { variant: 'receipt' })
  if (party.kind === kind) return party
  throw new CfdiMailError('WRONG_PARTY', { code: party.code, kind: party.kind, variant: `no-${kind}` })
}

function amountOf(typed: string | undefined): string {
  const amount = typedAmount((typed ?? '').trim())
  // Nothing, less than nothing, or no amount.
  if (amount !== null && !/^-|^[0.]*$/.test(amount)) return amount
  throw new CfdiMailError('BAD_RECEIPT', {
    variant: typed === undefined ? 'no-amount' : 'amount',
    text: typed ?? '',
  })
}

function currencyOf(typed: string): string {
  const currency = typed.trim().toUpperCase()
  if (/^[A-Z]{3}$/.test(currency)) return currency
  throw new CfdiMailError('BAD_RECEIPT', { variant: 'currency', text: typed })
}

function languageOf(typed: string) {
  const language = mailLanguageOf(typed)
  if (language !== null) return language
  throw new CfdiMailError('BAD_CHOICE', { flag: 'mail-language', value: typed, choices: 'es, en' })
}

function paidLinesOf(typed: readonly string[], amount: string): readonly PaidLine[] {
  const paid = typed.map(paidLineOf)
  if (!exceeds(paid, amount)) return paid
  throw new CfdiMailError('BAD_RECEIPT', { variant: 'sum', sum: sumOfPaid(paid), amount })
}

function paidLineOf(typed: string): PaidLine {
  const line = readPaidLine(typed)
  if (typeof line !== 'string') return line
  throw new CfdiMailError('BAD_RECEIPT', { variant: `paid-${line}`, text: typed })
}

function pdfOf(path: string | undefined, maxBytes: number) {
  if (path === undefined) return null
  const content = readNamedFile(path)
  if (content.length > maxBytes) throw new CfdiMailError('BAD_RECEIPT', { variant: 'large', path })
  if (!isWholePdf(content)) throw new CfdiMailError('BAD_RECEIPT', { variant: 'pdf', path })
  return { name: path.split(/[\\/]/).at(-1) ?? path, content }
}
