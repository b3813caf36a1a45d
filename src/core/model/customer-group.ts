import { foldName } from './customer.ts'
import { CfdiMailError } from './errors.ts'
import type { MailTemplate } from './template.ts'

/** What happens in a billing portal that somebody is told of. */
export const GROUP_EVENTS = [
  'access-request',
  'validation-confirmed',
  'new-contact',
  'former-contact',
  'forgotten-user',
  'password-reset',
] as const
export type GroupEvent = (typeof GROUP_EVENTS)[number]

/** What people type in Spanish, without case and accents. */
const WORDS: Readonly<Record<GroupEvent, readonly string[]>> = {
  'access-request': ['solicitud-acceso', 'solicitud-de-acceso'],
  'validation-confirmed': ['validacion-confirmada', 'confirmacion-validacion'],
  'new-contact': ['contacto-nuevo', 'nuevo-contacto'],
  'former-contact': ['contacto-anterior', 'antiguo-contacto'],
  'forgotten-user': ['usuario-olvidado'],
  'password-reset': ['restablecer-clave', 'restablecer-contrasena'],
}

/** @throws BAD_CHOICE */
export function parseGroupEvent(text: string): GroupEvent {
  const word = foldName(text)
  const event = GROUP_EVENTS.find((each) => each === word || WORDS[each].includes(word))
  if (event !== undefined) return event
  throw new CfdiMailError('BAD_CHOICE', { flag: 'event', value: text, choices: GROUP_EVENTS.join(', ') })
}

/** Notices that a group may switch off; the others answer somebody who asked. */
const SWITCHABLE: readonly GroupEvent[] = ['access-request', 'new-contact', 'former-contact']

export function isSwitchable(event: GroupEvent): boolean {
  return SWITCHABLE.includes(event)
}

/** One notice of a group as it would be sent. */
export interface GroupNotice extends Pick<MailTemplate, 'subject' | 'body'> {
  readonly event: GroupEvent
  readonly enabled: boolean
  /** Whether a person wrote one of its texts. */
  readonly own: boolean
}

/** Customers who share a way of being written to by the portal. */
export interface CustomerGroup {
  readonly code: string
  readonly name: string
  /** Address inside the firm where requests for access go; '' for none. */
  readonly requestsTo: string
  /** From address of its notices; '' takes the profile's. */
  readonly noticesFrom: string
}

/** Upper case, without what stands around it. */
export function normalGroup(text: string): string {
  return text.trim().toUpperCase()
}

/** @throws BAD_GROUP */
export function checkedGroup(text: string): string {
  const code = normalGroup(text)
  if (/^[A-Z0-9Ñ_-]{1,20}$/.test(code)) return code
  throw new CfdiMailError('BAD_GROUP', { value: text })
}
