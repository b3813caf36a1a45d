import { BOUNCE_ACTIONS, type BounceAction, type ReportedRecipient } from '../model/bounce.ts'
import { oneLine } from '../model/reply.ts'
import { type Fields, readFieldGroups } from './header-fields.ts'

/** A `message/delivery-status` part, read. */
export interface DeliveryStatus {
  /** Original-Envelope-Id without its xtext armour, or ''. */
  readonly envelopeId: string
  readonly recipients: readonly ReportedRecipient[]
}

/** More recipients than these are no report on a message of ours. */
const MOST_RECIPIENTS = 1000

/** Reads a delivery status: one group of fields for the message, then one for each recipient (RFC 3464 § 2.1). */
export function readDeliveryStatus(text: string): DeliveryStatus {
  const [message, ...recipients] = readFieldGroups(text)
  return {
    envelopeId: decodeXtext(message?.get('original-envelope-id') ?? ''),
    recipients: recipients.slice(0, MOST_RECIPIENTS).flatMap(toRecipient),
  }
}

/** An unknown action is left out: no conclusion is better than a guessed one. */
function toRecipient(fields: Fields): ReportedRecipient[] {
  const action = actionOf(fields.get('action') ?? '')
  if (action === null) return []
  const written = ['original-recipient', 'final-recipient']
    .map((name) => addressOf(fields.get(name) ?? ''))
    .filter((address) => address !== '')
  // Whether the armour of ORCPT is taken off depends on the server, and a plus sign is good in an address.
  const addresses = [...written, ...written.map(decodeXtext)]
  const [status = ''] = /\b[245]\.\d{1,3}\.\d{1,3}\b/.exec(fields.get('status') ?? '') ?? []
  const diagnostic = oneLine((fields.get('diagnostic-code') ?? '').replace(/^[^;]*;/, ''))
  return [{ addresses: [...new Set(addresses)], action, status, diagnostic }]
}

/** Some servers add a comment: `failed (bounced)`. */
function actionOf(text: string): BounceAction | null {
  const word = /^[a-z]+/.exec(text.toLowerCase())?.[0] ?? ''
  return BOUNCE_ACTIONS.find((action) => action === word) ?? null
}

/** `rfc822;user@host`, or `utf-8;…`; some servers leave the type out, some write `<…>`. */
function addressOf(text: string): string {
  const bare = text.replace(/^[a-z0-9-]+[ \t]*;/i, '').trim()
  return bare.replace(/^<(.*)>$/, '$1').toLowerCase()
}

/** Undoes xtext (RFC 3461 § 4): `+2B` is `+`. Text that is none stays. */
function decodeXtext(text: string): string {
  return text.replace(/\+([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}
