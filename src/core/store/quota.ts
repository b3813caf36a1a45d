import type { ProfileLimits, RateLimit, Slot, Use } from '../model/limits.ts'
import { slotsFor, WINDOW_MS } from '../model/limits.ts'
import { newId } from './ids.ts'
import { prepared } from './prepared.ts'
import type { Db } from './schema.ts'
import { sharingCommit } from './shared-commit.ts'

/** How long the ledger is kept: longer than any window, so that a clock that jumps ahead forgets nothing. */
const KEEP_MS = 7 * WINDOW_MS['per-day']

export interface Reservation {
  readonly profile: Pick<ProfileLimits, 'perMinute' | 'perDay'> & { readonly name: string }
  readonly order: string
  /** Recipients of the transaction. */
  readonly recipients: number
  /** The one number it goes to, where Meta counts numbers and not messages: it counts once in 24 hours. None for mail. */
  readonly number?: string | null
  /** Unique to this sender; `endUses` closes by it what the sender left open. */
  readonly token: string
  readonly now: Date
}

export type Reserved =
  { readonly granted: true; readonly use: string } | { readonly granted: false; readonly slot: Slot }

/**
 * Counts a transaction before its MAIL FROM, or refuses it and says when the next one fits. Counting and writing are one
 * transaction that takes the write lock at its start, so any number of processes together stay within the limits.
 */
export async function reserveUse(db: Db, reservation: Reservation): Promise<Reserved> {
  const { profile, order, number = null, token, now } = reservation
  return await sharingCommit(db, (db): Reserved => {
    const isCounted = number !== null && lastUseOf(db, { profile: profile.name, number, now }) !== null
    const recipients = isCounted ? 0 : reservation.recipients
    if (!fits(db, { profile, recipients, now })) {
      const uses = usesOf(db, profile.name, now)
      const [slot] = slotsFor(uses, [recipients], { limits: profile, now: now.getTime() })
      if (slot !== undefined && slot.limit !== null) return { granted: false, slot }
    }
    const use = newId(now)
    put(db, { id: use, profile: profile.name, at: now.toISOString(), recipients, order, number, token })
    return { granted: true, use }
  })
}

interface NewUse {
  readonly id: string
  readonly profile: string
  readonly at: string
  readonly recipients: number
  readonly order: string
  readonly number: string | null
  readonly token: string
}

const put = prepared((db, blank: NewUse) =>
  db.insertInto('quota_use').values({
    id: blank.id,
    profile: blank.profile,
    at: blank.at,
    recipients: blank.recipients,
    order_id: blank.order,
    recipient: blank.number,
    token: blank.token,
  }),
)

/** When something last went to a number from a profile within 24 hours, in milliseconds since 1970, or null. */
export function lastUseOf(
  db: Db,
  { profile, number, now }: { readonly profile: string; readonly number: string; readonly now: Date },
): number | null {
  const [row] = latest(db, { profile, number, after: dayBefore(now) })
  return typeof row?.at === 'string' ? Date.parse(row.at) : null
}

const latest = prepared(
  (db, blank: { readonly profile: string; readonly number: string; readonly after: string }) =>
    db
      .selectFrom('quota_use')
      .select((select) => select.fn.max('at').as('at'))
      .where('profile', '=', blank.profile)
      .where('at', '>', blank.after)
      .where('recipient', '=', blank.number),
)

function dayBefore(now: Date): string {
  return new Date(now.getTime() - WINDOW_MS['per-day']).toISOString()
}

function fits(
  db: Db,
  { profile, recipients, now }: Pick<Reservation, 'profile' | 'recipients' | 'now'>,
): boolean {
  const { name, perMinute, perDay } = profile
  if (perMinute !== null && counted(db, { name, limit: 'per-minute', now }).messages >= perMinute)
    return false
  if (perDay === null) return true
  return counted(db, { name, limit: 'per-day', now }).recipients + recipients <= perDay
}

/** What counts in a window: what ended in it, and what may still be on its way, however long ago it began. */
function counted(
  db: Db,
  { name, limit, now }: { readonly name: string; readonly limit: RateLimit; readonly now: Date },
) {
  const after = new Date(now.getTime() - WINDOW_MS[limit]).toISOString()
  const [row] = count(db, { name, after })
  return { messages: Number(row?.messages ?? 0), recipients: Number(row?.recipients ?? 0) }
}

const count = prepared((db, blank: { readonly name: string; readonly after: string }) =>
  db
    .selectFrom('quota_use')
    .select((select) => [
      select.fn.countAll<number>().as('messages'),
      select.fn.sum<number | null>('recipients').as('recipients'),
    ])
    .where('profile', '=', blank.name)
    .where((where) => where.or([where('at', '>', blank.after), where('token', 'is not', null)])),
)

/** The last day of a profile's ledger, oldest first; what has not ended counts as of now. */
export function usesOf(db: Db, profile: string, now: Date): Use[] {
  return ledger(db, { profile, after: dayBefore(now) })
    .map(({ at, recipients, token }) => ({
      at: token === null ? Date.parse(at) : Math.max(Date.parse(at), now.getTime()),
      recipients,
    }))
    .sort((a, b) => a.at - b.at)
}

const ledger = prepared((db, blank: { readonly profile: string; readonly after: string }) =>
  db
    .selectFrom('quota_use')
    .select(['at', 'recipients', 'token'])
    .where('profile', '=', blank.profile)
    .where((where) => where.or([where('at', '>', blank.after), where('token', 'is not', null)])),
)

/** Notes when a transaction ended: the server cannot have counted it later. */
export async function endUse(db: Db, use: string, now: Date): Promise<void> {
  await ending(db, { use, at: now.toISOString() }).execute()
}

/**
 * The same at once, for the inside of a transaction alone.
 * @param at ISO 8601 UTC
 */
export function endUseNow(db: Db, use: string, at: string): void {
  end(db, { use, at })
}

const ending = (db: Db, { use, at }: { readonly use: string; readonly at: string }) =>
  db.updateTable('quota_use').set({ at, token: null }).where('id', '=', use)

const end = prepared(ending)

/** Takes back a reservation of a transaction that never began. */
export async function dropUse(db: Db, use: string): Promise<void> {
  await db.deleteFrom('quota_use').where('id', '=', use).execute()
}

/**
 * Ends what a sender left open, as of now, and forgets what is long past.
 * @param token the sender's; null for every sender, when the caller knows that none is alive
 */
export async function endUses(db: Db, token: string | null, now: Date): Promise<void> {
  const open = db.updateTable('quota_use').set({ at: now.toISOString(), token: null })
  await (token === null ? open.where('token', 'is not', null) : open.where('token', '=', token)).execute()
  if (token !== null) return
  const long = new Date(now.getTime() - KEEP_MS).toISOString()
  await db.deleteFrom('quota_use').where('at', '<', long).execute()
}
