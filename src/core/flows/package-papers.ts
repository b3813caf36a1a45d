import { readCsv } from '../files/csv.ts'
import { existingFolder, realPath } from '../files/folders.ts'
import { readNamedFile } from '../files/named-file.ts'
import { listPapers, type PaperFolder } from '../files/paper-folder.ts'
import { choosePapers, type PaperFacts, type PaperLeft, type PaperTaken } from '../model/choose-papers.ts'
import { CfdiMailError } from '../model/errors.ts'
import { type PaperKind, partiesFor } from '../model/paper.ts'
import { readIndex } from '../model/paper-index.ts'
import { parsePattern, usualPatterns } from '../model/paper-name.ts'
import type { Period } from '../model/period.ts'
import type { PackagedResult } from '../model/results/packaged.ts'
import { allCustomers } from '../store/customers.ts'
import { listDocumentSettings } from '../store/document-settings.ts'
import { findPackagingType, listPackagingTypes } from '../store/packaging-types.ts'
import { checkRoom } from './check-room.ts'
import { newcomersOf } from './create-customers.ts'
import { chooseCustomers } from './choose-customers.ts'
import type { Ctx } from './ctx.ts'
import { packPapers } from './pack-papers.ts'
import { afterPackaging } from './package-aftermath.ts'

/** Which papers to package. */
export interface PapersRequest {
  /** Folder with the papers. */
  readonly folder: string
  readonly kind: PaperKind
  /** CSV file that says which paper is for whom; null reads it from the names. */
  readonly index: string | null
  /** Patterns of the names; empty for the usual ones. */
  readonly patterns: readonly string[]
  /** Whether a customer that the index names and nobody knows is made. */
  readonly unknown: 'refuse' | 'create'
  /** Codes of parties, or `?` to search; empty for all. */
  readonly clients: readonly string[]
  /** By the papers' own date. */
  readonly period: Period
  readonly type: string | null
  readonly repetition: 'once' | 'again'
  readonly reason: string | null
  readonly mode: 'write' | 'dry-run'
}

/**
 * Packages papers that are no CFDI: each PDF of the folder that is matched with a party becomes a send order with a snapshot of
 * its bytes; each that is not is told with its reason.
 * @throws NEEDS_REASON, BAD_PAPER_PATTERN, SOURCE_NOT_FOUND, FILE_NOT_FOUND, BAD_CSV, PAPER_INDEX_COLUMN, CUSTOMER_NOT_FOUND,
 *   WRONG_PARTY, TYPE_NOT_FOUND, DISK_LOW, DISK_FULL
 */
export async function packagePapers(ctx: Ctx, request: PapersRequest): Promise<PackagedResult> {
  if (request.repetition === 'again' && request.reason === null) throw new CfdiMailError('NEEDS_REASON')
  const facts = await readFacts(ctx, request)
  if (request.mode === 'write') checkRoom(ctx)
  const index = request.index === null ? null : realPath(request.index)
  const folder = listPapers(existingFolder(request.folder), index)
  const choices = choosePapers(folder.files, facts)
  const taken = choices.filter((choice): choice is PaperTaken => choice.result === 'take')
  const left = choices.filter((choice): choice is PaperLeft => choice.result === 'leave')
  const result = await packPapers(ctx, { taken, left: [...left, ...closedFolders(folder)] }, request)
  await afterPackaging(ctx, result)
  return result
}

async function readFacts(ctx: Ctx, request: PapersRequest): Promise<PaperFacts> {
  const { kind, type, period } = request
  const source = sourceOf(request)
  const named = await chooseCustomers(ctx, request.clients, partiesFor(kind))
  if (type !== null && (await findPackagingType(ctx.db, type)) === undefined) {
    throw new CfdiMailError('TYPE_NOT_FOUND', { code: type })
  }
  const newcomers = await newcomersOf(ctx, source, request)
  const parties = [...(await allCustomers(ctx.db)), ...newcomers]
  const types = await listPackagingTypes(ctx.db)
  return {
    kind,
    source,
    parties: new Map(parties.map((party) => [party.code, party])),
    types: new Map(types.map((each) => [each.code, each])),
    askedType: type,
    settings: await listDocumentSettings(ctx.db),
    named: named === null ? null : new Set(named.map(({ code }) => code)),
    period,
  }
}

function sourceOf({ index, kind, patterns }: PapersRequest): PaperFacts['source'] {
  if (index !== null) return { index: readIndex(readCsv(readNamedFile(index)), index) }
  return patterns.length === 0
    ? { patterns: usualPatterns(kind), origin: 'usual' }
    : { patterns: patterns.map(parsePattern), origin: 'typed' }
}

function closedFolders({ closed }: PaperFolder): PaperLeft[] {
  const known = { customer: '', reference: '', date: null, amount: '', currency: '' }
  return closed.map(({ path, detail }) => ({ result: 'leave', path, known, reason: 'unreadable', detail }))
}
