import { recipientsOf } from '../model/customer.ts'
import { CfdiMailError } from '../model/errors.ts'
import { numbersOf } from '../model/customer-channel.ts'
import { type AnyProfile, profileFor } from '../model/lanes.ts'
import { isHoldOver } from '../model/profile.ts'
import type { Listing } from '../model/results/listing.ts'
import type { SentDelivery, SentResult, SentRun } from '../model/results/outbox.ts'
import { applyWaiting } from '../store/bounces.ts'
import { clampSchedule } from '../store/clamp-schedule.ts'
import { findCustomers } from '../store/customers.ts'
import { dueByLane } from '../store/delivery-counts.ts'
import { listPackagingTypes } from '../store/packaging-types.ts'
import { forgetPasswords } from '../store/portal-access.ts'
import { channelOfProfile } from '../store/profiles.ts'
import { recoverAbandoned } from '../store/recovery.ts'
import { endUses } from '../store/quota.ts'
import { takeRunLock } from '../store/run-lock.ts'
import { addressOrder, unaddressedOrders } from '../store/seal.ts'
import { tidyUp } from './after-send.ts'
import type { Ctx } from './ctx.ts'
import { allProfiles } from './all-profiles.ts'
import { checkRoom } from './check-room.ts'
import { queueFallbacks } from './queue-fallbacks.ts'
import { resendByPolicy } from './resend-unknown.ts'
import type { Budget } from './lane-queue.ts'
import { sendNotice } from './send-notice.ts'
import { listedSending, packedSending, type SendingReport } from './sending-report.ts'
import { type ProfileHit, sentRun } from './sent-run.ts'
import { applySpilled } from './settle-durably.ts'
import { beginRun } from './store-identity.ts'

export interface SendRequest {
  /** Messages at the most; null for all that is due. */
  readonly limit: number | null
  /** Only this profile. */
  readonly profile: string | null
}

/**
 * Sends what is due, one lane a profile. Alone on its store: another process that sends makes it leave at once.
 * @throws SEND_RUNNING, STORE_NOT_ADOPTED, DISK_LOW, NO_PROFILE when something is due and nothing to send it with, PROFILE_NOT_FOUND
 */
export async function sendDue(ctx: Ctx, request: SendRequest): Promise<SentResult> {
  return await sendInto(ctx, request, listedSending())
}

/** `sendDue` for any number of deliveries: what there is to tell is kept packed. */
export async function sendManyDue(ctx: Ctx, request: SendRequest): Promise<SentRun> {
  return await sendInto(ctx, request, packedSending())
}

async function sendInto<List extends Listing<SentDelivery>>(
  ctx: Ctx,
  request: SendRequest,
  report: SendingReport<List>,
) {
  const lock = takeRunLock(ctx.folders.lock)
  try {
    checkRoom(ctx)
    await beginRun(ctx)
    await applySpilled(ctx)
    await clampSchedule(ctx.db, ctx.now())
    report.add(await takeUpAbandoned(ctx))
    await resendByPolicy(ctx)
    await applyWaiting(ctx.db, ctx.now())
    await addressHeldOrders(ctx)
    const types = new Map((await listPackagingTypes(ctx.db)).map((type) => [type.code, type]))
    const budget: Budget = { left: request.limit ?? Number.MAX_SAFE_INTEGER }
    const hits: ProfileHit[] = []
    for (const lane of await openLanes(ctx, request)) {
      if (ctx.signal.aborted || budget.left === 0) break
      // Loaded only now: most runs that cron starts find nothing due.
      const { sendLane } = await import('./send-lane.ts')
      const hit = await sendLane(ctx, { ...lane, types, budget, report })
      if (hit !== null) hits.push({ profile: lane.profile, hit })
    }
    const fallbacks = await queueFallbacks(ctx)
    const files = await tidyUp(ctx, types)
    await forgetPasswords(ctx.db)
    await sendNotice(ctx)
    return { ...(await sentRun(ctx, report, hits)), files, fallbacks }
  } finally {
    lock.release()
  }
}

/** All that one profile sends, so that a fault or a limit of its own ends all of it at once. */
export interface OpenLane {
  readonly lanes: readonly (string | null)[]
  readonly profile: AnyProfile
  /** Deliveries that are due in them. */
  readonly due: number
}

/**
 * Lanes that have something due and whose profile may send. A lane whose profile is on hold waits; the others go.
 * @throws NO_PROFILE when something is due and there is no profile at all, PROFILE_NOT_FOUND for one that was asked for
 */
export async function openLanes(ctx: Ctx, request: SendRequest): Promise<OpenLane[]> {
  const lanes = await dueLanes(ctx, request)
  return lanes.filter(({ profile: { hold } }) => hold === null || isHoldOver(hold, ctx.now()))
}

/**
 * Lanes that have something due, whether or not their profile may send now.
 * @throws NO_PROFILE, PROFILE_NOT_FOUND like `openLanes`
 */
export async function dueLanes(ctx: Ctx, request: SendRequest): Promise<OpenLane[]> {
  await checkProfile(ctx, request.profile)
  const due = await dueByLane(ctx.db, ctx.now())
  const profiles = await allProfiles(ctx)
  if (due.size > 0 && profiles.length === 0) throw new CfdiMailError('NO_PROFILE')
  return profiles
    .filter(({ name }) => request.profile === null || request.profile === name)
    .map((profile) => ({ profile, lanes: [...due.keys()].filter(servedBy(profile, profiles)) }))
    .map((open) => ({ ...open, due: open.lanes.reduce((sum, lane) => sum + (due.get(lane) ?? 0), 0) }))
    .filter(({ lanes }) => lanes.length > 0)
}

function servedBy(profile: AnyProfile, profiles: readonly AnyProfile[]) {
  return (lane: string | null) => profileFor(profiles, lane)?.name === profile.name
}

async function checkProfile(ctx: Ctx, name: string | null): Promise<void> {
  if (name !== null && (await channelOfProfile(ctx.db, name)) === null) {
    throw new CfdiMailError('PROFILE_NOT_FOUND', { name })
  }
}

/** What a process that died left behind: `unknown` is told in this run's result, the rest is simply due again. */
async function takeUpAbandoned(ctx: Ctx): Promise<SentDelivery[]> {
  await endUses(ctx.db, null, ctx.now())
  const abandoned = await recoverAbandoned(ctx.db, ctx.now())
  return abandoned.flatMap(({ order, customer, recipient, state }) =>
    state === 'unknown'
      ? [{ order, customer, recipient, state, code: 0, enhanced: '', reply: '', attempts: 1, nextAt: null }]
      : [],
  )
}

/** Orders that waited for an address go as soon as their customer has one: nobody has to package again. */
async function addressHeldOrders(ctx: Ctx): Promise<void> {
  const held = await unaddressedOrders(ctx.db)
  const customers = await findCustomers(ctx.db, [...new Set(held.map((order) => order.customer))])
  for (const order of held) {
    const customer = customers.find((candidate) => candidate.code === order.customer)
    const whoGets = order.channel === 'whatsapp' ? numbersOf : recipientsOf
    const recipients = customer === undefined ? [] : whoGets(customer)
    if (recipients.length > 0) await addressOrder(ctx.db, order, { recipients, now: ctx.now() })
  }
}
