import {
  chmodSync,
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { orderFileName } from '../model/order-file.ts'
import { fileError } from './named-file.ts'
import { storeMark } from './order-folder.ts'
import { syncFolder } from './durable-files.ts'

/** Where order files for another mailer are written. */
export interface OrderSpool {
  /** Folder that the mailer watches. Absolute. */
  readonly orders: string
  /** Folder below which it finds attachments. Absolute. */
  readonly attachments: string
  /** Folder of this store's data: its unfinished files are told from those of others. */
  readonly store: string
}

/** A file to be attached. */
export interface SpooledFile {
  readonly name: string
  readonly content: Buffer
}

/**
 * Writes the attachments of an order into a folder of their own, and its order under a name that no mailer picks up. Durable on
 * return; `publishOrder` gives it its name.
 * @param text of the order file
 * @throws NO_ACCESS, DISK_FULL, CANNOT_WRITE
 */
export function prepareOrder(
  spool: OrderSpool,
  { id, text, files }: { readonly id: string; readonly text: string; readonly files: readonly SpooledFile[] },
): void {
  const folder = join(spool.attachments, id)
  try {
    const { mode } = statSync(spool.orders)
    mkdirSync(folder, { recursive: true })
    chmodSync(folder, 0o700 | (mode & 0o055))
    for (const { name, content } of files) writeShared(join(folder, name), content, mode)
    syncFolder(folder)
    writeShared(hiddenPath(spool, id), Buffer.from(text), mode)
  } catch (error) {
    throw fileError(spool.orders, error, 'CANNOT_WRITE')
  }
}

/** Gives a prepared order the name that mailers look for: a rename, so that none sees half of it. */
export function publishOrder(spool: OrderSpool, id: string): void {
  renameSync(hiddenPath(spool, id), join(spool.orders, orderFileName(id)))
  syncFolder(spool.orders)
}

/** Takes back a prepared order that is not to be. */
export function dropPrepared(spool: OrderSpool, id: string): void {
  rmSync(hiddenPath(spool, id), { force: true })
  rmSync(join(spool.attachments, id), { recursive: true, force: true })
}

/** Ids of this store's orders that were prepared and neither published nor dropped: a process died in between. */
export function preparedOrders(spool: OrderSpool): readonly string[] {
  const prefix = hiddenName(spool, '')
  return readdirSync(spool.orders).flatMap((name) =>
    name.startsWith(prefix) ? [name.slice(prefix.length).replace(/\.tmp$/, '')] : [],
  )
}

function hiddenPath(spool: OrderSpool, id: string): string {
  return join(spool.orders, `${hiddenName(spool, id)}.tmp`)
}

function hiddenName({ store }: OrderSpool, id: string): string {
  return `.cfdi-mail-${storeMark(store)}-${id}`
}

/** The mailer may be another user: who can read the folder's files can read these. */
function writeShared(path: string, content: Buffer, folderMode: number): void {
  const file = openSync(path, 'w', 0o600)
  try {
    writeFileSync(file, content)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  chmodSync(path, 0o600 | (folderMode & 0o044))
}
