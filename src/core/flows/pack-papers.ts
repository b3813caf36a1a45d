import type { PaperLeft, PaperTaken } from '../model/choose-papers.ts'
import type { PaperKind } from '../model/paper.ts'
import { paperResult } from '../model/paper-reason.ts'
import type { PackagedDocument, PackagedOrder, PackagedResult } from '../model/results/packaged.ts'
import { enqueuePapers, type PackagedPaper, packagedPapers } from '../store/papers.ts'
import type { Ctx } from './ctx.ts'
import { keepSnapshots } from './keep-snapshots.ts'
import type { MadeOrder } from './make-orders.ts'
import { goesByMailToo, makePaperChat } from './make-paper-chat.ts'
import { paperOrderView } from './make-paper-order.ts'
import { listedReport } from './packaging-report.ts'
import { type ReadPaper, readPapers } from './read-papers.ts'
import { type Objection, tryPaperOrder } from './try-paper-order.ts'

/** Papers whose bytes are in memory together and that are queued in one commit: so many, or fewer large ones. */
const BATCH = 100
const BATCH_BYTES = 16 * 1024 * 1024

/** How papers are packed. */
export interface PaperPacking {
  readonly kind: PaperKind
  /** Packaging type asked for, or null for each party's own: only told. */
  readonly type: string | null
  readonly repetition: 'once' | 'again'
  readonly reason: string | null
  readonly mode: 'write' | 'dry-run'
}

export interface PaperChoices {
  readonly taken: readonly PaperTaken[]
  readonly left: readonly PaperLeft[]
}

/** What a run has come to so far. */
interface Run {
  readonly packing: PaperPacking
  /** By path, in the order in which they are told. */
  readonly outcomes: Map<string, PackagedDocument>
  /** Party and bytes of what this run queued. */
  readonly seen: Set<string>
}

/**
 * Makes a send order of each matched paper and queues it, in batches that keep memory flat. A signal ends it after the batch in
 * hand.
 * @throws DISK_FULL, STORE_BUSY
 */
export async function packPapers(
  ctx: Ctx,
  { taken, left }: PaperChoices,
  packing: PaperPacking,
): Promise<PackagedResult> {
  const outcomes = new Map([
    ...taken.map((each) => [each.path, takenDocument(each)] as const),
    ...left.map((each) => [each.path, leftDocument(each, packing.kind)] as const),
  ])
  const run: Run = { packing, outcomes, seen: new Set() }
  const orders: PackagedOrder[] = []
  let batch: ReadPaper[] = []
  let bytes = 0
  let packed = 0
  for (const read of readPapers(taken, ctx.settings.maxFileBytes)) {
    if ('reason' in read) {
      refuse(run, read.choice, read)
      continue
    }
    batch.push(read)
    bytes += read.content.length
    if (batch.length < BATCH && bytes < BATCH_BYTES) continue
    orders.push(...(await packBatch(ctx, batch, run)))
    packed += batch.length
    ctx.progress('package', packed, taken.length)
    batch = []
    bytes = 0
    if (ctx.signal.aborted) break
  }
  orders.push(...(await packBatch(ctx, batch, run)))
  const report = listedReport(packing)
  report.add([...outcomes.values()], orders)
  return report.result(ctx.signal)
}

interface MadePaper extends MadeOrder {
  readonly paper: ReadPaper
}

async function packBatch(ctx: Ctx, batch: readonly ReadPaper[], run: Run): Promise<PackagedOrder[]> {
  const { kind, repetition, mode } = run.packing
  const keys = batch.map(({ paper, sha256 }) => ({ reference: paper.reference, sha256 }))
  const packaged = await packagedPapers(ctx.db, kind, keys)
  const made: MadePaper[] = []
  for (const paper of batch) {
    const objection = repetition === 'again' ? null : objectionTo(paper, packaged, run)
    const orders = objection ?? (await tryOrders(ctx, paper, run.packing))
    if ('reason' in orders) refuse(run, paper, orders)
    else made.push(...orders.map((order) => ({ ...order, paper })))
  }
  if (mode === 'dry-run') return made.map(({ order }) => paperOrderView(order, ''))
  // Bytes first, then the rows that name them.
  const kept = await keepSnapshots(ctx, made)
  const orders = kept.map(({ order }) => order)
  const written = await enqueuePapers(ctx.db, orders, repetition)
  return made.flatMap(({ order, paper }) => {
    if (written.has(order.id)) return [paperOrderView(order, order.id)]
    // Another run packaged it between the choice and now.
    refuse(run, paper, { reason: 'already', detail: '' })
    return []
  })
}

/** What speaks against a paper that was packaged before: under its reference, or the same bytes under another. */
function objectionTo(
  { paper, sha256 }: ReadPaper,
  packaged: readonly PackagedPaper[],
  { seen }: Run,
): Objection | null {
  const own = packaged.filter(({ customer }) => customer === paper.customer.code)
  const before = own.filter(({ reference }) => reference === paper.reference)
  if (before.some((each) => each.sha256 === sha256)) return { reason: 'already', detail: paper.reference }
  const [first] = before
  if (first !== undefined) return { reason: 'paper-changed', detail: paper.reference }
  const twin = own.find((each) => each.sha256 === sha256)
  if (twin !== undefined) return { reason: 'same-paper', detail: twin.reference }
  const key = `${paper.customer.code} ${sha256}`
  if (seen.has(key)) return { reason: 'same-paper', detail: paper.reference }
  seen.add(key)
  return null
}

/** The paper's mail, and its WhatsApp message where the party's channel has that. */
async function tryOrders(
  ctx: Ctx,
  paper: ReadPaper,
  { reason }: PaperPacking,
): Promise<readonly MadeOrder[] | Objection> {
  const parts = { ...paper, pdf: paper.page === paper.path ? null : paper.content }
  const mail = await tryPaperOrder(ctx, parts, reason)
  if ('reason' in mail) return mail
  const chat = await makePaperChat(ctx, parts, reason)
  if (chat === null) return [mail]
  return goesByMailToo(paper.paper.customer) ? [mail, chat] : [chat]
}

function refuse({ outcomes }: Run, choice: PaperTaken, { reason, detail }: Objection): void {
  const told = takenDocument(choice)
  outcomes.set(choice.path, { ...told, result: paperResult(reason), reason, detail })
}

function takenDocument({ path, paper }: PaperTaken): PackagedDocument {
  const { kind, customer, reference, date, amount, currency } = paper
  return {
    uuid: null,
    file: path,
    documentKind: kind,
    series: '',
    folio: reference,
    reference,
    issuedAt: date,
    total: amount,
    currency,
    receiverRfc: customer.rfc,
    customer: customer.code,
    result: 'queued',
    reason: null,
    files: [],
    detail: '',
  }
}

function leftDocument({ path, known, reason, detail }: PaperLeft, kind: PaperKind): PackagedDocument {
  const { customer, reference, date, amount, currency } = known
  return {
    uuid: null,
    file: path,
    documentKind: kind,
    series: '',
    folio: reference,
    reference,
    issuedAt: date,
    total: amount,
    currency,
    receiverRfc: '',
    customer: customer === '' ? null : customer,
    result: paperResult(reason),
    reason,
    files: [],
    detail,
  }
}
