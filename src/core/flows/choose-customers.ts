import { type Customer, normalCode } from '../model/customer.ts'
import { CfdiMailError } from '../model/errors.ts'
import { findCustomers, searchCustomers } from '../store/customers.ts'
import type { Ctx } from './ctx.ts'

/** How many matches an error names. */
const SHOWN = 10

/**
 * The customers that were named on the command line. `?` and `?text` search: at a terminal the person picks one, elsewhere the
 * matches are an error, because nobody may guess who gets an invoice.
 * @returns null when none was named, that is: all of them
 * @throws CUSTOMER_NOT_FOUND, CHOOSE_CUSTOMER
 */
export async function chooseCustomers(
  ctx: Ctx,
  codes: readonly string[],
): Promise<readonly Customer[] | null> {
  if (codes.length === 0) return null
  const wanted: string[] = []
  for (const code of codes)
    wanted.push(code.startsWith('?') ? await pick(ctx, code.slice(1)) : normalCode(code))
  const found = await findCustomers(ctx.db, wanted)
  const missing = wanted.find((code) => found.every((customer) => customer.code !== code))
  if (missing !== undefined) throw new CfdiMailError('CUSTOMER_NOT_FOUND', { code: missing })
  return found
}

async function pick(ctx: Ctx, typed: string): Promise<string> {
  const { search, matches } = await searched(ctx, typed)
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
async function searched(ctx: Ctx, typed: string) {
  let search = typed !== '' || ctx.ask === null ? typed : await ctx.ask.text('which-customer', '')
  for (;;) {
    const matches = await searchCustomers(ctx.db, search)
    if (matches.length > 0 || ctx.ask === null || search === '') return { search, matches }
    search = await ctx.ask.text('no-such-customer', '')
    if (search === '') return { search: typed, matches: [] }
  }
}
