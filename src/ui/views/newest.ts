import type { ViewContext } from './view.ts'

/** Lines that a person reads of a list that only grows. */
const MOST = 50

/**
 * The newest rows of a list, oldest first, as many as a person reads.
 * @param limit what was asked for: then all of it is shown
 */
export function newest<T>(
  rows: readonly T[],
  limit: number | null,
  { verbosity }: Pick<ViewContext, 'verbosity'>,
): readonly T[] {
  return limit !== null || verbosity === 'verbose' ? rows : rows.slice(-MOST)
}
