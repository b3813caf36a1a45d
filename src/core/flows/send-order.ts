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
import { markDotted, settle, type Settlement } from '../store/settle.ts'
import type { Ctx } from './ctx.ts'
import { loadMessage } from './load-message.ts'

/** One claimed order and what it is sent over. */
export interface Sending {
  readonly order: ClaimedOrder
  readonly session: Session
  readonly token: string
  readonly profile: StoredProfile
  readonly type: PackagingType | undefined
}

export interface SendOutcome {
  readonly deliveries: readonly SentDelivery[]
  readonly fault: ChannelFault | null
  readonly reusable: boolean
}

/** The lease was lost while the message was on its way: the dot was not sent, and the row belongs to somebody else. */
class Fenced extends Error {}

/**
 * Sends one order to the recipients of it that are due, and writes each one's outcome. The store knows "the dot is about to
 * go out" before it does: whatever kills the process, each delivery is afterwards sent, not sent, or known to be uncertain.
 */
export async function sendOrder(ctx: Ctx, sending: Sending): Promise<SendOutcome> {
  const { order, session } = sending
  const [cancelled] = await cancelledAmong(ctx.db, order.uuids)
  if (cancelled !== undefined)
    return await leave(ctx, sending, { state: 'cancelled', held: null, detail: cancelled })
  const message = await loadMessage(ctx, { ...sending, sealing: 'fix' })
  if ('missing' in message)
    return await leave(ctx, sending, { state: 'held', held: 'review', detail: message.missing })
  const started = performance.now()
  const recipients = order.deliveries.map((delivery) => delivery.recipient)
  try {
    const result = await session.deliver({ ...message, recipients }, (accepted) =>
      dot(ctx, sending, accepted),
    )
    const ms = performance.now() - started
    return {
      ...(await settleResults(ctx, sending, { result, ms })),
      fault: result.fault,
      reusable: result.reusable,
    }
  } catch (error) {
    if (error instanceof Fenced) return { deliveries: [], fault: null, reusable: false }
    throw error
  }
}

async function dot(ctx: Ctx, { order, token }: Sending, accepted: readonly string[]): Promise<void> {
  const ids = order.deliveries.filter(({ recipient }) => accepted.includes(recipient)).map(({ id }) => id)
  if (!(await markDotted(ctx.db, { token, deliveries: ids, at: ctx.now() }))) throw new Fenced(order.id)
}

interface Left {
  readonly state: 'cancelled' | 'held'
  readonly held: HeldReason | null
  readonly detail: string
}

/** Does not send: writes why, for every delivery of the claim. */
async function leave(ctx: Ctx, sending: Sending, left: Left): Promise<SendOutcome> {
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
  await settle(ctx.db, { token, profile: profile.name, at, ms: 0, settlements, events })
  const deliveries = order.deliveries.map((delivery) =>
    viewOf(order, delivery, {
      next: { state: left.state, dueAt: null },
      reply: left.detail,
      code: 0,
      tried: 0,
    }),
  )
  return { deliveries, fault: null, reusable: true }
}

async function settleResults(
  ctx: Ctx,
  sending: Sending,
  { result, ms }: { readonly result: DeliverResult; readonly ms: number },
): Promise<{ readonly deliveries: readonly SentDelivery[] }> {
  const { order, token, profile } = sending
  const at = ctx.now()
  const lines = order.deliveries.flatMap((delivery, i) => {
    const answer = result.recipients[i]
    return answer === undefined
      ? []
      : [{ delivery, answer, next: nextState(ctx, { delivery, outcome: answer.outcome, at }) }]
  })
  await settle(ctx.db, {
    token,
    profile: profile.name,
    at,
    ms,
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
  outcome: { readonly next: NextState; readonly code: number; readonly reply: string; readonly tried: 0 | 1 },
): SentDelivery {
  return {
    order: order.id,
    customer: order.customer,
    recipient: delivery.recipient,
    state: outcome.next.state,
    code: outcome.code,
    reply: outcome.reply,
    attempts: delivery.attempts + outcome.tried,
    nextAt: outcome.next.dueAt,
  }
}
