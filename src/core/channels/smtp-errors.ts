import type { CheckCause } from '../model/profile.ts'
import type { ChannelFault } from './channel.ts'
import { causeOfReply } from './smtp-causes.ts'
import { oneLine, type Reply } from '../model/reply.ts'
import { classifyReply, type ReplyPhase } from '../model/reply-rules.ts'

/** Ends the opening of a session; caught inside this folder and handed out as a value. */
export class SmtpFault extends Error {
  readonly fault: ChannelFault

  constructor(fault: ChannelFault) {
    super(fault.reply)
    this.name = 'SmtpFault'
    this.fault = fault
  }
}

/** The connection's trouble, not an answer: it ended, or time ran out. */
export class WireError extends Error {
  readonly kind: 'timeout' | 'closed' | 'nonsense'

  constructor(kind: 'timeout' | 'closed' | 'nonsense', message: string) {
    super(message)
    this.name = 'WireError'
    this.kind = kind
  }
}

/** A fault of the profile itself: everything else it sends would meet it, until a person changes something. */
export function profileFault(cause: CheckCause, words: string): SmtpFault {
  return new SmtpFault({ scope: 'profile', cause, code: 0, reply: oneLine(words) })
}

/** A fault of the host or the network: time may cure it. */
export function hostFault(cause: CheckCause, words: string): SmtpFault {
  return new SmtpFault({ scope: 'host', cause, code: 0, reply: oneLine(words) })
}

/**
 * The fault that a refusal outside a message's own matters means.
 * @param host name of the server, since Gmail and Microsoft 365 say the same words for their own reasons
 */
export function refusalFault(phase: ReplyPhase, reply: Reply, host: string): SmtpFault {
  const { scope } = classifyReply({ phase, ...reply })
  const shared = scope === 'profile' || scope === 'quota' ? scope : 'host'
  const cause = causeOfReply({ phase, reply, host, scope })
  return new SmtpFault({ scope: shared, cause, code: reply.code, reply: reply.text })
}

/** Any error of a step as a fault: what is not one yet, is the network's. */
export function asFault(error: unknown): ChannelFault {
  if (error instanceof SmtpFault) return error.fault
  return hostFault(
    error instanceof WireError && error.kind === 'nonsense' ? 'server-error' : 'no-answer',
    wordsOf(error),
  ).fault
}

/** A network error's words, with its code in front where the words leave it out. */
export function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const code = codeOf(error)
  const message = error.message === '' && error instanceof AggregateError ? innerWords(error) : error.message
  return oneLine(code === '' || message.includes(code) ? message : `${code}: ${message}`)
}

/** `ECONNREFUSED` and the like; ''  when the error has none. */
export function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return ''
  const { originalCode, code } = error as Error & { originalCode?: unknown; code?: unknown }
  return [originalCode, code].find((value) => typeof value === 'string') ?? ''
}

function innerWords(error: AggregateError): string {
  return error.errors.map((inner) => (inner instanceof Error ? inner.message : String(inner))).join('; ')
}
