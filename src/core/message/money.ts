import { DECIMAL } from '../model/decimal.ts'

/** Amounts as people read them. Text in, text out: an amount never becomes a floating-point number. */

/** ISO 4217 currencies without minor unit that c_Moneda has and Mexican firms bill in. */
const WITHOUT_CENTS: readonly string[] = [
  'JPY',
  'KRW',
  'CLP',
  'PYG',
  'VND',
  'ISK',
  'UGX',
  'XAF',
  'XOF',
  'XPF',
]

const SYMBOLS: Readonly<Record<string, string>> = {
  MXN: '$',
  USD: '$',
  CAD: '$',
  AUD: '$',
  ARS: '$',
  COP: '$',
  CLP: '$',
  EUR: '€',
  GBP: '£',
  JPY: '¥',
}

/** How CFDI 3.2, whose @Moneda is free text, writes pesos. */
const PESOS = /^(?:mxn|mxp|m\.? ?n\.?|pesos?(?: mexicanos?)?|moneda nacional)$/i

/**
 * `1234567.5`, `MXN` → `$1,234,567.50 MXN`. At least two decimals where the currency has cents, more only when they say
 * something; no digit is rounded away. A text that is no decimal number comes back as it is.
 */
export function formatMoney(amount: string, currency: string): string {
  const code = PESOS.test(currency.trim()) ? 'MXN' : currency.trim()
  const parts = DECIMAL.exec(amount.trim())
  if (parts === null) return `${amount} ${code}`.trim()
  const [, sign = '', integer = '', fraction = ''] = parts
  const symbol = SYMBOLS[code.toUpperCase()] ?? (code === '' ? '$' : '')
  const digits = group(integer.replace(/^0+(?=\d)/, ''))
  return `${sign === '-' ? '-' : ''}${symbol}${digits}${decimals(fraction, code)} ${code}`.trim()
}

/** Whether the text is a number and nothing but zero. */
export function isZero(amount: string): boolean {
  return /^[+-]?0*(?:\.0*)?$/.test(amount.trim()) && /0/.test(amount)
}

function decimals(fraction: string, currency: string): string {
  const least = WITHOUT_CENTS.includes(currency.toUpperCase()) ? 0 : 2
  const telling = fraction.replace(/0+$/, '').padEnd(least, '0')
  return telling === '' ? '' : `.${telling}`
}

function group(integer: string): string {
  return integer.replace(/\B(?=(?:\d{3})+$)/g, ',')
}

/** An amount with so many decimals, the last one rounded half away from zero; null when the text is no decimal number. */
export function roundDecimal(amount: string, places: number): string | null {
  const parts = DECIMAL.exec(amount.trim())
  if (parts === null) return null
  const [, sign = '', integer = '', fraction = ''] = parts
  const kept = BigInt(`${integer}${fraction.slice(0, places).padEnd(places, '0')}`)
  const rounded = kept + (fraction.charAt(places) >= '5' ? 1n : 0n)
  const digits = String(rounded).padStart(places + 1, '0')
  const text = places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`
  return sign === '-' && rounded !== 0n ? `-${text}` : text
}

/** A rate as a percentage: `0.160000` → `16.00`; null when the text is no decimal number. */
export function percentage(rate: string): string | null {
  const parts = DECIMAL.exec(rate.trim())
  if (parts === null) return null
  const [, sign = '', integer = '', fraction = ''] = parts
  const moved = fraction.padEnd(2, '0')
  return roundDecimal(`${sign}${integer}${moved.slice(0, 2)}.${moved.slice(2)}0`, 2)
}
