import { type Customer, normalCode, PARTY_KINDS, type PartyKind } from '../model/customer.ts'
import { CfdiMailError } from '../model/errors.ts'
import { findCustomers, searchCustomers } from '../store/customers.ts'
import type { Ctx } from './ctx.ts'

/** How many matches an error names. */
const SHOWN = 10

/**
 * The customers that were named on the command line. `?` and `?text` search: at a terminal the person picks one, elsewhere the
 * matches are an error, because nobody may guess who gets an invoice.
 * @param kinds parties that may be meant
 * @returns null when none was named, that is: all of them
 * @throws CUSTOMER_NOT_FOUND, CHOOSE_CUSTOMER, WRONG_PARTY for one of another kind
 */
export async function chooseCustomers(
  ctx: Ctx,
  codes: readonly string[],
  kinds: readonly PartyKind[] = PARTY_KINDS,
): Promise<readonly Customer[] | null> {
  if (codes.length === 0) return null
  const wanted: string[] = []
  for (const code of codes)
    wanted.push(code.startsWith('?') ? await pick(ctx, code.slice(1), kinds) : normalCode(code))
  const found = await findCustomers(ctx.db, wanted)
  const missing = wanted.find((code) => found.every((customer) => customer.code !== code))
  if (missing !== undefined) throw new CfdiMailError('CUSTOMER_NOT_FOUND', { code: missing })
  const other = found.find(({ kind }) => !kinds.includes(kind))
  if (other !== undefined)
    throw new CfdiMailError('WRONG_PARTY', { code: other.code, kind: other.kind, variant: other.kind })
  return found
}

async function pick(ctx: Ctx, typed: string, kinds: readonly PartyKind[]): Promise<string> {
  const { search, matches } = await searched(ctx, typed, kinds)
  if (matches.length === 0) throw new CfdiMailError('CUSTOMER_NOT_FOUND', { code: search || '?' })
  if (ctx.ask === null) {
    const codes = matches.slice(0, SHOWN).map((customer) => `${customer.code} ${customer.name}`)
    throw new CfdiMailError('CHOOSE_CUSTOMER', { count: matches.length, codes: codes.join(', ') })
  }
  const lines = matches.map((customer) => `${customer.code}  ${customer.rfc}  ${customer.name}`)
  const chosen = matches[lines.indexOf(await ctx.ask.choice('which-customer', lines))]
  if (chosen === undefined) throw new CfdiMailError('CUSTOMER_NOT_FOUND', { code: search })
  return chosen.code
}

/** At a terminal a text that nobody matches is asked again, until it matches or is left empty. */
async function searched(ctx: Ctx, typed: string, kinds: readonly PartyKind[]) {
  let search = typed !== '' || ctx.ask === null ? typed : await ctx.ask.text('which-customer', '')
  for (;;) {
    const matches = (await searchCustomers(ctx.db, search)).filter(({ kind }) => kinds.includes(kind))
    if (matches.length > 0 || ctx.ask === null || search === '') return { search, matches }
    search = await ctx.ask.text('no-such-customer', '')
    if (search === '') return { search: typed, matches: [] }
  }
}
