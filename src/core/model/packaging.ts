import type { CfdiKind } from './cfdi.ts'
import {
  type Candidate,
  type Choice,
  type ChoiceFacts,
  type DocumentFacts,
  isMailed,
  type Route,
  type RunFacts,
  type Usable,
} from './choice.ts'
import { bestCopies } from './copies.ts'
import type { Customer } from './customer.ts'
import type { DocumentReason, SkipReason } from './document-reason.ts'
import { withSettingTexts } from './document-setting.ts'
import { appliedTo, type Destination, objectionTo, type Problem } from './objections.ts'
import type { PackagingType } from './packaging-type.ts'
import { employeeOf } from './payroll.ts'
import { customersByRfc, receiverAmong } from './receiver-match.ts'

/**
 * Decides about each file: to whom it goes and how, or why not. Files outside what was asked (another customer's, another
 * kind) give nothing at all; unusable ones always give their reason. Of copies of one document the one with a PDF, then the
 * newest, is taken.
 * @returns decides about some of the run's files
 */
export function documentChooser(
  run: RunFacts,
): <File extends Candidate>(files: readonly File[], facts: DocumentFacts) => Choice<File>[] {
  const byRfc = customersByRfc(run.customers)
  const types = new Map(run.types.map((type) => [type.code, type]))
  return (files, { copies, ...own }) => {
    const context = { facts: { ...run, ...own }, byRfc, types, best: bestCopies(copies) }
    return files.flatMap((file) => chooseOne(file, context) ?? [])
  }
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

function isUsable(file: Candidate): file is Usable {
  return file.reason === null && file.uuid !== null && file.kind !== null
}

function isOtherKind(file: Candidate, kinds: readonly CfdiKind[] | null): boolean {
  return file.kind !== null && kinds !== null && !kinds.includes(file.kind)
}

function routeOf({ uuid }: Usable, { customer, type, context: { facts } }: Destination): Route {
  const isRepeated = !facts.again && isMailed(facts, uuid, customer.code)
  return type.byMail && !isRepeated ? 'mail' : 'folder'
}

/** The party of the file's receiver, or why there is none. */
function matchCustomer(file: Candidate, { byRfc, facts }: Context): Customer | Problem {
  if (file.kind === 'N') return employeeOf(file, facts.employees)
  const found = receiverAmong(file, byRfc.get(file.receiverRfc) ?? [])
  return typeof found === 'string'
    ? { reason: found, detail: `${file.receiverRfc} ${file.receiverName}` }
    : found
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

/** The packaging type for a customer; null when the customer is not of the type that was asked for. */
function typeOf(customer: Customer, { facts, types }: Context): PackagingType | SkipReason | null {
  if (facts.askedType !== null && !facts.named && customer.packaging.type !== facts.askedType) return null
  const type = types.get(facts.askedType ?? customer.packaging.type)
  if (type === undefined) return 'no-type'
  return type.customer === null || type.customer === customer.code ? type : 'type-of-another-customer'
}
