import type { CfdiKind, Payroll } from './cfdi.ts'
import { type Customer, foldName, isGenericRfc } from './customer.ts'
import {
  type AppliedSetting,
  type DocumentSetting,
  settingFor,
  withSettingTexts,
} from './document-setting.ts'
import type { DocumentReason, SkipReason } from './document-reason.ts'
import { lacksPassword } from './file-password.ts'
import { filedKey } from './filed-package.ts'
import type { PackagingType } from './packaging-type.ts'
import { partyKindFor } from './party.ts'
import { isInstead, mailsAccess } from './portal.ts'
import { addressFault, employeeOf } from './payroll.ts'

/** An indexed file, as far as choosing needs it. */
export interface Candidate {
  readonly path: string
  readonly reason: DocumentReason | null
  readonly detail: string
  readonly mtimeUs: number
  readonly uuid: string | null
  readonly kind: CfdiKind | null
  readonly receiverRfc: string
  readonly receiverName: string
  readonly pdf: string | null
  readonly payroll: Payroll | null
}

/** All that choosing depends on, read beforehand. */
export interface ChoiceFacts {
  /** Those that may be meant: the named ones, or all. */
  readonly customers: readonly Customer[]
  /** All employees: whether a document is one's is seen beside the others. */
  readonly employees: readonly Customer[]
  readonly types: readonly PackagingType[]
  /** Packaging type that the person asked for; null takes each customer's own. */
  readonly askedType: string | null
  /** Whether the customers were named one by one: then the asked type need not be their own. */
  readonly named: boolean
  readonly kinds: readonly CfdiKind[] | null
  readonly cancelled: ReadonlySet<string>
  /** Places (other files, orders) of each UUID that stands on documents with different seals. */
  readonly conflicts: ReadonlyMap<string, readonly string[]>
  /** `uuid customer` pairs that have a live order. */
  readonly packaged: ReadonlySet<string>
  /** `filedKey` texts of what was written into destination folders. */
  readonly filed: ReadonlySet<string>
  /** Whether a destination folder was named for this run: then what was packaged before is written there as well. */
  readonly exporting: boolean
  /** Destination folders that lie in a source folder, or the other way round. */
  readonly overlapping: ReadonlySet<string>
  readonly again: boolean
  /** What is said of kinds of document; left out for nothing. */
  readonly settings?: readonly DocumentSetting[]
  /** Codes of the parties that have a password of their own for their files; left out for none. */
  readonly filePasswords?: ReadonlySet<string>
  /** Whether a person asks, or the watch goes by itself; left out for a person. */
  readonly asks?: 'person' | 'watch'
  /** Whether the settings say where the portal is; left out when nobody asks for it. */
  readonly portal?: 'somewhere' | 'nowhere'
}

/** Where a document goes: into a message (and the destination folder, where the type has one), or into the folder only. */
export type Route = 'mail' | 'folder'

export type Choice<File extends Candidate> =
  | {
      readonly result: 'take'
      readonly file: File
      readonly customer: Customer
      readonly type: PackagingType
      readonly route: Route
    }
  | {
      readonly result: 'leave'
      readonly file: File
      readonly customer: Customer | null
      readonly reason: DocumentReason
      readonly detail: string
    }

/** Key of ChoiceFacts.packaged. */
export function packagedKey(uuid: string, customer: string): string {
  return `${uuid} ${customer}`
}

/**
 * Decides about each file: to whom it goes and how, or why not. Files outside what was asked (another customer's, another
 * kind) give nothing at all; unusable ones always give their reason.
 * @param files in any order; of copies of one document the one with a PDF, then the newest, is taken
 */
export function chooseDocuments<File extends Candidate>(
  files: readonly File[],
  facts: ChoiceFacts,
): Choice<File>[] {
  const byRfc = customersByRfc(facts.customers)
  const types = new Map(facts.types.map((type) => [type.code, type]))
  const best = bestCopies(files)
  return files.flatMap((file) => {
    const choice = chooseOne(file, { facts, byRfc, types, best })
    return choice === null ? [] : [choice]
  })
}

interface Context {
  readonly facts: ChoiceFacts
  readonly byRfc: ReadonlyMap<string, readonly Customer[]>
  readonly types: ReadonlyMap<string, PackagingType>
  readonly best: ReadonlyMap<string, Candidate>
}

/** A file's own reason comes before all others; then where it would go; then what speaks against it. */
function chooseOne<File extends Candidate>(file: File, context: Context): Choice<File> | null {
  if (isOtherKind(file, context.facts.kinds)) return null
  const customer = matchCustomer(file, context)
  const leave = (reason: DocumentReason, detail: string): Choice<File> => ({
    result: 'leave',
    file,
    customer: 'reason' in customer ? null : customer,
    reason,
    detail,
  })
  if (!isUsable(file)) return leave(file.reason ?? 'not-stamped', file.detail)
  if (!isWanted(file, customer, context)) return null
  if ('reason' in customer) return leave(customer.reason, customer.detail)
  const type = typeOf(customer, context)
  if (type === null) return null
  if (typeof type === 'string') return leave(type, context.facts.askedType ?? customer.packaging.type)
  const objection = objectionTo(file, { customer, type, context })
  if (objection !== null) return leave(objection.reason, objection.detail)
  const destination = { customer, type, context }
  const texts = withSettingTexts(type, file.kind, appliedTo(file, destination))
  return { result: 'take', file, customer, type: texts, route: routeOf(file, destination) }
}

type Usable = Candidate & { readonly reason: null; readonly uuid: string; readonly kind: CfdiKind }

function isUsable(file: Candidate): file is Usable {
  return file.reason === null && file.uuid !== null && file.kind !== null
}

function isOtherKind(file: Candidate, kinds: readonly CfdiKind[] | null): boolean {
  return file.kind !== null && kinds !== null && !kinds.includes(file.kind)
}

interface Destination {
  readonly customer: Customer
  readonly type: PackagingType
  readonly context: Context
}

interface Objection {
  readonly reason: SkipReason
  /** What exactly, or false when there is nothing to say against it. */
  readonly holds: (file: Usable, destination: Destination) => string | false
}

/** In the order of weight: the first that holds is told. */
const OBJECTIONS: readonly Objection[] = [
  { reason: 'uuid-conflict', holds: (file, { context }) => conflictingPlaces(file, context) },
  { reason: 'cancelled', holds: ({ uuid }, { context }) => context.facts.cancelled.has(uuid) && uuid },
  { reason: 'duplicate', holds: (file, { context }) => otherCopy(file, context) },
  {
    reason: 'already',
    holds: ({ uuid }, destination) => isPackaged(uuid, destination) && uuid,
  },
  { reason: 'kind-not-in-type', holds: ({ kind }, { type }) => !type.kinds.includes(kind) && type.code },
  { reason: 'kind-disabled', holds: (file, to) => !appliedTo(file, to).enabled && file.kind },
  {
    reason: 'not-automatic',
    holds: (file, to) => to.context.facts.asks === 'watch' && !appliedTo(file, to).automatic && file.kind,
  },
  { reason: 'no-folder', holds: (_file, { type }) => !type.byMail && type.folder === null && type.code },
  {
    reason: 'folder-in-sources',
    holds: (_file, { type: { folder }, context }) =>
      folder !== null && context.facts.overlapping.has(folder) && folder,
  },
  {
    reason: 'no-pdf',
    holds: ({ path, pdf, kind }, { type }) =>
      !isInstead(type, kind) && type.pdf === 'required' && pdf === null && path,
  },
  {
    reason: 'no-password',
    holds: (_file, to) => lacksPassword(to, to.context.facts.filePasswords ?? new Set()),
  },
  {
    reason: 'no-portal-url',
    holds: ({ kind }, { type, context }) =>
      mailsAccess(type, kind) && context.facts.portal === 'nowhere' && type.code,
  },
]

function objectionTo(file: Usable, destination: Destination): Problem | null {
  for (const { reason, holds } of OBJECTIONS) {
    const detail = holds(file, destination)
    if (detail !== false) return { reason, detail }
  }
  const { customer, type, context } = destination
  return file.kind === 'N' && type.byMail ? addressFault(customer, context.facts.employees) : null
}

function appliedTo({ kind }: Usable, { customer, context: { facts } }: Destination): AppliedSetting {
  return settingFor(facts.settings ?? [], { kind, customerClass: customer.class ?? '' })
}

/** Mailed before, or, for a type that does not mail, written into its folder. */
function isPackaged(uuid: string, { customer, type, context: { facts } }: Destination): boolean {
  if (facts.again || facts.exporting) return false
  if (facts.packaged.has(packagedKey(uuid, customer.code))) return true
  return !type.byMail && type.folder !== null && facts.filed.has(filedKey(uuid, customer.code, type.folder))
}

function routeOf({ uuid }: Usable, { customer, type, context: { facts } }: Destination): Route {
  const isMailed = !facts.again && facts.packaged.has(packagedKey(uuid, customer.code))
  return type.byMail && !isMailed ? 'mail' : 'folder'
}

/** Where else its UUID stands with another seal. */
function conflictingPlaces({ uuid, path }: Usable, { facts }: Context): string | false {
  const places = facts.conflicts.get(uuid)
  return places !== undefined && places.filter((place) => place !== path).join(', ')
}

/** Path of the copy of the same document that is taken instead. */
function otherCopy(file: Usable, { best }: Context): string | false {
  const taken = best.get(file.uuid)?.path
  return taken !== undefined && taken !== file.path && taken
}

/** The party of the file's receiver, or why there is none. */
function matchCustomer(file: Candidate, { byRfc, facts }: Context): Customer | Problem {
  if (file.kind === 'N') return employeeOf(file, facts.employees)
  const found = receiverAmong(file, byRfc.get(file.receiverRfc) ?? [])
  return typeof found === 'string'
    ? { reason: found, detail: `${file.receiverRfc} ${file.receiverName}` }
    : found
}

interface Problem {
  readonly reason: SkipReason
  readonly detail: string
}

/** Whether it is somebody's who was named. Of customers that was looked at; employees are looked at all together. */
function isWanted(
  { kind, receiverRfc }: Candidate,
  found: Customer | Problem,
  { facts, byRfc }: Context,
): boolean {
  if (!facts.named) return true
  if ('reason' in found) {
    return kind === 'N' && (byRfc.get(receiverRfc) ?? []).some((party) => party.kind === 'employee')
  }
  return facts.customers.some(({ code }) => code === found.code)
}

/** The one of a receiver's customers that the document (no payroll) is for, or why none is. @param parties all those of the receiver's RFC */
export function receiverAmong(
  file: Pick<Candidate, 'kind' | 'receiverRfc' | 'receiverName'>,
  parties: readonly Customer[],
): Customer | SkipReason {
  const kind = partyKindFor(file.kind)
  const all = parties.filter((party) => party.kind === kind)
  // XAXX… and XEXX… are shared by people who must not see each other's documents: there the name has to be the same too.
  const generic = file.receiverRfc === '' || isGenericRfc(file.receiverRfc)
  const found = generic
    ? all.filter((customer) => foldName(customer.name) === foldName(file.receiverName))
    : all
  const [only, another] = found
  if (only === undefined) return generic && all.length > 0 ? 'generic-rfc' : 'no-customer'
  return another === undefined ? only : 'ambiguous-customer'
}

/** The packaging type for a customer; null when the customer is not of the type that was asked for. */
function typeOf(customer: Customer, { facts, types }: Context): PackagingType | SkipReason | null {
  if (facts.askedType !== null && !facts.named && customer.packaging.type !== facts.askedType) return null
  const type = types.get(facts.askedType ?? customer.packaging.type)
  if (type === undefined) return 'no-type'
  return type.customer === null || type.customer === customer.code ? type : 'type-of-another-customer'
}

function customersByRfc(customers: readonly Customer[]): Map<string, Customer[]> {
  const byRfc = new Map<string, Customer[]>()
  for (const customer of customers) {
    const same = byRfc.get(customer.rfc)
    if (same === undefined) byRfc.set(customer.rfc, [customer])
    else same.push(customer)
  }
  return byRfc
}

function bestCopies(files: readonly Candidate[]): Map<string, Candidate> {
  const best = new Map<string, Candidate>()
  for (const file of files) {
    if (file.uuid === null || file.reason !== null) continue
    const other = best.get(file.uuid)
    if (other === undefined || isBetter(file, other)) best.set(file.uuid, file)
  }
  return best
}

function isBetter(file: Candidate, other: Candidate): boolean {
  const [own, its] = [file.pdf !== null, other.pdf !== null]
  if (own !== its) return own
  return file.mtimeUs !== other.mtimeUs ? file.mtimeUs > other.mtimeUs : file.path < other.path
}
