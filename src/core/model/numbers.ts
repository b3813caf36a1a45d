import { CfdiMailError } from './errors.ts'

/**
 * A whole number above zero, as typed for a flag.
 * @throws BAD_NUMBER that names the flag
 */
export function wholeNumber(flag: string, text: string): number {
  const number = Number(text)
  if (!/^\d{1,9}$/.test(text) || number < 1) throw new CfdiMailError('BAD_NUMBER', { flag, text })
  return number
}
