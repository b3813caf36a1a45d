import type { Db } from './schema.ts'

/** Something to be written, and who waits for it to be durable. */
interface Wish {
  readonly write: (db: Db) => Promise<unknown>
  readonly resolve: (value: unknown) => void
  readonly reject: (reason: unknown) => void
}

/** What of one store waits for the commit of this turn. */
const waiting = new WeakMap<Db, Wish[]>()

/**
 * Runs `write` in a transaction and resolves when it is committed, like a transaction of its own; but what several connections
 * of a lane have to write in the same turn of the event loop shares one commit, and so one fsync. Each sees what those before
 * it wrote. One that throws takes nothing from the others: they are then written each by itself.
 * @param write only reads and writes the store it is given; it may run twice
 */
export function sharingCommit<T>(db: Db, write: (db: Db) => Promise<T>): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const wish: Wish = { write, resolve: (value) => resolve(value as T), reject }
    const wishes = waiting.get(db)
    if (wishes !== undefined) {
      wishes.push(wish)
      return
    }
    waiting.set(db, [wish])
    setImmediate(() => {
      const all = waiting.get(db) ?? []
      waiting.delete(db)
      void commit(db, all)
    })
  })
}

async function commit(db: Db, wishes: readonly Wish[]): Promise<void> {
  const failed: { reason: unknown }[] = []
  try {
    const values = await db.transaction().execute(async (db) => {
      const values: unknown[] = []
      for (const { write } of wishes) values.push(await written(db, write, failed))
      return values
    })
    for (const [i, { resolve }] of wishes.entries()) resolve(values[i])
  } catch (reason) {
    // The store itself could not begin or commit: so it is for all. Or one could not be written: then the others still can.
    if (failed.length === 0 || wishes.length === 1) for (const { reject } of wishes) reject(reason)
    else for (const wish of wishes) await commit(db, [wish])
  }
}

async function written(db: Db, write: Wish['write'], failed: { reason: unknown }[]): Promise<unknown> {
  try {
    return await write(db)
  } catch (reason) {
    failed.push({ reason })
    throw reason
  }
}
