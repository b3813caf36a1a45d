import { changedLimits } from './event-limits.ts'
import { codeWords, type Reader, type T } from './event-reader.ts'

/** Details of the log that say by codes what was changed, in words. What people typed stays as it is. */

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
  if (name === 'kind') return t('party.kind')
  return codeWords(['field'], name, t) ?? name
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
  const words = modules.split(', ').map((code) => codeWords(['module'], code, t) ?? t('detail.no-module'))
  return `${name}: ${words.join(', ')}`
}

/** `MEXICO access-request`: the group, and which of its notices. */
export const changedGroup: Reader = (detail, t) => {
  const [group = '', code = ''] = detail.split(' ')
  const words = codeWords(['groups.event'], code, t)
  return words === null ? null : `${group}: ${words}`
}

/** `R-1: 100.00 MXN 2024-05-31; not-marked` */
export const writtenReceipt: Reader = (detail, t) =>
  NOT_MARKED.test(detail) ? detail.replace(NOT_MARKED, `; ${t('detail.not-marked')}`) : null

/** `backup: /old → /new` */
export const adoptedStore: Reader = (detail, t) => {
  const [why = '', ...places] = detail.split(': ')
  const words = codeWords(['strange'], why, t)
  return words === null ? null : `${words}: ${places.join(': ')}`
}

/** `statement 2024-05-31; lo pidió`: papers by their kind, then what a person gave as the reason. */
export const queuedPaper: Reader = (detail, t) => {
  const [kind = ''] = /^[a-z-]+(?= |;|$)/.exec(detail) ?? []
  const words = codeWords(['paper'], kind, t)
  return words === null ? null : `${words}${detail.slice(kind.length)}`
}
