import { type Candidate, type ChoiceFacts, isMailed, type Usable } from './choice.ts'
import type { Customer } from './customer.ts'
import type { SkipReason } from './document-reason.ts'
import { type AppliedSetting, settingFor } from './document-setting.ts'
import { lacksPassword } from './file-password.ts'
import { filedKey } from './filed-package.ts'
import type { PackagingType } from './packaging-type.ts'
import { addressFault } from './payroll.ts'
import { isInstead, mailsAccess } from './portal.ts'

/** Why a document stays, and what exactly. */
export interface Problem {
  readonly reason: SkipReason
  readonly detail: string
}

/** Where a document would go, and what is known of it. */
export interface Destination {
  readonly customer: Customer
  readonly type: PackagingType
  readonly context: {
    readonly facts: ChoiceFacts
    readonly best: ReadonlyMap<string, Candidate>
  }
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

/** The first that speaks against sending a document there, or null. */
export function objectionTo(file: Usable, destination: Destination): Problem | null {
  for (const { reason, holds } of OBJECTIONS) {
    const detail = holds(file, destination)
    if (detail !== false) return { reason, detail }
  }
  const { customer, type, context } = destination
  return file.kind === 'N' && type.byMail ? addressFault(customer, context.facts.employees) : null
}

/** What the settings say of a document for this customer. */
export function appliedTo({ kind }: Usable, { customer, context: { facts } }: Destination): AppliedSetting {
  return settingFor(facts.settings ?? [], { kind, customerClass: customer.class ?? '' })
}

/** Mailed before, or, for a type that does not mail, written into its folder. */
function isPackaged(uuid: string, { customer, type, context: { facts } }: Destination): boolean {
  if (facts.again || facts.exporting) return false
  if (isMailed(facts, uuid, customer.code)) return true
  return !type.byMail && type.folder !== null && facts.filed.has(filedKey(uuid, customer.code, type.folder))
}

/** Where else its UUID stands with another seal. */
function conflictingPlaces({ uuid, path }: Usable, { facts }: Destination['context']): string | false {
  const places = facts.conflicts.get(uuid)
  return places !== undefined && places.filter((place) => place !== path).join(', ')
}

/** Path of the copy of the same document that is taken instead. */
function otherCopy(file: Usable, { best }: Destination['context']): string | false {
  const taken = best.get(file.uuid)?.path
  return taken !== undefined && taken !== file.path && taken
}
