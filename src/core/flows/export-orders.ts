import { existingFolder } from '../files/folders.ts'
import {
  dropPrepared,
  type OrderSpool,
  preparedOrders,
  prepareOrder,
  publishOrder,
} from '../files/order-spool.ts'
import { profileFor } from '../model/lanes.ts'
import { orderFileText } from '../model/order-file-text.ts'
import type { NewOrder } from '../model/send-order.ts'
import { enqueueOrders, type Repetition } from '../store/enqueue.ts'
import { knownOrders } from '../store/order-files.ts'
import { listProfiles } from '../store/profiles.ts'
import type { Ctx } from './ctx.ts'
import type { MadeOrder } from './make-orders.ts'
import { takeOrderLock } from './order-lock.ts'

/** A folder for order files, held by one `package` run. */
export interface OrderExport {
  readonly spool: OrderSpool
  readonly release: () => void
}

/**
 * Opens a folder for writing order files, alone among the processes of this store, and ends what one that died began: what was
 * queued gets its name, what was not is taken back.
 * @param folder where the other mailer looks; attachments go below the settings' `mailerAttachmentPath`, else below this
 * @throws SOURCE_NOT_FOUND, IMPORT_RUNNING
 */
export async function openOrderExport(ctx: Ctx, folder: string): Promise<OrderExport> {
  const orders = existingFolder(folder)
  const { mailerAttachmentPath: path } = ctx.settings
  const attachments = path === null ? orders : existingFolder(path)
  const spool = { orders, attachments, store: ctx.folders.data }
  const lock = takeOrderLock(ctx)
  const prepared = preparedOrders(spool)
  const known = await knownOrders(ctx.db, prepared)
  for (const id of prepared) (known.has(id) ? publishOrder : dropPrepared)(spool, id)
  return {
    spool,
    release: () => {
      lock.release()
    },
  }
}

/** Whether an order has anybody to go to; a file for nobody is none. */
export function isAddressed({ order }: MadeOrder): boolean {
  return order.deliveries.some(({ state }) => state === 'pending')
}

/**
 * Hands orders to another mailer: writes each under a name that no mailer picks up, commits all as `exported`, then gives them
 * their names. Killed in between, the next run does the rest; an order is never there twice, and never lost.
 * @returns ids of the orders that were written
 */
export async function exportOrders(
  ctx: Ctx,
  spool: OrderSpool,
  { made, repetition }: { readonly made: readonly MadeOrder[]; readonly repetition: Repetition },
): Promise<Set<string>> {
  const exported = made.filter(isAddressed)
  for (const each of exported) await prepare(ctx, spool, each)
  ctx.fault('order-file')
  const orders = exported.map(({ order }) => asExported(order))
  const written = await enqueueOrders(ctx.db, orders, repetition)
  ctx.fault('order-file')
  for (const { id } of orders) (written.has(id) ? publishOrder : dropPrepared)(spool, id)
  return written
}

/** Those of its recipients that are held stay held here, and do not stand in the file. */
function asExported(order: NewOrder): NewOrder {
  return {
    ...order,
    deliveries: order.deliveries.map((delivery) =>
      delivery.state === 'pending' ? { ...delivery, state: 'exported' } : delivery,
    ),
  }
}

async function prepare(ctx: Ctx, spool: OrderSpool, { order, blobs }: MadeOrder): Promise<void> {
  const profile = profileFor(await listProfiles(ctx.db), order.profile)
  const pending = order.deliveries.filter(({ state }) => state === 'pending')
  const text = orderFileText({
    ...{ id: order.id, createdAt: order.createdAt, customer: order.customer, profile: profile ?? null },
    sender: order.sealed?.sender ?? order.sender ?? '',
    recipients: pending.map(({ address }) => address),
    subject: order.subject,
    body: order.html === null ? order.text : `HTML\n${order.html}`,
    attachments: order.attachments.map(({ name }) => pathFor(ctx, `${order.id}/${name}`)),
  })
  const files = order.attachments.map(({ name, sha256 }) => ({
    name,
    content: blobs.get(sha256) ?? Buffer.alloc(0),
  }))
  prepareOrder(spool, { id: order.id, text, files })
}

/** The path as the other mailer knows it: below the folder's own name for it, with that name's separators. */
function pathFor(ctx: Ctx, path: string): string {
  const prefix = ctx.settings.mailerAttachmentPrefix ?? ''
  if (prefix === '') return path
  const separator = prefix.includes('\\') ? '\\' : '/'
  return `${prefix.replace(/[\\/]+$/, '')}${separator}${path.replaceAll('/', separator)}`
}
