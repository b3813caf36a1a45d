import type { Fault } from '../model/fault.ts'
import { isPositive, parseReply, type Reply } from '../model/reply.ts'
import type { Deadlines } from './channel.ts'
import { dotStuffed } from './dot-stuffing.ts'
import { pour, written } from './raw-message.ts'
import { askForLeave, type Envelope, type EnvelopeReplies } from './smtp-envelope.ts'
import { WireError } from './smtp-errors.ts'
import type { Lines } from './smtp-lines.ts'
import type { Talk } from './smtp-talk.ts'

/** One message for one server, with addresses as they go on the wire. */
export interface Transaction extends Envelope {
  readonly chunks: readonly Buffer[]
  readonly encoded?: ReadonlySet<Buffer> | undefined
  readonly transferMs: number
  /** Given the indexes of the recipients accepted at RCPT TO. */
  readonly beforeDot: (accepted: readonly number[]) => Promise<void>
  readonly fault: Fault
}

/** What was said and what happened: facts, not yet judged. */
export interface TransactionFacts {
  readonly mail: Reply | null
  /** One for each recipient. */
  readonly recipients: readonly (Reply | null)[]
  readonly data: Reply | null
  /** The reply to the message itself. */
  readonly final: Reply | null
  /** `beforeDot` resolved: the store expects the dot. */
  readonly marked: boolean
  /** The final dot was handed to the operating system. */
  readonly dotted: boolean
  /** What ended the transaction other than a reply. */
  readonly trouble: Error | null
  readonly ms: { readonly mail: number; readonly rcpt: number; readonly message: number }
}

/** The facts while they come to be. */
interface Progress extends EnvelopeReplies {
  final: Reply | null
  marked: boolean
  dotted: boolean
  trouble: Error | null
  readonly ms: { mail: number; rcpt: number; message: number }
}

const DOT = Buffer.from('.\r\n')

/**
 * MAIL, RCPT, DATA, the message, the dot and its reply, each within its own wall-clock deadline. When a deadline passes or
 * `beforeDot` rejects, the connection is dropped; then nothing more leaves.
 * @throws what `beforeDot` threw
 */
export async function transact(
  talk: Talk,
  order: Transaction,
  deadlines: Deadlines,
): Promise<TransactionFacts> {
  const progress: Progress = {
    mail: null,
    recipients: order.recipients.map(() => null),
    data: null,
    final: null,
    marked: false,
    dotted: false,
    trouble: null,
    ms: { mail: 0, rcpt: 0, message: 0 },
  }
  try {
    const asking = { envelope: order, replies: progress, deadlines }
    if (await askForLeave(talk, asking)) await sendMessage(talk, { order, progress, deadlines })
  } catch (error) {
    talk.drop(error instanceof WireError ? error : new WireError('closed', 'given up'))
    if (!(error instanceof WireError)) throw error
    progress.trouble = error
  } finally {
    talk.limit.clear()
    talk.peer.leash.carry('talk')
  }
  return progress
}

interface Sending {
  readonly order: Transaction
  readonly progress: Progress
  readonly deadlines: Deadlines
}

async function sendMessage(talk: Talk, sending: Sending): Promise<void> {
  const { order, progress } = sending
  talk.peer.leash.carry('message')
  talk.limit.set(order.transferMs)
  const started = performance.now()
  try {
    order.fault('after-354')
    const verdict = listen(talk.lines)
    const poured = pour(talk.peer.socket, dotStuffed(order.chunks, order.encoded), verdict.isThere)
    await Promise.race([poured, verdict.reply])
    if (!verdict.isThere()) await sendDot(talk, sending, verdict)
    progress.final = yesOrNo(parseReply(await verdict.reply))
  } finally {
    progress.ms.message = Math.round(performance.now() - started)
  }
  // A verdict before the dot leaves the rest of the message unsent: the two sides no longer agree on what comes next.
  if (!progress.dotted || progress.final.code === 421) talk.drop(new WireError('closed', progress.final.text))
}

/** The reply to the message, listened to from its first byte on: a server may have enough before the dot, or leave. */
interface Listening {
  readonly reply: Promise<string>
  /** Whether it came, or cannot come any more. */
  readonly isThere: () => boolean
}

function listen(lines: Lines): Listening {
  let isThere = false
  const heard = () => {
    isThere = true
  }
  const reply = lines.next()
  // Whoever waits for it is told as well; while the store is asked nobody does.
  reply.then(heard, heard)
  return { reply, isThere: () => isThere }
}

/** Asks the store, then ends the message, unless the server answered or left meanwhile. */
async function sendDot(
  { peer, limit }: Talk,
  { order, progress, deadlines }: Sending,
  verdict: Listening,
): Promise<void> {
  limit.clear()
  await order.beforeDot(progress.recipients.flatMap((reply, index) => (isPositive(reply) ? [index] : [])))
  progress.marked = true
  if (verdict.isThere()) return
  limit.set(deadlines.dot)
  progress.dotted = true
  await Promise.race([written(peer.socket, [DOT]), verdict.reply])
  order.fault('after-dot')
}

/**
 * Only 2yz, 4yz and 5yz say what became of a message (RFC 5321 § 4.2.1). Anything else after the dot, a number without a
 * meaning or words without a number, leaves it open: to take it for a refusal would send the message twice.
 */
function yesOrNo(reply: Reply): Reply {
  const { code, text } = reply
  if ((code >= 200 && code < 300) || (code >= 400 && code < 600)) return reply
  throw new WireError('nonsense', `not an SMTP reply: ${text.slice(0, 80)}`)
}
