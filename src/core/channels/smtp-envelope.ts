import { isPositive, parseReply, type Reply } from '../model/reply.ts'
import type { Deadlines } from './channel.ts'
import { notificationRequest } from './smtp-dsn.ts'
import { WireError } from './smtp-errors.ts'
import type { Extensions } from './smtp-reply.ts'
import type { Talk } from './smtp-talk.ts'

/** One message's sender and recipients, as they go on the wire. */
export interface Envelope {
  readonly from: string
  readonly recipients: readonly string[]
  readonly bytes: number
  readonly envelopeId?: string | undefined
}

/** What was answered to it so far; null where nothing was. */
export interface EnvelopeReplies {
  mail: Reply | null
  /** One for each recipient. */
  readonly recipients: (Reply | null)[]
  data: Reply | null
  /** Milliseconds until the reply to MAIL FROM, and the longest until one to RCPT TO. */
  readonly ms: { mail: number; rcpt: number }
}

export interface Asking {
  readonly envelope: Envelope
  readonly replies: EnvelopeReplies
  readonly deadlines: Deadlines
}

/**
 * MAIL, RCPT and DATA, all at once where the server offers PIPELINING (RFC 2920), else one after another; each reply is that of
 * its own command either way.
 * @returns whether the server waits for the message
 * @throws WireError when the connection ended, or the server says what no server says there
 */
export async function askForLeave(talk: Talk, asking: Asking): Promise<boolean> {
  const { mail, recipients } = commandsOf(asking.envelope, talk.peer.extensions)
  const { pipelining } = talk.peer.extensions
  const { replies, deadlines } = asking
  const say = (...commands: readonly string[]) =>
    talk.peer.socket.write(commands.map((command) => `${command}\r\n`).join(''))
  const started = performance.now()
  const took = () => Math.round(performance.now() - started)

  say(mail, ...(pipelining ? [...recipients, 'DATA'] : []))
  await hear(talk, deadlines.command, (reply) => (replies.mail = reply))
  replies.ms.mail = took()
  if (!pipelining && !isPositive(replies.mail)) return false
  for (const [index, command] of recipients.entries()) {
    if (!pipelining) say(command)
    await hear(talk, deadlines.command, (reply) => (replies.recipients[index] = reply))
  }
  replies.ms.rcpt = took() - replies.ms.mail
  if (!pipelining && !replies.recipients.some(isPositive)) return false
  if (!pipelining) say('DATA')
  await hear(talk, deadlines.dataInit, (reply) => (replies.data = reply))
  return await isGo(talk, asking)
}

/** A reply within its time. 421 says that the connection ends, whatever it answers (RFC 5321 § 4.2.1). */
async function hear({ lines, limit }: Talk, ms: number, note: (reply: Reply) => unknown): Promise<void> {
  limit.set(ms)
  const reply = parseReply(await lines.next())
  note(reply)
  if (reply.code === 421) throw new WireError('closed', reply.text)
}

/** What the reply to DATA means after those before it. */
async function isGo(talk: Talk, asking: Asking): Promise<boolean> {
  const { mail, recipients, data } = asking.replies
  if (!isPositive(mail)) {
    // It refused the sender and wants the message all the same: not to be trusted with an empty one either.
    if (asksForMessage(data)) talk.drop(new WireError('nonsense', '354 without a sender'))
    return false
  }
  if (!recipients.some(isPositive)) {
    if (asksForMessage(data)) await endEmpty(talk, asking)
    return false
  }
  if (data !== null && data.code >= 400) return false
  if (!asksForMessage(data))
    throw new WireError('nonsense', `no 354 to DATA: ${data?.text.slice(0, 80) ?? ''}`)
  return true
}

/**
 * Only 3yz asks for the message (RFC 5321 § 4.2.1); who says 2yz is a reply behind, and would say yes to lines of the message
 * that it took for commands.
 */
function asksForMessage(reply: Reply | null): boolean {
  return reply !== null && reply.code >= 300 && reply.code < 400
}

/** RFC 2920 § 3.1: a server that answers 354 without any recipient gets the dot alone, a message for nobody. */
async function endEmpty(talk: Talk, asking: Asking): Promise<void> {
  talk.peer.socket.write('.\r\n')
  await hear(talk, asking.deadlines.dot, () => undefined)
}

const BEYOND_ASCII = /[\u0080-\uffff]/

function commandsOf(envelope: Envelope, extensions: Extensions) {
  const { from, recipients, bytes } = envelope
  const beyondAscii = BEYOND_ASCII.test(from) || recipients.some((address) => BEYOND_ASCII.test(address))
  const notify = notificationRequest(envelope, extensions)
  const utf8 = beyondAscii && extensions.smtpUtf8 ? ' SMTPUTF8' : ''
  const size = extensions.size > 0 && bytes > 0 ? ` SIZE=${bytes}` : ''
  return {
    mail: `MAIL FROM:<${from}>${utf8}${size}${notify.mail}`,
    recipients: recipients.map((address) => `RCPT TO:<${address}>${notify.rcpt}`),
  }
}
