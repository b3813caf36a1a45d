import type { Fault } from '../model/fault.ts'
import type { Deadlines } from './channel.ts'
import { rawMessage } from './raw-message.ts'
import { deadline, nextDeadline } from './smtp-deadline.ts'
import { WireError } from './smtp-errors.ts'
import { type Peer, responseOf } from './smtp-login.ts'
import { isPositive, parseReply, type Reply } from '../model/reply.ts'
import { notificationRequest } from './smtp-dsn.ts'
import type { Exchange } from './smtp-transcript.ts'

/** One message for one server, with addresses as they go on the wire. */
export interface Transaction {
  readonly from: string
  readonly recipients: readonly string[]
  readonly chunks: readonly Buffer[]
  readonly bytes: number
  readonly transferMs: number
  /** Given the indexes of the recipients accepted at RCPT TO. */
  readonly beforeDot: (accepted: readonly number[]) => Promise<void>
  readonly fault: Fault
  readonly envelopeId?: string
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

type Ending = { readonly error: Error | null; readonly response: string } | { readonly thrown: unknown }

interface Conversation {
  readonly order: Transaction
  readonly deadlines: Deadlines
  readonly progress: Progress
}

interface Progress {
  /** The call of `beforeDot`; another ending may come while it is under way. */
  marking: Promise<void> | null
  marked: boolean
  dotted: boolean
  startedAt: number
}

/**
 * MAIL, RCPT, DATA, the message, the dot and its reply, each within its own wall-clock deadline. When a deadline passes or
 * `beforeDot` rejects, the connection is dropped; then nothing more leaves.
 * @throws what `beforeDot` threw
 */
export async function transact(
  peer: Peer,
  order: Transaction,
  deadlines: Deadlines,
): Promise<TransactionFacts> {
  const progress: Progress = { marking: null, marked: false, dotted: false, startedAt: 0 }
  peer.transcript.clear()
  const ending = await converse(peer, { order, deadlines, progress })
  if ('thrown' in ending) throw ending.thrown
  await progress.marking
  const { error, response } = ending
  const { final, trouble } = verdictOf(error, response)
  // A verdict before the dot leaves the rest of the message unsent: the two sides no longer agree on what comes next.
  const isLost = final !== null ? !progress.dotted : trouble instanceof WireError
  if (isLost) peer.connection.close()
  const said = factsOf(peer.transcript.exchanges(), order.recipients.length)
  const message = progress.startedAt === 0 ? 0 : Math.round(performance.now() - progress.startedAt)
  return {
    ...said,
    ...{ final, marked: progress.marked, dotted: progress.dotted },
    trouble,
    ms: { ...said.ms, message },
  }
}

function converse(peer: Peer, { order, deadlines, progress }: Conversation): Promise<Ending> {
  const { connection, transcript, socket, leash } = peer
  return new Promise((resolve) => {
    const late = (words: string) => finish({ error: new WireError('timeout', words), response: '' })
    const limit = deadline(() => late('no reply in time'))
    const stopped = () => late('no reply before the program had to end')
    const message = rawMessage({
      ...{ chunks: order.chunks, socket },
      onStart() {
        const go = exchangeOf(transcript.exchanges(), 'DATA')?.reply ?? null
        if (!asksForMessage(go)) {
          finish({ error: notAskedFor(go), response: '' })
          return
        }
        leash.carry('message')
        progress.startedAt = performance.now()
        limit.set(order.transferMs)
        order.fault('after-354')
      },
      async beforeDot() {
        limit.clear()
        progress.marking = order.beforeDot(acceptedIndexes(transcript.exchanges())).then(() => {
          progress.marked = true
        })
        await progress.marking
        limit.set(deadlines.dot)
      },
      onDot() {
        progress.dotted = true
      },
      onSent: () => order.fault('after-dot'),
      onFailure: (thrown) => finish({ thrown }),
    })
    const finish = (ending: Ending) => {
      message.stop()
      limit.close()
      leash.carry('talk')
      leash.over.removeEventListener('abort', stopped)
      connection.off('error', failed).off('end', ended)
      if ('thrown' in ending || ending.error instanceof WireError) connection.close()
      resolve(ending)
    }
    const failed = (error: Error) => finish({ error, response: '' })
    const ended = () =>
      finish({ error: new WireError('closed', 'connection closed by the server'), response: '' })
    transcript.watch(() => limit.set(nextDeadline(transcript.exchanges(), deadlines)))
    connection.once('error', failed).once('end', ended)
    leash.over.addEventListener('abort', stopped)
    const addresses = { from: order.from, to: [...order.recipients], size: order.bytes }
    const envelope = { ...addresses, ...notificationRequest(order, peer.extensions) }
    connection.send(envelope, message.stream, (error, info) =>
      finish({ error, response: error === null ? info.response : responseOf(error) }),
    )
  })
}

function acceptedIndexes(exchanges: readonly Exchange[]): number[] {
  const replies = exchanges.filter(({ verb }) => verb === 'RCPT').map(({ reply }) => reply)
  return replies.flatMap((reply, index) => (isPositive(reply) ? [index] : []))
}

function exchangeOf(exchanges: readonly Exchange[], verb: string): Exchange | undefined {
  return exchanges.find((exchange) => exchange.verb === verb)
}

/**
 * Only 3yz asks for the message (RFC 5321 § 4.2.1). The library takes a 2yz for it too; but who says so is a reply behind, and
 * would say yes to lines of the message that it took for commands.
 */
function asksForMessage(reply: Reply | null): boolean {
  return reply !== null && reply.code >= 300 && reply.code < 400
}

function notAskedFor(reply: Reply | null): WireError {
  return new WireError('nonsense', `no 354 to DATA: ${reply?.text.slice(0, 80) ?? ''}`)
}

function factsOf(exchanges: readonly Exchange[], recipients: number) {
  const mail = exchangeOf(exchanges, 'MAIL')
  const rcpt = exchanges.filter(({ verb }) => verb === 'RCPT')
  return {
    mail: mail?.reply ?? null,
    recipients: Array.from({ length: recipients }, (_, index) => rcpt[index]?.reply ?? null),
    data: exchangeOf(exchanges, 'DATA')?.reply ?? null,
    ms: { mail: mail?.ms ?? 0, rcpt: Math.max(0, ...rcpt.map(({ ms }) => ms)) },
  }
}

/** The server's word on the message, or what stands in its place. */
function verdictOf(error: Error | null, response: string): Pick<TransactionFacts, 'final' | 'trouble'> {
  if (error !== null && !isVerdict(error, 'EMESSAGE')) {
    return { final: null, trouble: isVerdict(error, 'EENVELOPE') ? null : error }
  }
  const answer = parseReply(response)
  return saysYesOrNo(answer) ? { final: answer, trouble: null } : { final: null, trouble: notAReply(answer) }
}

/**
 * Only 2yz, 4yz and 5yz say what became of a message (RFC 5321 § 4.2.1). Anything else after the dot, a number without a
 * meaning or words without a number, leaves it open: to take it for a refusal would send the message twice.
 */
function saysYesOrNo({ code }: Reply): boolean {
  return (code >= 200 && code < 300) || (code >= 400 && code < 600)
}

function notAReply({ text }: Reply): WireError {
  return new WireError('nonsense', `not an SMTP reply: ${text.slice(0, 80)}`)
}

/** Whether a library error is the server's complete reply, and not the end of the connection. */
function isVerdict(error: Error, code: 'EMESSAGE' | 'EENVELOPE'): boolean {
  return (error as Error & { code?: unknown }).code === code && responseOf(error) !== ''
}
