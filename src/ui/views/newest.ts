import type { Listing } from '../../core/model/results/listing.ts'
import type { ViewContext } from './view.ts'

/** Lines that a person reads at a terminal of a list that only grows. A pipe or a file gets them all. */
const MOST = 50

/**
 * The newest rows of a list, oldest first, as many as a person reads.
 * @param limit what was asked for: then all of it is shown
 */
export function newest<T>(rows: readonly T[], limit: number | null, context: Reading): readonly T[]
export function newest<T>(rows: Listing<T>, limit: number | null, context: Reading): Listing<T>
export function newest<T>(rows: Listing<T>, limit: number | null, context: Reading): Listing<T> {
  if (limit !== null || readsAll(context)) return rows
  return Array.isArray(rows) ? rows.slice(-MOST) : lastOf(rows)
}

function lastOf<T>(rows: Iterable<T>): readonly T[] {
  const last: T[] = []
  for (const row of rows) {
    last.push(row)
    if (last.length > MOST) last.shift()
  }
  return last
}

/** The first rows of a list whose order is that of what comes next, as many as a person reads. */
export function firstOf<T>(rows: readonly T[], context: Reading): readonly T[] {
  return readsAll(context) ? rows : rows.slice(0, MOST)
}

type Reading = Pick<ViewContext, 'verbosity' | 'width'>

function readsAll({ verbosity, width }: Reading): boolean {
  return verbosity === 'verbose' || width === Infinity
}
