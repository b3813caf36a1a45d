import type { AttemptOutcome } from '../model/delivery.ts'
import { fieldsOf, listOf, textOf } from '../model/json-object.ts'
import type { CheckCause } from '../model/profile.ts'
import { oneLine } from '../model/reply.ts'
import { sharedScope, whatsappRule, type WhatsAppScope } from '../model/whatsapp-rules.ts'
import type { ChannelFault } from './channel.ts'
import type { GraphReply } from './whatsapp-graph.ts'

/** What one answer means, before it is one recipient's. */
export interface Judgement {
  readonly outcome: Exclude<AttemptOutcome, 'not-tried'>
  /** Meta's error code, 200 for a yes, 0 for silence. */
  readonly code: number
  readonly reply: string
  /** Meta's name of the message or of the file. */
  readonly id: string
  readonly scope: WhatsAppScope | null
  readonly fault: ChannelFault | null
}

/**
 * What an answer means.
 * @param idOf finds the id that a yes carries; a yes without it says nothing
 */
export function judgeReply(reply: GraphReply, idOf: (body: Fields) => string): Judgement {
  if (reply.outcome === 'silence') return silence(reply)
  const { status, body, words } = reply
  const error = body['error']
  if (error !== undefined) return refusal(status, fieldsOf(error))
  const id = idOf(body)
  if (status >= 200 && status < 300) {
    if (id === '') return undecided(`not an answer of the Graph API: ${words}`)
    return { outcome: 'accepted', code: 200, reply: words, id, scope: null, fault: null }
  }
  return strange(status, words)
}

type Fields = Readonly<Record<string, unknown>>

/** The message's id in the answer to /messages. */
export function messageIdIn(body: Fields): string {
  return textOf(fieldsOf(listOf(body['messages'])[0])['id'])
}

/** The file's id in the answer to /media. */
export function mediaIdIn(body: Fields): string {
  return textOf(body['id'])
}

function silence({ sent, code, words }: Extract<GraphReply, { readonly outcome: 'silence' }>): Judgement {
  const fault = hostFault(causeOfSilence(code), words)
  const outcome = sent === 'no' ? 'deferred' : 'uncertain'
  return { outcome, code: 0, reply: words, id: '', scope: 'host', fault }
}

function causeOfSilence(code: string): CheckCause {
  if (/^(?:ENOTFOUND|EAI_)/.test(code)) return 'host-not-found'
  if (code === 'ECONNREFUSED') return 'refused'
  if (/CERT|SELF_SIGNED|UNABLE_TO|HOSTNAME/.test(code)) return 'certificate-untrusted'
  return 'no-answer'
}

function refusal(status: number, error: Fields): Judgement {
  const code = numberOf(error['code'])
  const rule = whatsappRule(code, numberOf(error['error_subcode']))
  const reply = wordsOf(code, error)
  // A server that failed itself may have sent the message all the same, whatever code it puts on that.
  const outcome = status >= 500 ? 'uncertain' : rule.outcome
  const scope = status >= 500 && rule.name === 'unknown-code' ? 'host' : rule.scope
  const shared = sharedScope(scope)
  const isShared = shared === 'profile' || shared === 'host'
  const fault = isShared
    ? { scope: shared, cause: rule.cause ?? ('whatsapp-unavailable' as const), code, reply }
    : null
  return { outcome, code, reply, id: '', scope, fault }
}

/** `131026 (#131026) Message undeliverable: Message Undeliverable.` */
function wordsOf(code: number, error: Fields): string {
  const details = textOf(fieldsOf(error['error_data'])['details'])
  const message = textOf(error['message'])
  return oneLine([`${code} ${message}`, details === message ? '' : details].filter(Boolean).join(': '))
}

/** An answer that is not Meta's: a proxy's page, a redirection, an empty one. */
function strange(status: number, words: string): Judgement {
  if (status >= 500) return undecided(words)
  const cause: CheckCause =
    status === 404 ? 'whatsapp-version' : status === 429 ? 'whatsapp-limit' : 'whatsapp-unavailable'
  const scope = status === 404 ? 'channel' : 'host'
  const fault: ChannelFault = {
    ...{ scope: status === 404 ? 'profile' : 'host', cause, code: status, reply: words },
  }
  return { outcome: 'deferred', code: status, reply: words, id: '', scope, fault }
}

function undecided(words: string): Judgement {
  const fault = hostFault('whatsapp-unavailable', words)
  return { outcome: 'uncertain', code: 0, reply: words, id: '', scope: 'host', fault }
}

function hostFault(cause: CheckCause, reply: string): ChannelFault {
  return { scope: 'host', cause, code: 0, reply }
}

function numberOf(value: unknown): number {
  return typeof value === 'number' && Number.isInteger(value) ? value : 0
}
