import { pieces, type Slot, slotsFor, transactionSize, type Use } from '../model/limits.ts'
import type { PackagingType } from '../model/packaging-type.ts'
import type { AnyProfile } from '../model/lanes.ts'
import { causeOfHold, isHoldOver } from '../model/profile.ts'
import type { PlannedProfile, SendPlanResult } from '../model/results/plan.ts'
import { isWhatsApp, type StoredWhatsAppProfile } from '../model/whatsapp-profile.ts'
import { peekOrder } from '../store/claims.ts'
import { countInState } from '../store/delivery-counts.ts'
import { type DueOrder, dueLater, dueOrders, dueRecipients, heldByReason } from '../store/due-orders.ts'
import { listPackagingTypes } from '../store/packaging-types.ts'
import { lastUseOf, usesOf } from '../store/quota.ts'
import type { Ctx } from './ctx.ts'
import { loadMessage } from './load-message.ts'
import { dueLanes, type SendRequest } from './send-due.ts'

/** An order whose size is known. `numbers`: of WhatsApp, the numbers that it goes to; each is a message of its own. */
type SizedOrder = DueOrder & { readonly bytes: number; readonly numbers: readonly string[] | null }

interface ProfileWork {
  readonly profile: AnyProfile
  readonly orders: SizedOrder[]
}

/**
 * Says what `send` would do: how much through which profile, which limit makes it wait, and when the first and the last
 * message go. Sends nothing, changes nothing and waits for nobody.
 * @throws NO_PROFILE, PROFILE_NOT_FOUND like `send`
 */
export async function planSend(ctx: Ctx, request: SendRequest): Promise<SendPlanResult> {
  const now = ctx.now()
  const profiles: PlannedProfile[] = []
  for (const work of await workOf(ctx, request)) {
    profiles.push(planProfile(work, ledgerOf(ctx, work.profile.name, now)))
  }
  const total = (part: (profile: PlannedProfile) => number) =>
    profiles.reduce((sum, profile) => sum + part(profile), 0)
  return {
    kind: 'send-plan',
    at: now.toISOString(),
    profiles,
    totals: {
      messages: total(({ messages }) => messages),
      recipients: total(({ recipients }) => recipients),
      bytes: total(({ bytes }) => bytes),
      tooBig: total(({ tooBig }) => tooBig.length),
    },
    lastAt: lastOf(profiles),
    held: [...(await heldByReason(ctx.db))].map(([reason, deliveries]) => ({ reason, deliveries })),
    unknown: await countInState(ctx.db, 'unknown'),
    later: await dueLater(ctx.db, now),
  }
}

/** The due orders of each profile, in the order in which `send` takes them. */
async function workOf(ctx: Ctx, request: SendRequest): Promise<ProfileWork[]> {
  const types = new Map((await listPackagingTypes(ctx.db)).map((type) => [type.code, type]))
  const works: ProfileWork[] = []
  let left = request.limit ?? Number.MAX_SAFE_INTEGER
  for (const { lanes, profile } of await dueLanes(ctx, request)) {
    const orders: SizedOrder[] = []
    const due = await dueOrders(ctx.db, { lanes, now: ctx.now(), limit: left })
    left -= due.length
    const numbers = isWhatsApp<StoredWhatsAppProfile>(profile)
      ? await dueRecipients(ctx.db, { orders: due.map(({ id }) => id), now: ctx.now() })
      : null
    for (const order of due) {
      const bytes = order.bytes ?? (await unsealedBytes(ctx, order, { profile, types }))
      orders.push({ ...order, bytes, numbers: numbers?.get(order.id) ?? null })
    }
    works.push({ profile, orders })
  }
  return works
}

/** An order that was packaged before its sender was known has no bytes yet: they are put together to be counted. */
async function unsealedBytes(
  ctx: Ctx,
  { id }: DueOrder,
  { profile, types }: { readonly profile: AnyProfile; readonly types: ReadonlyMap<string, PackagingType> },
): Promise<number> {
  const order = await peekOrder(ctx.db, id, ctx.now())
  if (order === undefined) return 0
  const message = await loadMessage(ctx, { order, profile, type: types.get(order.type), sealing: 'look' })
  return 'missing' in message ? 0 : message.bytes
}

interface Ledger {
  readonly now: Date
  readonly uses: readonly Use[]
  /** Whether a number was written to within the day: Meta counts it once. */
  readonly isCounted: (number: string) => boolean
}

function ledgerOf({ db }: Ctx, profile: string, now: Date): Ledger {
  const isCounted = (number: string) => lastUseOf(db, { profile, number, now }) !== null
  return { now, uses: usesOf(db, profile, now), isCounted }
}

interface Transaction {
  readonly bytes: number
  readonly recipients: number
  /** How many of them the limit of a day counts. */
  readonly counted: number
}

function planProfile({ profile, orders }: ProfileWork, ledger: Ledger): PlannedProfile {
  const { now, uses } = ledger
  const seen = new Set<string>()
  const { name, maxBytes, perMinute, perDay, maxRecipients } = profile
  const isTooBig = ({ bytes }: SizedOrder) => maxBytes !== null && bytes > maxBytes
  const transactions = orders
    .filter((order) => !isTooBig(order))
    .flatMap((order) =>
      order.numbers === null ? transactionsOf(order, profile) : chatsOf(order, ledger, seen),
    )
  const start = startOf(profile, now)
  const wanted = transactions.map(({ recipients }) => recipients)
  const counted = transactions.map((transaction) => transaction.counted)
  const slots = slotsFor(uses, start === null ? [] : counted, { limits: profile, now: start ?? 0 })
  return {
    name,
    messages: transactions.length,
    recipients: wanted.reduce((sum, recipients) => sum + recipients, 0),
    bytes: transactions.reduce((sum, { bytes }) => sum + bytes, 0),
    largest: Math.max(0, ...new Set(orders.map(({ bytes }) => bytes))),
    limits: { perMinute, perDay, maxRecipients, maxBytes },
    usedToday: uses.reduce((sum, { recipients }) => sum + recipients, 0),
    ...timesOf(slots, wanted),
    tooBig: orders.filter(isTooBig).map(({ id, bytes }) => ({ order: id, bytes })),
    hold: holdOf(profile, now),
  }
}

function transactionsOf({ bytes, recipients }: SizedOrder, profile: AnyProfile): Transaction[] {
  const list = Array.from({ length: recipients }, () => null)
  return pieces(list, transactionSize(profile)).map(({ length }) => ({
    ...{ bytes, recipients: length, counted: length },
  }))
}

/** @param seen numbers that this plan counted already */
function chatsOf({ bytes, numbers }: SizedOrder, { isCounted }: Ledger, seen: Set<string>): Transaction[] {
  return (numbers ?? []).map((number) => {
    const isNew = !seen.has(number) && !isCounted(number)
    seen.add(number)
    return { bytes, recipients: 1, counted: isNew ? 1 : 0 }
  })
}

/** When a profile may begin, in milliseconds since 1970; null while it waits for a person. */
function startOf({ hold }: AnyProfile, now: Date): number | null {
  if (hold === null || isHoldOver(hold, now)) return now.getTime()
  return hold.until === null ? null : Date.parse(hold.until)
}

function timesOf(slots: readonly Slot[], wanted: readonly number[]) {
  const iso = (slot: Slot | undefined) => (slot === undefined ? null : new Date(slot.at).toISOString())
  const stop = slots.findIndex(({ limit }) => limit === 'per-day')
  const waits = slots.find(({ limit }) => limit !== null)
  return {
    limit: stop < 0 ? (waits?.limit ?? null) : ('per-day' as const),
    firstAt: iso(slots[0]),
    lastAt: iso(slots.at(-1)),
    thisRun: wanted.slice(0, stop < 0 ? slots.length : stop).reduce((sum, recipients) => sum + recipients, 0),
  }
}

function holdOf({ hold }: AnyProfile, now: Date): PlannedProfile['hold'] {
  if (hold === null || isHoldOver(hold, now)) return null
  return { cause: causeOfHold(hold.reason), reason: hold.reason, until: hold.until }
}

function lastOf(profiles: readonly PlannedProfile[]): string | null {
  const sending = profiles.filter(({ messages }) => messages > 0)
  const times = sending.flatMap(({ lastAt }) => (lastAt === null ? [] : [lastAt]))
  return times.length < sending.length ? null : (times.sort().at(-1) ?? null)
}
