import { setImmediate as turn } from 'node:timers/promises'
import { existingFolder } from '../files/folders.ts'
import { checkOrderFolder, type FoundOrder, listOrderFiles, lookAt } from '../files/order-folder.ts'
import type { AttachmentRoots } from '../files/order-paths.ts'
import { CfdiMailError } from '../model/errors.ts'
import type { OrderFileView, OrdersImportedResult } from '../model/results/order-files.ts'
import { allCustomers } from '../store/customers.ts'
import { checkRoom } from './check-room.ts'
import type { Ctx } from './ctx.ts'
import { takeOrderLock } from './order-lock.ts'
import { viewOfNone } from './order-file-view.ts'
import { claimsOf, lookOnly, takeOrderFile, type Taking } from './take-order-file.ts'

export interface ImportOrdersRequest {
  /** Null for the settings' `mailerDir`. */
  readonly folder: string | null
  /** Files of one run; null for the usual. */
  readonly limit: number | null
  /** `open`: also from a folder in which every user of the machine can write. */
  readonly access: 'guarded' | 'open'
  readonly mode: 'write' | 'dry-run'
}

/** Files of one run: the rest is for the next, so that a folder with a million cannot keep the others waiting. */
export const ORDER_BATCH = 500

/** A file that changed less than this ago may still be being written. */
const SETTLE_MS = 2000

/**
 * Takes the order files of a folder into the outbox. Each file is claimed by renaming it into `work/`, and ends in `done/` or,
 * with its reason beside it, in `bad/`; one that is not finished stays where it is. One file never stops the next. It needs no
 * send lock; two imports of one store exclude each other.
 * @throws NO_ORDER_FOLDER, SOURCE_NOT_FOUND, ORDER_FOLDER_OPEN, IMPORT_RUNNING, NO_ACCESS, DISK_LOW, DISK_FULL
 */
export async function importOrders(ctx: Ctx, request: ImportOrdersRequest): Promise<OrdersImportedResult> {
  const folder = orderFolder(ctx, request)
  const roots = attachmentRoots(ctx, folder)
  if (request.access === 'guarded')
    for (const root of new Set([folder, ...roots.folders])) checkOrderFolder(root)
  if (request.mode === 'dry-run') return await run(ctx, { folder, roots, request })
  checkRoom(ctx)
  const lock = takeOrderLock(ctx)
  try {
    return await run(ctx, { folder, roots, request })
  } finally {
    lock.release()
  }
}

function orderFolder(ctx: Ctx, { folder }: ImportOrdersRequest): string {
  const path = folder ?? ctx.settings.mailerDir
  if (path === null) throw new CfdiMailError('NO_ORDER_FOLDER', { file: ctx.folders.settings })
  return existingFolder(path)
}

/** Below the attachments' folder of the settings first, then beside the orders. */
export function attachmentRoots(ctx: Ctx, folder: string): Omit<AttachmentRoots, 'owner'> {
  const { mailerAttachmentPath, mailerAttachmentPrefix } = ctx.settings
  const folders = mailerAttachmentPath === null ? [folder] : [existingFolder(mailerAttachmentPath), folder]
  return { folders: [...new Set(folders)], prefix: mailerAttachmentPrefix ?? '' }
}

interface Run {
  readonly folder: string
  readonly roots: Omit<AttachmentRoots, 'owner'>
  readonly request: ImportOrdersRequest
}

async function run(ctx: Ctx, { folder, roots, request }: Run): Promise<OrdersImportedResult> {
  const isDry = request.mode === 'dry-run'
  const abandoned = isDry ? [] : claimsOf(ctx, folder)
  const listing = listOrderFiles(folder, request.limit ?? ORDER_BATCH)
  const settled = await settledAmong(ctx, folder, listing.files)
  const taking: Taking = { folder, roots, customers: await allCustomers(ctx.db) }
  const files: OrderFileView[] = listing.noOrders.map(({ name, reason }) =>
    viewOfNone(name, { result: 'waiting', reason }),
  )
  let { more } = listing
  for (const file of [...abandoned, ...listing.files]) {
    if (ctx.signal.aborted) {
      more = true
      break
    }
    const isReady = abandoned.includes(file) || settled.has(file.name)
    if (!isReady) files.push(viewOfNone(file.name, { result: 'waiting', reason: 'settling' }))
    else files.push(isDry ? await lookOnly(ctx, taking, file) : await takeOrderFile(ctx, taking, file))
    ctx.progress('package', files.length, abandoned.length + listing.files.length)
    await turn()
  }
  return resultOf({ folder, files, more, dryRun: isDry }, listing.noOrders.length)
}

/**
 * Names of the files that nobody is writing any more. One that changed just now, or in the future of another machine's clock,
 * is looked at again after a while, and has to be the same.
 */
async function settledAmong(
  ctx: Ctx,
  folder: string,
  files: readonly FoundOrder[],
): Promise<ReadonlySet<string>> {
  const now = ctx.now().getTime()
  const fresh = files.filter(({ changedAt }) => now - changedAt < SETTLE_MS)
  if (fresh.length > 0) await ctx.sleep(SETTLE_MS)
  const moving = fresh.filter((file) => {
    const again = lookAt(folder, file.name)
    return again === null || again.size !== file.size || again.changedAt !== file.changedAt
  })
  const restless = new Set(moving.map(({ name }) => name))
  return new Set(files.map(({ name }) => name).filter((name) => !restless.has(name)))
}

/** @param noOrders how many of the files are no orders and stay where they are until a person takes them away */
function resultOf(
  found: Pick<OrdersImportedResult, 'folder' | 'files' | 'more' | 'dryRun'>,
  noOrders: number,
): OrdersImportedResult {
  const count = (result: OrderFileView['result']) =>
    found.files.filter((file) => file.result === result).length
  const held = found.files.filter(({ recipients }) => recipients.some(({ state }) => state === 'held')).length
  return {
    kind: 'orders-imported',
    ...found,
    needsPerson: count('refused') + held + noOrders > 0,
    totals: {
      files: found.files.length,
      queued: count('queued'),
      held,
      repeated: count('repeated'),
      waiting: count('waiting'),
      refused: count('refused'),
    },
  }
}
