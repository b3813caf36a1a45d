import { CUSTOMER_FIELDS } from '../../core/model/customer-fields.ts'
import { GROUP_EVENTS } from '../../core/model/customer-group.ts'
import { MODULES } from '../../core/model/profile.ts'
import { PAPER_KINDS } from '../../core/model/paper.ts'
import { STRANGE_REASONS } from '../../core/model/store-identity.ts'
import { anyOf, type Reader, type T } from './event-reader.ts'
import { changedLimits } from './event-limits.ts'

/** Details of the log that say by codes what was changed, in words. What people typed stays as it is. */

const PAPER = new RegExp(`^(?<kind>${anyOf(PAPER_KINDS)})(?= |;|$)`)
const ADOPTED = new RegExp(`^(?<why>${anyOf(STRANGE_REASONS)}): (?<places>.*)$`)
const NOT_MARKED = /; not-marked$/

/** `email, packaging, addenda noProveedor`: `new`, `import`, or the fields that changed. */
export const changedCustomer: Reader = (detail, t) => {
  if (detail === 'new' || detail === 'import') return t(`detail.customer.${detail}`)
  return detail
    .split(', ')
    .map((part) => customerField(part, t))
    .join(', ')
}

/** `field.kind` is a document's: a template's field has that name too. What is no field is the name of a datum of an addenda. */
function customerField(name: string, t: T): string {
  const field = CUSTOMER_FIELDS.find((each) => each === name)
  if (field === undefined) return name
  return field === 'kind' ? t('party.kind') : t(`field.${field}`)
}

/** `user acme, password set` */
export const changedAccess: Reader = (detail, t) =>
  detail
    .split(', ')
    .map((part) => {
      if (part === 'password set') return t('detail.access.password-set')
      if (part === 'password reset') return t('detail.access.password-reset')
      return part.replace(/^user (.*)$/, (_, user: string) => t('detail.access.user', { user }))
    })
    .join(', ')

/** `oficina: modules invoicing, payroll` or `oficina: {"perMinute":30,…}`; a server or a template needs no other words. */
export const changedProfile: Reader = (detail, t) => {
  const { name = '', modules } = /^(?<name>.*): modules (?<modules>.*)$/.exec(detail)?.groups ?? {}
  if (modules === undefined) return changedLimits(detail, t)
  const words = modules.split(', ').map((code) => {
    const module = MODULES.find((each) => each === code)
    return module === undefined ? t('detail.no-module') : t(`module.${module}`)
  })
  return `${name}: ${words.join(', ')}`
}

/** `MEXICO access-request`: the group, and which of its notices. */
export const changedGroup: Reader = (detail, t) => {
  const [group = '', code] = detail.split(' ')
  const event = GROUP_EVENTS.find((each) => each === code)
  return event === undefined ? null : `${group}: ${t(`groups.event.${event}`)}`
}

/** `R-1: 100.00 MXN 2024-05-31; not-marked` */
export const writtenReceipt: Reader = (detail, t) =>
  NOT_MARKED.test(detail) ? detail.replace(NOT_MARKED, `; ${t('detail.not-marked')}`) : null

/** `backup: /old → /new` */
export const adoptedStore: Reader = (detail, t) => {
  const { why, places = '' } = ADOPTED.exec(detail)?.groups ?? {}
  const reason = STRANGE_REASONS.find((each) => each === why)
  return reason === undefined ? null : `${t(`strange.${reason}`)}: ${places}`
}

/** `statement 2024-05-31; lo pidió`: papers by their kind, then what a person gave as the reason. */
export const queuedPaper: Reader = (detail, t) => {
  const kind = PAPER_KINDS.find((each) => each === PAPER.exec(detail)?.groups?.['kind'])
  return kind === undefined ? null : detail.replace(PAPER, t(`paper.${kind}`))
}
