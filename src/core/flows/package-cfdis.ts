import { makeFolder, realPath } from '../files/folders.ts'
import { CfdiMailError } from '../model/errors.ts'
import type { AddendaWishes } from '../model/addenda.ts'
import type { CfdiKind } from '../model/cfdi.ts'
import type { Customer } from '../model/customer.ts'
import type { Grouping } from '../model/packaging-type.ts'
import { CFDI_PARTIES } from '../model/party.ts'
import type { Period, PeriodDate } from '../model/period.ts'
import type { PackagedResult, PackagedRun } from '../model/results/packaged.ts'
import { findPackagingType } from '../store/packaging-types.ts'
import { checkRoom } from './check-room.ts'
import { checkRunAddenda } from './check-run-addenda.ts'
import { chooseCustomers } from './choose-customers.ts'
import type { Ctx } from './ctx.ts'
import { openOrderExport } from './export-orders.ts'
import { indexFolders, sourceFolders } from './index-sources.ts'
import { growAsUsual, inLittleMemory, keepYoungSpace } from './little-memory.ts'
import { indexAndLook } from './look-ahead.ts'
import type { SelectedRun } from './pack-selected.ts'
import type { Views } from './packing.ts'
import {
  countedReport,
  listedReport,
  packedReport,
  type PackagingReport,
  toldReport,
} from './packaging-report.ts'
import { sendNoticeApart } from './send-notice.ts'

/** What to package. */
export interface PackageRequest {
  /** Customer codes, or `?` to search; empty for all. */
  readonly clients: readonly string[]
  readonly period: Period
  /** The date that the period is of; left out for the document's own. */
  readonly periodOf?: PeriodDate | undefined
  readonly kinds: readonly CfdiKind[] | null
  readonly type: string | null
  /** Empty for those of the settings. */
  readonly sources: readonly string[]
  readonly grouping: Grouping | null
  readonly packing: 'zip' | null
  /** Destination folder instead of the types' own. */
  readonly folder?: string | null
  /** `none` writes into destination folders only. */
  readonly mailing?: 'as-type' | 'none'
  readonly scope: 'filtered' | 'all'
  readonly repetition: 'once' | 'again'
  readonly reason: string | null
  readonly mode: 'write' | 'dry-run'
  readonly addenda?: AddendaWishes | undefined
  /** Folder for order files that another mailer sends; left out to queue. */
  readonly orderFiles?: string | undefined
}

/**
 * Indexes the sources, chooses the documents of the request, and queues a send order for each. Queued means durable: the
 * exact bytes are in the spool and the order in the store.
 * @throws NOTHING_SELECTED, NEEDS_REASON, CUSTOMER_NOT_FOUND, TYPE_NOT_FOUND, ADDENDA_NOT_FOUND, ADDENDA_DATA_UNUSED, NO_SOURCES,
 *   SOURCE_NOT_FOUND, WRONG_PARTY, DISK_LOW, IMPORT_RUNNING, and what `packChoices` says
 */
export async function packageCfdis(ctx: Ctx, request: PackageRequest): Promise<PackagedResult> {
  const wanted = await prepareRun(ctx, request)
  try {
    return await packageIndexed(ctx, wanted, () => listedReport(request))
  } finally {
    // Something else comes next in the same process, by modules that are not loaded yet.
    growAsUsual()
  }
}

/**
 * `packageCfdis` for any number of documents: what there is to tell is kept packed, and a person is told of those orders alone
 * that somebody has to do something about. A dry run of which nobody hears unless somebody is needed only counts; when somebody
 * is, it is done again and told.
 */
export async function packageManyCfdis(ctx: Ctx, request: PackageRequest): Promise<PackagedRun> {
  const wanted = await prepareRun(ctx, request)
  const whole: Wanted = { ...wanted, views: ctx.reader === 'script' ? 'whole' : 'told' }
  const report = () => (ctx.reader === 'script' ? packedReport(request) : toldReport(request))
  if (request.mode === 'write' || ctx.reader !== 'nobody') return await packageIndexed(ctx, whole, report)
  const counted = await packageIndexed(ctx, { ...wanted, views: 'counted' }, () => countedReport(request))
  return counted.needsPerson ? await packageInto(ctx, runOf(whole), report()) : counted
}

/** A request with which nothing is wrong. */
interface Wanted {
  readonly request: PackageRequest
  readonly named: readonly Customer[] | null
  /** As the index names them. */
  readonly sources: readonly string[]
  readonly views: Views
}

/** Everything that can be wrong with the request is said here. */
async function prepareRun(ctx: Ctx, request: PackageRequest): Promise<Wanted> {
  checkScope(request)
  const named = await chooseCustomers(ctx, request.clients, CFDI_PARTIES)
  await checkType(ctx, request.type)
  if (request.addenda !== undefined)
    await checkRunAddenda(ctx, request.addenda, { type: request.type, named })
  if (request.mode === 'write') checkRoom(ctx)
  const sources = request.sources.length > 0 ? request.sources : ctx.settings.sources
  return { request, named, sources: sourceFolders(ctx, sources), views: 'whole' }
}

/** Brings the index up to date, and packages what is in it. A dry run does not wait for the first to begin with the second. */
async function packageIndexed<Told extends PackagedRun>(
  ctx: Ctx,
  wanted: Wanted,
  reportOf: () => PackagingReport<Told>,
): Promise<Told> {
  const work = async (ctx: Ctx) => await packageInto(ctx, runOf(wanted), reportOf())
  if (wanted.request.mode === 'dry-run')
    return await indexAndLook(ctx, { folders: wanted.sources, onWait: loadAhead }, work)
  // Before V8's flags are changed: under others than its own, compiled code that was kept is thrown away.
  await loadPacking()
  keepYoungSpace()
  const walking = { onWait: keepYoungSpace, reads: 'again' } as const
  await inLittleMemory(async () => {
    await indexFolders(ctx, wanted.sources, walking)
  })
  return await work(ctx)
}

/** What packs is a megabyte of program, which takes as long to load as a thread to read 1,000 documents. */
async function loadPacking() {
  return await import('./pack-selected.ts')
}

function loadAhead(): void {
  // Whoever packs hears of it.
  loadPacking().catch(() => undefined)
}

interface Run extends SelectedRun {
  readonly request: PackageRequest
}

function runOf({ request, named, sources, views }: Wanted): Run {
  const { period, periodOf } = request
  const receiverRfcs = named === null ? null : [...new Set(named.map((customer) => customer.rfc))]
  return {
    request,
    packing: { ...request, views },
    rules: { ...request, folder: folderOf(request), sources, named },
    filter: { sources, period, periodOf, receiverRfcs },
  }
}

async function packageInto<Told extends PackagedRun>(
  ctx: Ctx,
  run: Run,
  report: PackagingReport<Told>,
): Promise<Told> {
  const { request } = run
  if (request.orderFiles === undefined || request.mode === 'dry-run') await pack(ctx, run, report)
  else {
    const { spool, release } = await openOrderExport(ctx, request.orderFiles)
    try {
      await pack(ctx, { ...run, packing: { ...run.packing, spool } }, report)
    } finally {
      release()
    }
  }
  if (request.mode === 'write') await sendNoticeApart(ctx)
  return report.result(ctx.signal)
}

async function pack(ctx: Ctx, run: SelectedRun, report: PackagingReport<PackagedRun>): Promise<void> {
  const { packSelected } = await loadPacking()
  await packSelected(ctx, run, report)
}

/** A folder that is named for a run is made; a dry run makes nothing. */
function folderOf({ folder = null, mode }: PackageRequest): string | null {
  if (folder === null) return null
  return mode === 'write' ? makeFolder(folder) : realPath(folder)
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
