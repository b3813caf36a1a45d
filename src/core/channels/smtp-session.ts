import type { RecipientResult } from '../model/delivery.ts'
import type { Fault } from '../model/fault.ts'
import type { ChannelFault, Deadlines, DeliverResult, DotMark, OutgoingMessage, Session } from './channel.ts'
import { wireAddress } from './smtp-address.ts'
import { profileFault, WireError } from './smtp-errors.ts'
import type { Peer } from './smtp-login.ts'
import { isPositive, parseReply } from '../model/reply.ts'
import { judge, type Verdict } from './smtp-outcome.ts'
import { type Talk, talkWith } from './smtp-talk.ts'
import { tlsFacts } from './smtp-tls.ts'
import { transact, type Transaction, type TransactionFacts } from './smtp-transaction.ts'

/** Milliseconds for the goodbye: nobody waits for what it says. */
const QUIT_MS = 3_000

/** A session over an authenticated peer. */
export function smtpSession(peer: Peer, deadlines: Deadlines, faults: Fault): Session {
  const talk = talkWith(peer)
  let delivered = 0
  const isOpen = () => !talk.lines.isOver()
  return {
    tls: tlsFacts(peer.socket),
    async deliver(message, beforeDot) {
      const local = prepare(message, peer)
      if ('result' in local) return { ...local.result, reusable: isOpen() }
      // What a server says without being asked is that it ends the session (421).
      if (talk.lines.hasMore()) talk.drop(new WireError('closed', 'the server ended the session'))
      if (!isOpen()) return lost(message, delivered)
      const facts = await transact(talk, orderOf(message, { local, beforeDot, faults }), deadlines)
      if (delivered > 0 && isGoodbye(facts)) {
        talk.drop(new WireError('closed', 'the server ended the session'))
        return lost(message, delivered)
      }
      if (isOpen() && facts.final === null) await reset(talk, deadlines)
      const { recipients, fault } = resultOf(message, local, { facts, peer: { host: peer.host, delivered } })
      delivered++
      // What was cut short because the program has to end says nothing against the server.
      return { recipients, fault: peer.leash.over.aborted ? null : fault, reusable: isOpen() }
    },
    async close() {
      const ms = Math.min(QUIT_MS, deadlines.command)
      if (isOpen()) await talk.lines.ask('QUIT', ms).catch(() => undefined)
      talk.drop(new WireError('closed', 'closed'))
      peer.leash.release()
    },
  }
}

interface Prepared {
  readonly from: string
  /** Address on the wire for each recipient that can be asked for, by its index in the message. */
  readonly wire: readonly { readonly index: number; readonly address: string }[]
  /** Refusals that need no server, by index. */
  readonly refusals: ReadonlyMap<number, Verdict>
}

/**
 * Whether the server ended the session at the beginning of a message, by 421 or by closing: many allow only so many messages
 * a session, and say so only at the next one.
 */
function isGoodbye({ mail, marked, trouble }: TransactionFacts): boolean {
  if (marked) return false
  return mail === null ? trouble instanceof WireError && trouble.kind === 'closed' : mail.code === 421
}

type Answered = { readonly result: Omit<DeliverResult, 'reusable'> }

/** Addresses as they go on the wire, and what can be refused without asking: the server would take it for another address. */
function prepare(message: OutgoingMessage, { extensions }: Peer): Prepared | Answered {
  const { smtpUtf8, size } = extensions
  const from = message.from === '' ? { address: '' } : wireAddress(message.from, smtpUtf8)
  if ('words' in from)
    return untried(message, profileFault('sender-not-allowed', `sender: ${from.words}`).fault)
  if (size > 0 && message.bytes > size) {
    return everyone(message, locally('5.3.4', `${message.bytes} bytes; the server takes ${size}`))
  }
  const wire: { index: number; address: string }[] = []
  const refusals = new Map<number, Verdict>()
  for (const [index, recipient] of message.recipients.entries()) {
    const read = wireAddress(recipient, smtpUtf8)
    if ('words' in read) refusals.set(index, locally(read.enhanced, read.words))
    else wire.push({ index, address: read.address })
  }
  if (wire.length > 0) return { from: from.address, wire, refusals }
  return { result: { recipients: assemble(message, (index) => refusals.get(index)), fault: null } }
}

function locally(enhanced: string, reply: string): Verdict {
  return { outcome: 'rejected', code: 0, enhanced, reply, serverId: '' }
}

interface Ordering {
  readonly local: Prepared
  readonly beforeDot: DotMark
  readonly faults: Fault
}

function orderOf(message: OutgoingMessage, { local, beforeDot, faults }: Ordering): Transaction {
  const original = (index: number) => message.recipients[local.wire[index]?.index ?? -1] ?? ''
  return {
    from: local.from,
    recipients: local.wire.map(({ address }) => address),
    chunks: message.chunks,
    encoded: message.encoded,
    bytes: message.bytes,
    transferMs: message.transferMs,
    envelopeId: message.envelopeId,
    fault: faults,
    beforeDot: (accepted: readonly number[]) => beforeDot(accepted.map(original)),
  }
}

function resultOf(
  message: OutgoingMessage,
  local: Prepared,
  { facts, peer }: { facts: TransactionFacts; peer: { host: string; delivered: number } },
): Omit<DeliverResult, 'reusable'> {
  const { verdicts, fault } = judge(facts, peer)
  const asked = new Map(local.wire.map(({ index }, order) => [index, verdicts[order]] as const))
  return { recipients: assemble(message, (index) => asked.get(index) ?? local.refusals.get(index)), fault }
}

function assemble(
  message: OutgoingMessage,
  verdict: (index: number) => Verdict | undefined,
): RecipientResult[] {
  return message.recipients.map((address, index) => {
    const { outcome, code, enhanced, reply, serverId } = verdict(index) ?? NOT_TRIED
    return { address, outcome, code, enhanced, reply, serverId }
  })
}

const NOT_TRIED: Verdict = { outcome: 'not-tried', code: 0, enhanced: '', reply: '', serverId: '' }

function everyone(message: OutgoingMessage, verdict: Verdict): Answered {
  return { result: { recipients: assemble(message, () => verdict), fault: null } }
}

function untried(message: OutgoingMessage, fault: ChannelFault): Answered {
  const verdict = { ...NOT_TRIED, code: fault.code, reply: fault.reply }
  return { result: { recipients: assemble(message, () => verdict), fault } }
}

/**
 * The server ended the session between two messages: its right, and no fault as long as it took one. A server that ends
 * every session before the first message is out of order.
 */
function lost(message: OutgoingMessage, delivered: number): DeliverResult {
  const words = 'the server ended the session'
  const fault: ChannelFault | null =
    delivered > 0 ? null : { scope: 'host', cause: 'no-answer', code: 0, reply: words }
  return { recipients: assemble(message, () => ({ ...NOT_TRIED, reply: words })), fault, reusable: false }
}

/** Ends a transaction that the server may think open (RFC 5321 § 4.1.1.5). */
async function reset({ lines, drop }: Talk, { command }: Deadlines): Promise<void> {
  const reply = await lines.ask('RSET', command).catch(() => '')
  if (!isPositive(parseReply(reply))) drop(new WireError('closed', 'no yes to RSET'))
}
