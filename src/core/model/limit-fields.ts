/** Limits as people type them. Pure. */
import { CfdiMailError } from './errors.ts'
import { type ProfileLimits, RESEND_AFTER_HOURS } from './limits.ts'
import { wholeNumber } from './numbers.ts'

const NO_LIMIT = /^(?:none|ninguno|no)$/i
const UNITS = { '': 1, K: 1024, M: 1024 ** 2 } as const
const MOST_HOURS = 9999

/**
 * A limit: a whole number above zero, or `none` (`ninguno`) to lift it.
 * @throws BAD_NUMBER that names the flag
 */
export function limitValue(flag: string, text: string | undefined): number | null | undefined {
  if (text === undefined) return undefined
  return NO_LIMIT.test(text) ? null : wholeNumber(flag, text)
}

/**
 * A size in bytes: `26214400`, `35M`, `35MB` or `35MiB` (both 1,048,576 bytes each), or `none` (`ninguno`).
 * @throws BAD_NUMBER that names the flag
 */
export function bytesValue(flag: string, text: string | undefined): number | null | undefined {
  if (text === undefined) return undefined
  if (NO_LIMIT.test(text)) return null
  const parts = /^(\d{1,9})\s*([km]?)(?:i?b)?$/i.exec(text.trim())
  const unit = UNITS[(parts?.[2] ?? '').toUpperCase() as keyof typeof UNITS]
  const bytes = Number(parts?.[1]) * unit
  if (!(bytes >= 1 && bytes < 2 ** 31)) throw new CfdiMailError('BAD_NUMBER', { flag, text })
  return bytes
}

/**
 * What to do with an unknown delivery: `hold` (`retener`), or `resend-after:12h` (`reenviar:12h`); without hours, 24.
 * @throws BAD_CHOICE
 */
export function unknownPolicy(
  flag: string,
  text: string | undefined,
): Pick<ProfileLimits, 'onUnknown' | 'resendAfterHours'> | undefined {
  if (text === undefined) return undefined
  if (/^(?:hold|retener)$/i.test(text)) return { onUnknown: 'hold', resendAfterHours: null }
  const parts = /^(?:resend-after|reenviar)(?:[:=](\d{1,4})h?)?$/i.exec(text)
  const hours = parts === null ? 0 : Number(parts[1] ?? RESEND_AFTER_HOURS)
  if (hours < 1 || hours > MOST_HOURS)
    throw new CfdiMailError('BAD_CHOICE', { flag, value: text, choices: 'hold, resend-after:24h' })
  return { onUnknown: 'resend-after', resendAfterHours: hours }
}
