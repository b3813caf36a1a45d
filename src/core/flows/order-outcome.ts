import type { DeliverResult } from '../channels/channel.ts'
import { afterAttempt, type AttemptOutcome, type NextState, type RecipientResult } from '../model/delivery.ts'
import type { EventKind, EventLevel, NewEvent } from '../model/event.ts'
import type { SentDelivery } from '../model/results/outbox.ts'
import type { ClaimedDelivery, ClaimedOrder } from '../store/claimed-orders.ts'
import type { Ctx } from './ctx.ts'
import type { Sending } from './sending.ts'
import { settleDurably } from './settle-durably.ts'

/** What the server answered to an order, and how long and how safely it was asked. */
export interface Answered {
  readonly result: DeliverResult
  readonly ms: number
  readonly tls: string
  /** Its place in the ledger of the profile's limits; null when nothing was asked. */
  readonly use: string | null
}

/** Writes what became of each recipient, in one commit with its events; returns those that were tried. */
export async function settleResults(
  ctx: Ctx,
  sending: Sending,
  { result, ms, tls, use }: Answered,
): Promise<{ readonly deliveries: readonly SentDelivery[] }> {
  const { order, token, profile } = sending
  const now = ctx.now()
  const at = now.toISOString()
  const lines = order.deliveries.flatMap((delivery, i) => {
    const answer = result.recipients[i]
    return answer === undefined
      ? []
      : [
          {
            delivery,
            answer,
            next: nextState(ctx, { delivery, outcome: answer.outcome, now, at }),
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
    events: lines.flatMap((line) => outcomeEvents(sending, line, at)),
  })
  const tried = lines.filter(({ answer }) => answer.outcome !== 'not-tried')
  return {
    deliveries: tried.map(({ delivery, answer, next }) =>
      sentDelivery(order, delivery, { next, answer, tried: 1 }),
    ),
  }
}

function nextState(
  ctx: Ctx,
  {
    delivery,
    outcome,
    now,
    at,
  }: {
    readonly delivery: ClaimedDelivery
    readonly outcome: AttemptOutcome
    readonly now: Date
    readonly at: string
  },
): NextState {
  return afterAttempt(outcome, {
    attempts: delivery.attempts + 1,
    firstTriedAt: delivery.firstTriedAt ?? at,
    now,
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
  },
  at: string,
): NewEvent[] {
  const kind = EVENTS[line.next.state]
  const isQuiet = line.next.state === 'sent' && sending.type?.logSuccess === false
  if (kind === undefined || isQuiet) return []
  const { event, level } = kind
  return [deliveryEvent(sending, { at, delivery: line.delivery, event, level, detail: line.answer.reply })]
}

interface EventFacts {
  /** ISO 8601 UTC. */
  readonly at: string
  readonly delivery: ClaimedDelivery
  readonly event: EventKind
  readonly level: EventLevel
  readonly detail: string
}

/** What the log says about one recipient of the order. */
export function deliveryEvent(
  { order }: Sending,
  { at, delivery, event, level, detail }: EventFacts,
): NewEvent {
  return {
    at,
    level,
    event,
    order: order.id,
    customer: order.customer,
    uuid: order.uuids[0] ?? null,
    recipient: delivery.recipient,
    detail,
  }
}

/** What a run reports about one recipient of the order. */
export function sentDelivery(
  order: ClaimedOrder,
  delivery: ClaimedDelivery,
  {
    next,
    answer,
    tried,
  }: {
    readonly next: NextState
    readonly answer: Pick<RecipientResult, 'code' | 'enhanced' | 'reply'>
    readonly tried: 0 | 1
  },
): SentDelivery {
  return {
    order: order.id,
    customer: order.customer,
    recipient: delivery.recipient,
    state: next.state,
    code: answer.code,
    enhanced: answer.enhanced,
    reply: answer.reply,
    attempts: delivery.attempts + tried,
    nextAt: next.dueAt,
  }
}
