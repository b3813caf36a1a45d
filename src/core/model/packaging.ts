import { type CfdiKind, type UnusableReason, UNUSABLE_REASONS } from './cfdi.ts'
import { type Customer, foldName, isGenericRfc } from './customer.ts'
import type { PackagingType } from './packaging-type.ts'

/** Why a document of the filter is not queued, besides the reasons of its own file. Stable codes. */
export const SKIP_REASONS = [
  'already', // packaged before for this customer; `--again` repeats it
  'cancelled',
  'uuid-conflict', // another file has the same UUID with another seal: neither may leave
  'duplicate', // another copy of the same document, same UUID and seal, is taken
  'no-customer',
  'generic-rfc', // the receiver's RFC is shared by everybody, and no customer of that RFC has the receiver's name
  'ambiguous-customer', // several customers have the RFC; name one with --client
  'no-type',
  'type-of-another-customer',
  'kind-not-in-type',
  'no-pdf',
  'bad-pdf', // not a PDF, or not complete yet
  'bad-attachment', // an extra file of a kind that mail servers refuse
  'changed', // the file is no longer the one that was indexed
  'too-big', // the message would be larger than the server takes
  'bad-template', // the template could not be rendered for this document
] as const
export type SkipReason = (typeof SKIP_REASONS)[number]

export type DocumentReason = UnusableReason | SkipReason

export const DOCUMENT_REASONS: readonly DocumentReason[] = [...UNUSABLE_REASONS, ...SKIP_REASONS]

/** Reasons that nobody has to do anything about. */
export const HARMLESS_REASONS: readonly DocumentReason[] = [
  'already',
  'duplicate',
  'kind-not-in-type',
  'cancelled',
]

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
}

/** All that choosing depends on, read beforehand. */
export interface ChoiceFacts {
  readonly customers: readonly Customer[]
  readonly types: readonly PackagingType[]
  /** Packaging type that the person asked for; null takes each customer's own. */
  readonly askedType: string | null
  /** Whether the customers were named one by one: then the asked type need not be their own. */
  readonly named: boolean
  readonly kinds: readonly CfdiKind[] | null
  readonly cancelled: ReadonlySet<string>
  readonly conflicts: ReadonlySet<string>
  /** `uuid customer` pairs that have a live order. */
  readonly packaged: ReadonlySet<string>
  readonly again: boolean
}

export type Choice<File extends Candidate> =
  | {
      readonly result: 'take'
      readonly file: File
      readonly customer: Customer
      readonly type: PackagingType
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

function chooseOne<File extends Candidate>(file: File, context: Context): Choice<File> | null {
  const { facts } = context
  if (file.kind !== null && facts.kinds !== null && !facts.kinds.includes(file.kind)) return null
  const match = matchCustomer(file, context)
  const customer = typeof match === 'string' ? null : match
  const leave = (reason: DocumentReason, detail = ''): Choice<File> => ({
    result: 'leave',
    file,
    customer,
    reason,
    detail,
  })
  if (file.reason !== null || file.uuid === null || file.kind === null) {
    return leave(file.reason ?? 'not-stamped', file.detail)
  }
  if (typeof match === 'string')
    return facts.named ? null : leave(match, `${file.receiverRfc} ${file.receiverName}`)
  const type = typeOf(match, context)
  if (type === null) return null
  if (typeof type === 'string') return leave(type, facts.askedType ?? match.packaging.type)
  const reason = objection(file, file.uuid, { customer: match, type, context })
  return reason === null
    ? { result: 'take', file, customer: match, type }
    : leave(reason.reason, reason.detail)
}

interface Destination {
  readonly customer: Customer
  readonly type: PackagingType
  readonly context: Context
}

function objection(
  file: Candidate,
  uuid: string,
  { customer, type, context }: Destination,
): { readonly reason: DocumentReason; readonly detail: string } | null {
  const { facts, best } = context
  const taken = best.get(uuid)
  if (facts.conflicts.has(uuid)) return { reason: 'uuid-conflict', detail: uuid }
  if (facts.cancelled.has(uuid)) return { reason: 'cancelled', detail: '' }
  if (taken !== undefined && taken.path !== file.path) return { reason: 'duplicate', detail: taken.path }
  if (!facts.again && facts.packaged.has(packagedKey(uuid, customer.code)))
    return { reason: 'already', detail: '' }
  if (file.kind !== null && !type.kinds.includes(file.kind))
    return { reason: 'kind-not-in-type', detail: type.code }
  if (type.pdf === 'required' && file.pdf === null) return { reason: 'no-pdf', detail: '' }
  return null
}

/** The customer of the file's receiver, or why there is none. */
function matchCustomer(file: Candidate, { byRfc }: Context): Customer | SkipReason {
  const all = byRfc.get(file.receiverRfc) ?? []
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
