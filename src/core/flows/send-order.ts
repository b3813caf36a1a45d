import type { ChannelFault, DeliverResult, Session } from '../channels/channel.ts'
import {
  afterAttempt,
  type AttemptOutcome,
  type HeldReason,
  type NextState,
  type RecipientResult,
} from '../model/delivery.ts'
import type { EventKind, EventLevel, NewEvent } from '../model/event.ts'
import type { PackagingType } from '../model/packaging-type.ts'
import type { StoredProfile } from '../model/profile.ts'
import type { SentDelivery } from '../model/results/outbox.ts'
import { cancelledAmong } from '../store/cancelled-documents.ts'
import type { ClaimedDelivery, ClaimedOrder } from '../store/claims.ts'
import { markDotted, type Settlement } from '../store/settle.ts'
import type { Ctx } from './ctx.ts'
import { type LoadedMessage, loadMessage } from './load-message.ts'
import { settleDurably } from './settle-durably.ts'

/** One claimed order and who sends it. */
export interface Sending {
  readonly order: ClaimedOrder
  readonly token: string
  readonly profile: StoredProfile
  readonly type: PackagingType | undefined
}

/** A message that may go out, and what it goes out over. */
export interface Departure {
  readonly message: LoadedMessage
  readonly session: Session
  /** Its place in the ledger of the profile's limits. */
  readonly use: string
}

export interface SendOutcome {
  readonly deliveries: readonly SentDelivery[]
  readonly fault: ChannelFault | null
  readonly reusable: boolean
  /** The session was over before it began: nothing was said to the server. */
  readonly untouched: boolean
}

/** What does not go out has its outcome written already. */
export type Prepared =
  | { readonly ready: true; readonly message: LoadedMessage }
  | { readonly ready: false; readonly deliveries: readonly SentDelivery[] }

/** The lease was lost while the message was on its way: the dot was not sent, and the row belongs to somebody else. */
class Fenced extends Error {}

/** What can be known without asking the server: whether the order may still go out, with what bytes, and not too many. */
export async function prepareOrder(ctx: Ctx, sending: Sending): Promise<Prepared> {
  const { order, profile } = sending
  const [cancelled] = await cancelledAmong(ctx.db, order.uuids)
  if (cancelled !== undefined)
    return await leave(ctx, sending, { state: 'cancelled', held: null, detail: cancelled })
  const message = await loadMessage(ctx, { ...sending, sealing: 'fix' })
  if ('missing' in message)
    return await leave(ctx, sending, { state: 'held', held: 'review', detail: message.missing })
  if (profile.maxBytes !== null && message.bytes > profile.maxBytes)
    return await refuse(ctx, sending, `${message.bytes} bytes; the profile takes ${profile.maxBytes}`)
  return { ready: true, message }
}

/** RFC 3463: 5.3.4, message too big for system; what the server would say after all of it was sent. */
async function refuse(ctx: Ctx, sending: Sending, reply: string): Promise<Prepared> {
  const recipients = sending.order.deliveries.map(({ recipient }): RecipientResult => ({
    ...{ address: recipient, outcome: 'rejected', code: 0, enhanced: '5.3.4', reply, serverId: '' },
  }))
  const result = { recipients, fault: null, reusable: true }
  return { ready: false, ...(await settleResults(ctx, sending, { result, ms: 0, tls: '', use: null })) }
}

/**
 * Sends one order to the recipients of it that are due, and writes each one's outcome. The store knows "the dot is about to
 * go out" before it does: whatever kills the process, each delivery is afterwards sent, not sent, or known to be uncertain.
 */
export async function sendOrder(
  ctx: Ctx,
  sending: Sending,
  { message, session, use }: Departure,
): Promise<SendOutcome> {
  const { order } = sending
  const started = performance.now()
  const recipients = order.deliveries.map((delivery) => delivery.recipient)
  try {
    const envelope = { ...message, recipients, envelopeId: order.id }
    const result = await session.deliver(envelope, (accepted) => dot(ctx, sending, accepted))
    const ms = performance.now() - started
    return {
      ...(await settleResults(ctx, sending, { result, ms, tls: session.tls, use })),
      fault: result.fault,
      reusable: result.reusable,
      untouched: result.fault === null && result.recipients.every(({ outcome }) => outcome === 'not-tried'),
    }
  } catch (error) {
    if (error instanceof Fenced) return { deliveries: [], fault: null, reusable: false, untouched: false }
    throw error
  }
}

async function dot(ctx: Ctx, { order, token }: Sending, accepted: readonly string[]): Promise<void> {
  const ids = order.deliveries.filter(({ recipient }) => accepted.includes(recipient)).map(({ id }) => id)
  if (!(await markDotted(ctx.db, { token, deliveries: ids, at: ctx.now() }))) throw new Fenced(order.id)
  ctx.fault('before-dot')
}

interface Left {
  readonly state: 'cancelled' | 'held'
  readonly held: HeldReason | null
  readonly detail: string
}

/** Does not send: writes why, for every delivery of the claim. */
async function leave(ctx: Ctx, sending: Sending, left: Left): Promise<Prepared> {
  const { order, token, profile } = sending
  const at = ctx.now()
  const settlements = order.deliveries.map((delivery): Settlement => ({
    delivery,
    next: { state: left.state, dueAt: null },
    heldReason: left.held,
    result: null,
  }))
  const events = order.deliveries.map((delivery) =>
    eventOf(sending, {
      at,
      delivery,
      event: left.state,
      level: left.state === 'held' ? 'error' : 'info',
      detail: left.detail,
    }),
  )
  await settleDurably(ctx, {
    token,
    profile: profile.name,
    at,
    ms: 0,
    tls: '',
    use: null,
    settlements,
    events,
  })
  const deliveries = order.deliveries.map((delivery) =>
    viewOf(order, delivery, {
      next: { state: left.state, dueAt: null },
      reply: left.detail,
      code: 0,
      enhanced: '',
      tried: 0,
    }),
  )
  return { ready: false, deliveries }
}

async function settleResults(
  ctx: Ctx,
  sending: Sending,
  {
    result,
    ms,
    tls,
    use,
  }: {
    readonly result: DeliverResult
    readonly ms: number
    readonly tls: string
    readonly use: string | null
  },
): Promise<{ readonly deliveries: readonly SentDelivery[] }> {
  const { order, token, profile } = sending
  const at = ctx.now()
  const lines = order.deliveries.flatMap((delivery, i) => {
    const answer = result.recipients[i]
    return answer === undefined
      ? []
      : [
          {
            delivery,
            answer,
            next: nextState(ctx, { delivery, outcome: answer.outcome, at }),
          },
        ]
  })
  await settleDurably(ctx, {
    token,
    profile: profile.name,
    at,
    ms,
    tls,
    use,
    settlements: lines.map(({ delivery, answer, next }) => ({
      delivery,
      next,
      heldReason: null,
      result: answer.outcome === 'not-tried' ? null : answer,
    })),
    events: lines.flatMap((line) => outcomeEvents(sending, { ...line, at })),
  })
  const tried = lines.filter(({ answer }) => answer.outcome !== 'not-tried')
  return {
    deliveries: tried.map(({ delivery, answer, next }) =>
      viewOf(order, delivery, { next, ...answer, tried: 1 }),
    ),
  }
}

function nextState(
  ctx: Ctx,
  {
    delivery,
    outcome,
    at,
  }: { readonly delivery: ClaimedDelivery; readonly outcome: AttemptOutcome; readonly at: Date },
): NextState {
  return afterAttempt(outcome, {
    attempts: delivery.attempts + 1,
    firstTriedAt: delivery.firstTriedAt ?? at.toISOString(),
    now: at,
    random: ctx.random(),
  })
}

const EVENTS: Readonly<
  Partial<Record<NextState['state'], { readonly event: EventKind; readonly level: EventLevel }>>
> = {
  sent: { event: 'sent', level: 'info' },
  deferred: { event: 'deferred', level: 'warning' },
  failed: { event: 'failed', level: 'error' },
  dead: { event: 'dead', level: 'error' },
  unknown: { event: 'unknown', level: 'error' },
  pending: { event: 'put-back', level: 'info' },
}

/** Errors are always logged; successes when the packaging type asks for it. */
function outcomeEvents(
  sending: Sending,
  line: {
    readonly delivery: ClaimedDelivery
    readonly answer: RecipientResult
    readonly next: NextState
    readonly at: Date
  },
): NewEvent[] {
  const kind = EVENTS[line.next.state]
  const isQuiet = line.next.state === 'sent' && sending.type?.logSuccess === false
  if (kind === undefined || isQuiet) return []
  return [eventOf(sending, { ...kind, at: line.at, delivery: line.delivery, detail: line.answer.reply })]
}

interface EventFacts {
  readonly at: Date
  readonly delivery: ClaimedDelivery
  readonly event: EventKind
  readonly level: EventLevel
  readonly detail: string
}

function eventOf({ order }: Sending, { at, delivery, event, level, detail }: EventFacts): NewEvent {
  return {
    at: at.toISOString(),
    level,
    event,
    order: order.id,
    customer: order.customer,
    uuid: order.uuids[0] ?? null,
    recipient: delivery.recipient,
    detail,
  }
}

function viewOf(
  order: ClaimedOrder,
  delivery: ClaimedDelivery,
  outcome: Pick<RecipientResult, 'code' | 'enhanced' | 'reply'> & {
    readonly next: NextState
    readonly tried: 0 | 1
  },
): SentDelivery {
  return {
    order: order.id,
    customer: order.customer,
    recipient: delivery.recipient,
    state: outcome.next.state,
    code: outcome.code,
    enhanced: outcome.enhanced,
    reply: outcome.reply,
    attempts: delivery.attempts + outcome.tried,
    nextAt: outcome.next.dueAt,
  }
}
