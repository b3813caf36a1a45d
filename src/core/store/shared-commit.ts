import { setImmediate as turn } from 'node:timers/promises'
import { committedBeside } from './commit-log.ts'
import type { Db } from './schema.ts'

/** Something to be written, and who waits for it to be durable. */
interface Wish {
  readonly write: (db: Db) => unknown
  readonly resolve: (value: unknown) => void
  readonly reject: (reason: unknown) => void
}

/** What waits for the next commit of a store; not there while nothing is written. */
const waiting = new WeakMap<Db, Wish[]>()

/**
 * Runs `write` in a transaction and resolves when it is committed, like a transaction of its own; but what several connections
 * of a lane have to write in the same turn of the event loop, or while an earlier commit goes to the disk, shares one commit, and
 * so one sync. Each sees what those before it wrote. One that throws takes nothing from the others: they are then written each
 * by itself.
 * @param write only reads and writes the store it is given, by statements of `prepared`, at once; it may run twice
 */
export function sharingCommit<T>(
  db: Db,
  write: (db: Db) => T extends Promise<unknown> ? never : T,
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const wish: Wish = { write, resolve: (value) => resolve(value as T), reject }
    const wishes = waiting.get(db)
    if (wishes !== undefined) {
      wishes.push(wish)
      return
    }
    const first = [wish]
    waiting.set(db, first)
    void commitAll(db, first)
  })
}

/** One commit after another until nobody waits. */
async function commitAll(db: Db, wishes: Wish[]): Promise<void> {
  await turn()
  while (wishes.length > 0) {
    await commit(db, wishes.splice(0))
    await turn()
  }
  waiting.delete(db)
}

async function commit(db: Db, wishes: readonly Wish[]): Promise<void> {
  const step = { isWriting: false }
  const written = (db: Db, { write }: Wish): unknown => {
    step.isWriting = true
    const value = write(db)
    step.isWriting = false
    return value
  }
  try {
    const values = await committedBeside(db, (db) => wishes.map((wish) => written(db, wish)))
    for (const [i, { resolve }] of wishes.entries()) resolve(values[i])
  } catch (reason) {
    // The store itself could not begin or commit: so it is for all. Or one could not be written: then the others still can.
    if (!step.isWriting || wishes.length === 1) for (const { reject } of wishes) reject(reason)
    else for (const wish of wishes) await commit(db, [wish])
  }
}
