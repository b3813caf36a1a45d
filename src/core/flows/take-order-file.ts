import { dirname } from 'node:path'
import {
  fileAway,
  type FoundOrder,
  listOrderFiles,
  moveOrder,
  workFolder,
  writeReason,
} from '../files/order-folder.ts'
import type { AttachmentRoots } from '../files/order-paths.ts'
import { storePack } from '../files/packs.ts'
import { refusalText } from '../message/order-refusal.ts'
import type { Customer } from '../model/customer.ts'
import type { NewEvent } from '../model/event.ts'
import { orderIdOf } from '../model/order-file.ts'
import type { OrderFileView } from '../model/results/order-files.ts'
import { insertEvents } from '../store/event-log.ts'
import { countLook, enqueueFromFile, findTaken, forgetLooks } from '../store/order-files.ts'
import type { Ctx } from './ctx.ts'
import { ignoredEvents, makeFileOrder } from './make-file-order.ts'
import { viewOfFault, viewOfNone, viewOfOrder } from './order-file-view.ts'
import { type OrderContent, type OrderFault, readOrder } from './read-order-file.ts'

/** What every file of a run is judged by. */
export interface Taking {
  /** Absolute, links resolved. */
  readonly folder: string
  readonly roots: Omit<AttachmentRoots, 'owner'>
  readonly customers: readonly Customer[]
}

/** How long, and how often, an unfinished file is waited for. */
const PATIENCE = { minutes: 10, looks: 3 }
/** A file that ended the program this often is set aside. */
const TRIES = 3

/** Files that a process of this store had in hand when it died. Only one process imports at a time. */
export function claimsOf(ctx: Ctx, folder: string): readonly FoundOrder[] {
  try {
    return listOrderFiles(workFolder(folder, ctx.folders.data), Number.MAX_SAFE_INTEGER).files
  } catch {
    return []
  }
}

/** Judges a file as it lies there, without touching it. */
export async function lookOnly(ctx: Ctx, taking: Taking, file: FoundOrder): Promise<OrderFileView> {
  const reading = readOrder(ctx, file.path, taking.roots)
  if (!reading.ok) {
    const { unfinished } = reading.fault
    return viewOfFault(file, reading.fault, unfinished === 'maybe' ? 'waiting' : 'refused')
  }
  const repeated = await repetitionOf(ctx, file, reading.order)
  if (repeated !== null) return repeated
  const made = await makeFileOrder(ctx, { file, content: reading.order, customers: taking.customers })
  return 'reason' in made
    ? viewOfFault(file, { ...made, file: reading.order.file, unfinished: 'no' }, 'refused')
    : viewOfOrder(file, { content: reading.order, made }, '')
}

/**
 * Takes one file: reads it, claims it by renaming, judges what was claimed, and writes its order; then the file goes to `done/`
 * or `bad/`. Killed anywhere, the next run finds it in `work/` and ends what was begun, once.
 */
export async function takeOrderFile(ctx: Ctx, taking: Taking, file: FoundOrder): Promise<OrderFileView> {
  const look = `${file.name} ${file.size} ${file.changedAt}`
  const first = readOrder(ctx, file.path, taking.roots)
  if (!first.ok && first.fault.unfinished === 'maybe' && (await isYoung(ctx, look)))
    return await putBack(taking, file, first.fault)
  const { tries } = await countLook(ctx.db, { file: look, at: ctx.now(), counts: 'try' })
  const path = inHand(ctx, taking, file)
    ? file.path
    : moveOrder(file, workFolder(taking.folder, ctx.folders.data))
  if (path === null) return viewOfNone(file.name, { result: 'waiting', reason: 'in-hand' })
  ctx.fault('order-file')
  const claimed = { ...file, path }
  const view =
    tries > TRIES
      ? viewOfFault(file, { reason: 'failed-before', detail: '', unfinished: 'no', file: null }, 'refused')
      : await process(ctx, taking, claimed)
  await finish(ctx, { taking, claimed, view, look })
  return view
}

function inHand(ctx: Ctx, { folder }: Taking, { path }: FoundOrder): boolean {
  return dirname(path) === workFolder(folder, ctx.folders.data)
}

async function isYoung(ctx: Ctx, look: string): Promise<boolean> {
  const { firstAt, looks } = await countLook(ctx.db, { file: look, at: ctx.now(), counts: 'look' })
  const minutes = (ctx.now().getTime() - new Date(firstAt).getTime()) / 60_000
  return looks < PATIENCE.looks || minutes < PATIENCE.minutes
}

/** One that was in hand returns to where its writer left it. */
async function putBack({ folder }: Taking, file: FoundOrder, fault: OrderFault): Promise<OrderFileView> {
  if (dirname(file.path) !== folder) moveOrder(file, folder)
  return viewOfFault(file, fault, 'waiting')
}

/** Reads again: what counts are the bytes that were claimed. */
async function process(ctx: Ctx, taking: Taking, file: FoundOrder): Promise<OrderFileView> {
  const reading = readOrder(ctx, file.path, taking.roots)
  if (!reading.ok) return viewOfFault(file, reading.fault, 'refused')
  const content = reading.order
  const repeated = await repetitionOf(ctx, file, content)
  if (repeated !== null) return repeated
  const made = await makeFileOrder(ctx, { file, content, customers: taking.customers })
  if ('reason' in made) return viewOfFault(file, { ...made, file: content.file, unfinished: 'no' }, 'refused')
  const blobs = made.order.attachments.map(
    ({ sha256 }, i) => [sha256, content.attachments[i]?.content] as const,
  )
  const places = await storePack(
    ctx.folders.spool,
    new Map(blobs.flatMap(([sha256, bytes]) => (bytes ? [[sha256, bytes]] : []))),
    ctx.fault,
  )
  const source = { identification: orderIdOf(file.name) ?? '', sha256: content.sha256 }
  const isNew = await enqueueFromFile(ctx.db, {
    source,
    order: { ...made.order, places },
    events: ignoredEvents(file, made),
  })
  return isNew
    ? viewOfOrder(file, { content, made }, made.order.id)
    : viewOfNone(file.name, { result: 'repeated', reason: 'taken' })
}

/** The same content, whatever it is called now, is one order; another one under a known identification is a forgery or a mistake. */
async function repetitionOf(
  ctx: Ctx,
  file: FoundOrder,
  { sha256 }: OrderContent,
): Promise<OrderFileView | null> {
  const taken = await findTaken(ctx.db, { identification: orderIdOf(file.name) ?? '', sha256 })
  if (taken === undefined) return null
  return taken.sha256 === sha256
    ? viewOfNone(file.name, { result: 'repeated', reason: 'taken', order: taken.order_id })
    : viewOfNone(file.name, { result: 'refused', reason: 'id-reused', detail: taken.order_id })
}

interface Finished {
  readonly taking: Taking
  readonly claimed: FoundOrder
  readonly view: OrderFileView
  readonly look: string
}

/** The log has it before the file moves: a file that is still in `work/` is told again, one in `bad/` is never untold. */
async function finish(ctx: Ctx, { taking, claimed, view, look }: Finished): Promise<void> {
  if (view.result === 'refused') await insertEvents(ctx.db, [refusalEvent(ctx, view)])
  const path = fileAway(claimed, taking.folder, view.result === 'refused' ? 'bad' : 'done')
  if (path !== null && view.result === 'refused')
    writeReason(path, refusalText(view, ctx.settings.language ?? 'es'))
  await forgetLooks(ctx.db, look)
}

function refusalEvent(ctx: Ctx, view: OrderFileView): NewEvent {
  return {
    at: ctx.now().toISOString(),
    level: 'error',
    event: 'order-file-refused',
    order: null,
    customer: view.customer,
    uuid: null,
    recipient: null,
    detail: [view.file, view.reason, view.detail].filter(Boolean).join(': '),
  }
}
