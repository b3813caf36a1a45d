/** Variable envelope return paths (VERP): the address that a bounce comes back to names the order. Pure. */
import { parseAddress } from './address.ts'
import { CfdiMailError } from './errors.ts'

/** RFC 5321 § 4.5.3.1.1: octets before the `@`; `+` and the order's id are 27 of them. */
const LONGEST_LOCAL = 64
const TOKEN = /\+([0-9a-hjkmnp-tv-z]{26})@/gi

/**
 * The envelope sender of an order: `bounces@x.mx` gives `bounces+01hx…@x.mx`.
 * @param order its id; the case of letters is lost on the way back, so it goes in lower case
 */
export function returnPathOf(bouncesTo: string, order: string): string {
  const at = bouncesTo.lastIndexOf('@')
  return `${bouncesTo.slice(0, at)}+${order.toLowerCase()}${bouncesTo.slice(at)}`
}

/** Ids of orders in the addresses of a header. */
export function ordersOfReturnPaths(text: string): string[] {
  return [...text.matchAll(TOKEN)].map(([, id = '']) => id.toUpperCase())
}

/**
 * The mailbox for bounces as it is typed; `none` (`ninguno`) lets them come to the sender again.
 * @throws BAD_PROFILE
 */
export function bouncesToValue(text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  if (/^(?:none|ninguno|no)$/i.test(text)) return ''
  const read = parseAddress(text)
  const isShort = read.ok && returnPathOf(read.address, '0'.repeat(26)).lastIndexOf('@') <= LONGEST_LOCAL
  if (!read.ok || !isShort) throw new CfdiMailError('BAD_PROFILE', { flag: 'bounces-to', value: text })
  return read.address
}
