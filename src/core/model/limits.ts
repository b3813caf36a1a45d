/**
 * What a profile's server allows and how the next message fits in: rolling windows over what was sent. Pure; times are
 * milliseconds since 1970.
 */

export const UNKNOWN_POLICIES = ['hold', 'resend-after'] as const
export type UnknownPolicy = (typeof UNKNOWN_POLICIES)[number]

/** Limits that count what is sent in a window of time. */
export const RATE_LIMITS = ['per-minute', 'per-day'] as const
export type RateLimit = (typeof RATE_LIMITS)[number]

export interface ProfileLimits {
  /** Preset that the limits were taken from, '' for none. */
  readonly provider: string
  /** Messages in any 60 seconds; null for no limit. */
  readonly perMinute: number | null
  /** Recipients in any 24 hours, which is how Gmail and Exchange Online count; null for no limit. */
  readonly perDay: number | null
  /** Recipients of one transaction. An order with more goes out in several, all with the same bytes. */
  readonly maxRecipients: number
  /** Bytes of a message as transmitted (attachments in base64); null leaves it to the server's own SIZE. */
  readonly maxBytes: number | null
  /** What becomes of a delivery whose outcome is unknown. */
  readonly onUnknown: UnknownPolicy
  /** Hours after which an unknown delivery is sent again; null while they are held. */
  readonly resendAfterHours: number | null
  /** Mailbox that bounces come back to, with the order's id behind a `+` (VERP); '' for the sender, which every server allows. */
  readonly bouncesTo: string
}

export const DEFAULT_LIMITS: ProfileLimits = {
  ...{ provider: '', perMinute: null, perDay: null, maxRecipients: 50, maxBytes: null },
  ...{ onUnknown: 'hold', resendAfterHours: null, bouncesTo: '' },
}

export const WINDOW_MS: Readonly<Record<RateLimit, number>> = { 'per-minute': 60_000, 'per-day': 86_400_000 }

/** Hours of `resend-after` when none are typed. */
export const RESEND_AFTER_HOURS = 24

/** One message that went out, or may be going out. It counts while it is younger than the window. */
export interface Use {
  readonly at: number
  readonly recipients: number
}

/** When a message may go out, and which limit made it wait. */
export interface Slot {
  readonly at: number
  readonly limit: RateLimit | null
}

type Rates = Pick<ProfileLimits, 'perMinute' | 'perDay'>

/**
 * When each of these messages may go out at the earliest, one after the other, so that no window of 60 seconds or 24 hours
 * ever holds more than the limits.
 * @param uses what went out before, oldest first
 * @param wanted recipients of each message, none above `perDay`
 * @param facts.now the first may not go before
 */
export function slotsFor(
  uses: readonly Use[],
  wanted: readonly number[],
  { limits, now }: { readonly limits: Rates; readonly now: number },
): Slot[] {
  const ledger = [...uses]
  const day = dayWindow(ledger, limits.perDay)
  let earliest = now
  return wanted.map((recipients) => {
    const minute = minuteSlot(ledger, limits.perMinute)
    const today = day.slot(recipients, Math.max(earliest, minute))
    const at = Math.max(earliest, minute, today)
    const limit = at === earliest ? null : today === at ? 'per-day' : 'per-minute'
    earliest = at
    ledger.push({ at, recipients })
    day.add(recipients)
    return { at, limit }
  })
}

/** The ledger is in order of time, so the message that must be a minute old is found by its place. */
function minuteSlot(ledger: readonly Use[], perMinute: number | null): number {
  const blocking = perMinute === null ? undefined : ledger[ledger.length - perMinute]
  return blocking === undefined ? 0 : blocking.at + WINDOW_MS['per-minute']
}

/** The last 24 hours of the ledger, moved forward as time goes on: each use enters and leaves the sum once. */
function dayWindow(ledger: readonly Use[], perDay: number | null) {
  let oldest = 0
  let sum = ledger.reduce((total, use) => total + use.recipients, 0)
  return {
    slot(recipients: number, from: number): number {
      let at = 0
      for (let use = ledger[oldest]; use !== undefined; use = ledger[oldest]) {
        const free = use.at + WINDOW_MS['per-day']
        const fits = perDay === null || sum + recipients <= perDay
        if (free > from && fits) break
        if (free > from) at = Math.max(at, free)
        sum -= use.recipients
        oldest++
      }
      return at
    },
    add(recipients: number): void {
      sum += recipients
    },
  }
}

/** Recipients that one transaction may have. */
export function transactionSize({ maxRecipients, perDay }: ProfileLimits): number {
  return Math.max(1, Math.min(maxRecipients, perDay ?? maxRecipients))
}

/** A list cut into pieces of at most `size`. */
export function pieces<T>(list: readonly T[], size: number): (readonly T[])[] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, i) => list.slice(i * size, (i + 1) * size))
}
