import type { ChannelFault, Session } from '../channels/channel.ts'
import { returnPathOf } from '../model/return-path.ts'
import type { SentDelivery } from '../model/results/outbox.ts'
import { markDotted } from '../store/settle.ts'
import type { Ctx } from './ctx.ts'
import type { LoadedMessage } from './loaded-message.ts'
import { settleResults } from './order-outcome.ts'
import type { Sending } from './sending.ts'

/** A message that may go out, and what it goes out over. */
export interface Departure {
  readonly message: LoadedMessage
  readonly session: Session
  /** Its place in the ledger of the profile's limits. */
  readonly use: string
  /** Ends when the outcome of the session's message before is written. */
  readonly former: Promise<unknown>
  /** Called when the message is on its way and its dot is next. */
  readonly meanwhile: () => void
}

export interface SendOutcome {
  /** What became of each recipient, when it is written; it may be awaited together with what comes next. */
  readonly written: Promise<readonly SentDelivery[]>
  readonly fault: ChannelFault | null
  readonly reusable: boolean
  /** The session was over before it began: nothing was said to the server. */
  readonly untouched: boolean
}

/** The lease was lost while the message was on its way: the dot was not sent, and the row belongs to somebody else. */
class Fenced extends Error {}

/**
 * Sends one order to the recipients of it that are due, and begins to write each one's outcome. The store knows "the dot is about to
 * go out" before it does: whatever kills the process, each delivery is afterwards sent, not sent, or known to be uncertain.
 */
export async function sendOrder(ctx: Ctx, sending: Sending, departure: Departure): Promise<SendOutcome> {
  const { order } = sending
  const { message, session, use, former, meanwhile } = departure
  const started = performance.now()
  const recipients = order.deliveries.map((delivery) => delivery.recipient)
  try {
    const { bouncesTo } = sending.profile
    const from = bouncesTo === '' ? message.from : returnPathOf(bouncesTo, order.id)
    const { chunks, encoded, bytes, transferMs, template } = message
    const envelopeId = order.id
    const result = await session.deliver(
      { from, recipients, envelopeId, chunks, encoded, bytes, transferMs, template },
      (accepted) => dot(ctx, sending, { accepted, former, meanwhile }),
    )
    const ms = performance.now() - started
    const written = settleResults(ctx, sending, { result, ms, tls: session.tls, use })
    return {
      written: written.then(({ deliveries }) => deliveries),
      fault: result.fault,
      reusable: result.reusable,
      untouched: result.fault === null && result.recipients.every(({ outcome }) => outcome === 'not-tried'),
    }
  } catch (error) {
    if (error instanceof Fenced)
      return { written: Promise.resolve([]), fault: null, reusable: false, untouched: false }
    throw error
  }
}

interface Dotting extends Pick<Departure, 'former' | 'meanwhile'> {
  readonly accepted: readonly string[]
}

/**
 * An outcome that could not be written ends the run before anything more is sent; a message that has begun stays without its dot,
 * and unmarked, so that the next run sends it.
 */
async function dot(
  ctx: Ctx,
  { order, token }: Sending,
  { accepted, former, meanwhile }: Dotting,
): Promise<void> {
  meanwhile()
  await former
  const ids = order.deliveries.filter(({ recipient }) => accepted.includes(recipient)).map(({ id }) => id)
  if (!(await markDotted(ctx.db, { token, deliveries: ids, at: ctx.now() }))) throw new Fenced(order.id)
  ctx.fault('before-dot')
}
