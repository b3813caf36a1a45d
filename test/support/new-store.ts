/** New stores, copied from one that has all its tables: to run every migration anew takes longer than most tests do. */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { engineOf } from '../../src/core/store/engine.ts'
import { openStore, type OpenOptions } from '../../src/core/store/open.ts'
import type { Db } from '../../src/core/store/schema.ts'

/** Where the test files of one run leave it for each other; test/run.js gives the path and empties its folder. */
const SHARED = process.env['CFDI_MAIL_NEW_STORE']

let known: Promise<Buffer> | undefined

/** A new store in memory. */
export async function storeInMemory(options: OpenOptions = {}): Promise<Db> {
  return await openStore(':memory:', 'create', { ...options, image: await image() })
}

/** The store in a file: a new one or a copy of `image`, and the folders above it, for their owner only, unless it is there. */
export async function storeInFile(
  file: string,
  { image: copied, ...options }: OpenOptions = {},
): Promise<Db> {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  if (!existsSync(file)) writeFileSync(file, copied ?? (await image()), { mode: 0o600 })
  return await openStore(file, 'existing', options)
}

async function image(): Promise<Buffer> {
  known ??= SHARED === undefined ? made() : shared(SHARED)
  return await known
}

async function made(): Promise<Buffer> {
  const db = await openStore(':memory:', 'create')
  const bytes = engineOf(db).database.serialize()
  await db.destroy()
  return bytes
}

async function shared(file: string): Promise<Buffer> {
  try {
    return readFileSync(file)
  } catch {
    const bytes = await made()
    // Another test file may be at it too.
    const own = `${file}.${process.pid}`
    writeFileSync(own, bytes)
    renameSync(own, file)
    return bytes
  }
}
