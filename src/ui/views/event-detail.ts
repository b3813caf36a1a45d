import { BOUNCE_PROOFS, BOUNCE_VERDICTS } from '../../core/model/bounce.ts'
import { HELD_REASONS } from '../../core/model/delivery.ts'
import type { EventKind, LogEvent } from '../../core/model/event.ts'
import { causeOfHold } from '../../core/model/profile.ts'
import { parsePermissions } from '../../core/model/role.ts'
import {
  adoptedStore,
  changedAccess,
  changedCustomer,
  changedGroup,
  changedProfile,
  queuedPaper,
  writtenReceipt,
} from './event-changes.ts'
import { matching, type Reader, sentence, type T } from './event-reader.ts'
import {
  doubtedDocument,
  doubtedRecipient,
  ignoredPart,
  notFiled,
  refusedOrder,
  rejectedDocument,
  tidiedFiles,
} from './event-reasons.ts'
import { fallbackReason, noticeReason, overProfile } from './own-words.ts'
import { permissionWords, roleWord } from './role-words.ts'

/**
 * What an event's detail says, in the reader's language as far as the program itself wrote it. The log keeps one wording for
 * all readers, and its hashes cover it. What a server or a person said is shown as it is.
 */
export function eventDetail(
  { event, detail, uuid }: Pick<LogEvent, 'event' | 'detail' | 'uuid'>,
  t: T,
): string {
  for (const reader of [...(READERS[event] ?? []), ...(uuid === null ? (OF_PAPERS[event] ?? []) : [])]) {
    const words = reader(detail, t)
    if (words !== null) return words
  }
  return detail
}

/** By event, because a person's reason or a server's reply elsewhere may read the same. */
const READERS: Readonly<Partial<Record<EventKind, readonly Reader[]>>> = {
  unknown: [sentence('sender-stopped')],
  'lease-expired': [sentence('sender-stopped')],
  failed: [overProfile],
  held: [
    heldCode,
    doubtedRecipient,
    doubtedDocument,
    sentence('came-along', 'access-not-kept'),
    matching(/^review: quarantine: (?<why>.*)$/, 'detail.quarantine'),
    matching(/^snapshot of (?<name>.*) is missing or changed$/, 'detail.snapshot'),
    matching(/^payroll: not-own-address: (?<address>.*)$/, 'detail.not-own-address'),
  ],
  cancelled: [
    sentence('packaged-again'),
    matching(/^(?<operator>[^:]+): resend: (?<reason>.*)$/, 'detail.resent-instead'),
  ],
  resolved: [
    matching(/^policy of profile (?<name>.*): resend-after:(?<hours>\d+)h$/, 'detail.policy'),
    matching(/^(?<operator>[^:]+): sent(?<reason>: .*|)$/, 'detail.resolved-sent'),
    matching(/^(?<operator>[^:]+): resend(?<reason>: .*|)$/, 'detail.resolved-resend'),
    evidence,
  ],
  resent: [fallbackReason],
  bounced: [evidence],
  delivered: [evidence],
  delayed: [evidence],
  'bounce-noted': [evidence],
  'profile-held': [profileHold],
  'notice-failed': [sentence('notice-unknown')],
  'operator-saved': [operatorRole],
  'role-saved': [roleAndPermissions],
  'role-removed': [roleWord],
  'customer-saved': [sentence('file-password-set', 'file-password-removed'), changedCustomer],
  'document-rejected': [rejectedDocument],
  filed: [notFiled],
  'after-send': [tidiedFiles],
  'order-file-refused': [refusedOrder],
  'order-file-ignored': [ignoredPart],
  'profile-saved': [changedProfile],
  'portal-access-saved': [changedAccess],
  'group-saved': [changedGroup],
  'receipt-saved': [writtenReceipt],
  'store-adopted': [adoptedStore],
  'addenda-added': [
    matching(/^(?<name>.*): inserted$/, 'detail.addenda.inserted'),
    matching(/^(?<name>.*): replaced$/, 'detail.addenda.replaced'),
  ],
}

/** What carries a CFDI has a person's reason there, which may begin with the same word. */
const OF_PAPERS: typeof READERS = { packaged: [queuedPaper, noticeReason], resent: [queuedPaper] }

/** Why something is held is a code where the program held it, and words where a person did. */
function heldCode(detail: string, t: T): string | null {
  const reason = ([...HELD_REASONS, 'no-number'] as const).find((code) => code === detail)
  return reason === undefined ? null : t(`held.${reason}`)
}

/**
 * `bounced; envelope-id; 5.1.1; was unknown; 550 no such user`: what tied the mail to the order comes last here, because a narrow
 * table cuts, and the code and the server's words are what people look for.
 */
function evidence(detail: string, t: T): string | null {
  const [first, second, ...rest] = detail.split('; ')
  const verdict = BOUNCE_VERDICTS.find((code) => code === first)
  const proof = BOUNCE_PROOFS.find((code) => code === second)
  if (verdict === undefined || proof === undefined) return null
  const words = rest.map((part) => (part === 'was unknown' ? t('detail.was-unknown') : part))
  return [t(`verdict.${verdict}`), ...words, t(`detail.proof.${proof}`)].join('; ')
}

/** `office: bad-password: 535 no`, as `status` says it. */
function profileHold(detail: string, t: T): string | null {
  const [name = '', ...rest] = detail.split(': ')
  const reason = rest.join(': ')
  const cause = causeOfHold(reason)
  return cause === null ? null : `${name}: ${t(`cause.${cause}`)} (${reason.slice(cause.length + 2)})`
}

/** `ana: operator`; no user and no role has a colon in its name. */
function operatorRole(detail: string, t: T): string | null {
  const [user = '', role] = detail.split(': ')
  return role === undefined ? null : `${user}: ${roleWord(role, t)}`
}

/** `cobranza: resend, outbox`. */
function roleAndPermissions(detail: string, t: T): string | null {
  const [role = '', codes] = detail.split(': ')
  const parsed = codes === undefined ? null : parsePermissions([codes])
  return parsed?.ok === true ? `${roleWord(role, t)}: ${permissionWords(parsed.permissions, t)}` : null
}
