import type { CfdiKind, Payroll } from './cfdi.ts'
import type { Customer } from './customer.ts'
import type { DocumentReason } from './document-reason.ts'
import type { DocumentSetting } from './document-setting.ts'
import type { PackagingType } from './packaging-type.ts'

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

/** What choosing depends on whatever the documents are: read once a run. */
export interface RunFacts {
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

/** What is known of the documents in hand. */
export interface DocumentFacts {
  /** Places (other files, orders) of each UUID that stands on documents with different seals. */
  readonly conflicts: ReadonlyMap<string, readonly string[]>
  /** `uuid customer` pairs that have a live order. */
  readonly packaged: ReadonlySet<string>
  /** `filedKey` texts of what was written into destination folders. */
  readonly filed: ReadonlySet<string>
  /** Files of the run that may be copies of those in hand, or of each other. */
  readonly copies: readonly Candidate[]
}

export type ChoiceFacts = RunFacts & Omit<DocumentFacts, 'copies'>

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

/** Whether a document has a live order for that customer. */
export function isMailed(
  { packaged }: Pick<DocumentFacts, 'packaged'>,
  uuid: string,
  customer: string,
): boolean {
  return packaged.size > 0 && packaged.has(packagedKey(uuid, customer))
}

/** Key of DocumentFacts.packaged. */
export function packagedKey(uuid: string, customer: string): string {
  return `${uuid} ${customer}`
}

/** A candidate that nothing of its own keeps back. */
export type Usable = Candidate & { readonly reason: null; readonly uuid: string; readonly kind: CfdiKind }
