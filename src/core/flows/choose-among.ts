import { type AddendaWishes, NO_ADDENDA } from '../model/addenda.ts'
import { overlap, realPath } from '../files/folders.ts'
import type { CfdiKind } from '../model/cfdi.ts'
import type { Customer } from '../model/customer.ts'
import type { Choice } from '../model/choice.ts'
import { documentChooser } from '../model/packaging.ts'
import type { Grouping, PackagingType } from '../model/packaging-type.ts'
import { cancelledUuids } from '../store/cancelled-documents.ts'
import { allCustomers } from '../store/customers.ts'
import type { IndexedFile } from '../store/documents.ts'
import { packagedPairs } from '../store/packaged-documents.ts'
import { listDocumentSettings } from '../store/document-settings.ts'
import { ownPasswordCodes } from '../store/file-passwords.ts'
import { listPackagingTypes } from '../store/packaging-types.ts'
import { filedPairs } from '../store/packaged-files.ts'
import { steerDeliveries } from '../store/steer.ts'
import { uuidConflicts } from '../store/uuid-conflicts.ts'
import type { Ctx } from './ctx.ts'

/** By what rules documents are chosen, whoever asks: a person or the watch. */
export interface ChoiceRules {
  /** Customers named one by one; null for all. */
  readonly named: readonly Customer[] | null
  readonly kinds: readonly CfdiKind[] | null
  readonly type: string | null
  readonly grouping: Grouping | null
  readonly packing: 'zip' | null
  /** Destination folder for this run instead of the types' own. */
  readonly folder?: string | null
  /** `none` writes into destination folders only; not given, as the type says. */
  readonly mailing?: 'as-type' | 'none'
  /** Source folders of the run, as the index names them. */
  readonly sources: readonly string[]
  readonly repetition: 'once' | 'again'
  readonly mode: 'write' | 'dry-run'
  readonly addenda?: AddendaWishes | undefined
  /** `watch` leaves what a setting keeps for a person; left out for a person. */
  readonly asks?: 'person' | 'watch'
}

/** Files to decide about, with what has to be looked at beside them. */
export interface FilesInHand {
  readonly files: readonly IndexedFile[]
  /** UUIDs of those that may be in an order, a destination folder or another file too. */
  readonly elsewhere: readonly string[]
  /** Those of them that may stand on documents with different seals. */
  readonly doubtful: readonly string[]
  /** All files of the run that may be copies of them, or of each other. */
  readonly copies: readonly IndexedFile[]
}

/** Decides about the files of one run. */
export interface Chooser {
  /** As the run wants them. */
  readonly types: readonly PackagingType[]
  /** Orders already made for a document that turns out to be in doubt are held, unless it is a dry run. */
  choose(hand: FilesInHand): Promise<Choice<IndexedFile>[]>
}

/** Whether archives may be made of what is chosen. */
export function makesArchives({ types }: Pick<Chooser, 'types'>): boolean {
  return types.some(({ zip }) => zip)
}

/** Reads what the store knows of customers, types and settings, for all files of a run. */
export async function openChooser(ctx: Ctx, rules: ChoiceRules): Promise<Chooser> {
  const all = await allCustomers(ctx.db)
  const types = (await listPackagingTypes(ctx.db)).map((type) => adjusted(type, rules))
  const decide = documentChooser({
    customers: rules.named ?? all,
    employees: all.filter(({ kind }) => kind === 'employee'),
    types,
    overlapping: overlapping(types, rules.sources),
    askedType: rules.type,
    named: rules.named !== null,
    kinds: rules.kinds,
    cancelled: await cancelledUuids(ctx.db),
    exporting: (rules.folder ?? null) !== null,
    again: rules.repetition === 'again',
    settings: await listDocumentSettings(ctx.db),
    filePasswords: await ownPasswordCodes(ctx.db),
    asks: rules.asks ?? 'person',
    portal: ctx.settings.portalUrl === null ? 'nowhere' : 'somewhere',
  })
  return {
    types,
    async choose({ files, elsewhere, doubtful, copies }) {
      const conflicts = await uuidConflicts(ctx.db, doubtful)
      if (rules.mode === 'write') await holdOrders(ctx, [...conflicts.orders])
      return decide(files, {
        conflicts: conflicts.places,
        packaged: await packagedPairs(ctx.db, elsewhere),
        filed: await filedPairs(ctx.db, elsewhere),
        copies,
      })
    },
  }
}

/** An order whose document has turned out to be in doubt does not leave by itself any more. */
async function holdOrders(ctx: Ctx, orders: readonly string[]): Promise<void> {
  if (orders.length === 0) return
  await ctx.db.transaction().execute((db) =>
    steerDeliveries(db, {
      orders,
      from: ['pending', 'deferred'],
      to: 'held',
      recipients: null,
      at: ctx.now(),
      event: 'held',
      heldReason: 'review',
      detail: 'uuid-conflict',
    }),
  )
}

/** What is asked for on the command line speaks louder than the type. */
function adjusted(type: PackagingType, rules: ChoiceRules): PackagingType {
  return {
    ...type,
    grouping: rules.grouping ?? type.grouping,
    zip: rules.packing === 'zip' || type.zip,
    byMail: rules.mailing !== 'none' && type.byMail,
    ...destination(type, rules.folder ?? null),
    ...addenda(type, rules.addenda),
  }
}

/** A folder that is named for one run is somebody's: nothing is tidied up in it. */
function destination(
  { folder, afterSend }: PackagingType,
  named: string | null,
): Pick<PackagingType, 'folder' | 'afterSend'> {
  return named === null ? { folder, afterSend } : { folder: named, afterSend: 'keep' }
}

function addenda(
  type: PackagingType,
  wishes: AddendaWishes | undefined,
): Pick<PackagingType, 'addenda' | 'existingAddenda'> {
  const template = wishes?.template ?? type.addenda
  return {
    addenda: template === NO_ADDENDA ? null : template,
    existingAddenda: wishes?.existing ?? type.existingAddenda,
  }
}

/** Destination folders in which the index would find its own copies, or in whose place sources lie. */
function overlapping(types: readonly PackagingType[], sources: readonly string[]): Set<string> {
  const folders = types.flatMap(({ folder }) => (folder === null ? [] : [folder]))
  return new Set(
    folders.filter((folder) => sources.some((source) => overlap(realPath(folder), realPath(source)))),
  )
}
