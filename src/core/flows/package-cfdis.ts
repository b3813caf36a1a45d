import { storeBlobs } from '../files/spool.ts'
import { type CfdiKind, UNUSABLE_REASONS } from '../model/cfdi.ts'
import type { Customer } from '../model/customer.ts'
import { CfdiMailError } from '../model/errors.ts'
import type { DocumentReason } from '../model/document-reason.ts'
import { type Choice, chooseDocuments } from '../model/packaging.ts'
import type { Grouping, PackagingType } from '../model/packaging-type.ts'
import type { Period } from '../model/period.ts'
import type { PackagedDocument, PackagedOrder, PackagedResult } from '../model/results/packaged.ts'
import { type IndexedFile, selectDocuments } from '../store/documents.ts'
import { cancelledUuids } from '../store/cancelled-documents.ts'
import { allCustomers } from '../store/customers.ts'
import { forgetFiles } from '../store/document-index.ts'
import { enqueueOrders, packagedPairs } from '../store/enqueue.ts'
import { steerDeliveries } from '../store/steer.ts'
import { uuidConflicts } from '../store/uuid-conflicts.ts'
import { findPackagingType, listPackagingTypes } from '../store/packaging-types.ts'
import { checkRoom } from './check-room.ts'
import type { Ctx } from './ctx.ts'
import { indexSources } from './index-sources.ts'
import type { MadeOrder } from './make-orders.ts'
import { type Parcelled, makeParcels } from './make-parcels.ts'
import { chooseCustomers } from './choose-customers.ts'
import { afterPackaging } from './package-aftermath.ts'

/** What to package. */
export interface PackageRequest {
  /** Customer codes, or `?` to search; empty for all. */
  readonly clients: readonly string[]
  readonly period: Period
  readonly kinds: readonly CfdiKind[] | null
  readonly type: string | null
  /** Empty for those of the settings. */
  readonly sources: readonly string[]
  readonly grouping: Grouping | null
  readonly packing: 'zip' | null
  readonly scope: 'filtered' | 'all'
  readonly repetition: 'once' | 'again'
  readonly reason: string | null
  readonly mode: 'write' | 'dry-run'
}

/** Bytes of attachments that are written and queued together: memory stays flat whatever the run's length. */
const BATCH_BYTES = 16 * 1024 * 1024

/**
 * Indexes the sources, chooses the documents of the request, and queues a send order for each. Queued means durable: the
 * exact bytes are in the spool and the order in the store.
 * @throws NOTHING_SELECTED, NEEDS_REASON, CUSTOMER_NOT_FOUND, TYPE_NOT_FOUND, NO_SOURCES, SOURCE_NOT_FOUND, DISK_LOW,
 *   DISK_FULL
 */
export async function packageCfdis(ctx: Ctx, request: PackageRequest): Promise<PackagedResult> {
  checkScope(request)
  const named = await chooseCustomers(ctx, request.clients)
  await checkType(ctx, request.type)
  if (request.mode === 'write') checkRoom(ctx)
  const sources = await indexSources(ctx, request.sources.length > 0 ? request.sources : ctx.settings.sources)
  const choices = await choose(ctx, { request, named, sources })
  const outcomes = new Map<string, PackagedDocument>(
    choices.map((choice) => [choice.file.path, documentOf(choice)]),
  )
  const orders: PackagedOrder[] = []
  let batch: Parcelled[] = []
  let bytes = 0
  for await (const parcelled of makeParcels(ctx, choices, request)) {
    batch.push(parcelled)
    bytes += parcelled.bytes
    if (bytes < BATCH_BYTES) continue
    orders.push(...(await flush(ctx, { batch, request, outcomes })))
    ctx.progress('package', orders.length, choices.length)
    batch = []
    bytes = 0
    if (ctx.signal.aborted) break
  }
  orders.push(...(await flush(ctx, { batch, request, outcomes })))
  const result = packagedResult(request, [...outcomes.values()], orders)
  await afterPackaging(ctx, result)
  return result
}

function checkScope(request: PackageRequest): void {
  const filtered = request.clients.length > 0 || request.period.from !== null || request.period.to !== null
  if (!filtered && request.scope !== 'all') throw new CfdiMailError('NOTHING_SELECTED')
  if (request.repetition === 'again' && request.reason === null) throw new CfdiMailError('NEEDS_REASON')
}

async function checkType(ctx: Ctx, code: string | null): Promise<void> {
  if (code !== null && (await findPackagingType(ctx.db, code)) === undefined) {
    throw new CfdiMailError('TYPE_NOT_FOUND', { code })
  }
}

interface Selection {
  readonly request: PackageRequest
  readonly named: readonly Customer[] | null
  readonly sources: readonly string[]
}

async function choose(ctx: Ctx, { request, named, sources }: Selection): Promise<Choice<IndexedFile>[]> {
  const receiverRfcs = named === null ? null : [...new Set(named.map((customer) => customer.rfc))]
  const files = await selectDocuments(ctx.db, { sources, period: request.period, receiverRfcs })
  const uuids = files.flatMap((file) => (file.uuid === null ? [] : [file.uuid]))
  const conflicts = await uuidConflicts(ctx.db, uuids)
  if (request.mode === 'write') await holdOrders(ctx, [...conflicts.orders])
  return chooseDocuments(files, {
    customers: named ?? (await allCustomers(ctx.db)),
    types: (await listPackagingTypes(ctx.db)).map((type) => adjusted(type, request)),
    askedType: request.type,
    named: named !== null,
    kinds: request.kinds,
    cancelled: await cancelledUuids(ctx.db),
    conflicts: conflicts.places,
    packaged: await packagedPairs(ctx.db, uuids),
    again: request.repetition === 'again',
  })
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

/** `--group-by` and `--zip` speak louder than the type. */
function adjusted(type: PackagingType, request: PackageRequest): PackagingType {
  return { ...type, grouping: request.grouping ?? type.grouping, zip: request.packing === 'zip' || type.zip }
}

interface Flushing {
  readonly batch: readonly Parcelled[]
  readonly request: PackageRequest
  readonly outcomes: Map<string, PackagedDocument>
}

/** Bytes first, then the rows that name them. */
async function flush(ctx: Ctx, { batch, request, outcomes }: Flushing): Promise<PackagedOrder[]> {
  const left = batch.flatMap((parcelled) => parcelled.left)
  for (const choice of left) outcomes.set(choice.file.path, documentOf(choice))
  // The index is wrong about these: the next run reads them again.
  await forgetFiles(
    ctx.db,
    left.filter(({ reason }) => reason === 'changed').map(({ file }) => file.path),
  )
  const parcels = batch.flatMap((parcelled) =>
    parcelled.view === null ? [] : [{ ...parcelled, view: parcelled.view }],
  )
  if (request.mode === 'dry-run') return parcels.map((parcel) => parcel.view)
  const made = batch.flatMap((parcelled): MadeOrder[] => (parcelled.made === null ? [] : [parcelled.made]))
  storeBlobs(ctx.folders.spool, new Map(made.flatMap(({ blobs }) => [...blobs])), ctx.fault)
  ctx.fault('snapshot')
  const written = await enqueueOrders(
    ctx.db,
    made.map(({ order }) => order),
    request.repetition,
  )
  // Another run packaged these between the choice and now.
  for (const file of parcels.flatMap(({ view, files }) => (written.has(view.id) ? [] : files))) {
    const known = outcomes.get(file.path)
    if (known !== undefined) outcomes.set(file.path, { ...known, result: 'already', reason: 'already' })
  }
  return parcels.map((parcel) => parcel.view).filter((view) => written.has(view.id))
}

function packagedResult(
  request: PackageRequest,
  documents: readonly PackagedDocument[],
  orders: readonly PackagedOrder[],
): PackagedResult {
  const count = (result: PackagedDocument['result']) =>
    documents.filter((document) => document.result === result).length
  return {
    kind: 'packaged',
    dryRun: request.mode === 'dry-run',
    type: request.type,
    documents,
    orders,
    totals: {
      documents: documents.length,
      queued: count('queued'),
      already: count('already'),
      skipped: count('skipped'),
      rejected: count('rejected'),
    },
  }
}

function documentOf(choice: Choice<IndexedFile>): PackagedDocument {
  const { file } = choice
  return {
    uuid: file.uuid,
    file: file.path,
    documentKind: file.kind,
    series: file.series,
    folio: file.folio,
    issuedAt: file.issuedAt,
    total: file.total,
    currency: file.currency,
    receiverRfc: file.receiverRfc,
    customer: choice.customer?.code ?? null,
    ...(choice.result === 'take'
      ? { result: 'queued', reason: null, detail: '' }
      : { result: resultOf(choice.reason), reason: choice.reason, detail: choice.detail }),
  }
}

/** Rejected is what may never leave as it is; skipped is what does not leave now. */
function resultOf(reason: DocumentReason): PackagedDocument['result'] {
  if (reason === 'already') return 'already'
  return REJECTED.includes(reason) ? 'rejected' : 'skipped'
}

const REJECTED: readonly DocumentReason[] = [
  ...UNUSABLE_REASONS,
  'uuid-conflict',
  'cancelled',
  'changed',
  'bad-pdf',
  'bad-attachment',
]
