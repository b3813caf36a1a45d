import type { ViewContext } from './view.ts'

/** Lines that a person reads at a terminal of a list that only grows. A pipe or a file gets them all. */
const MOST = 50

/**
 * The newest rows of a list, oldest first, as many as a person reads.
 * @param limit what was asked for: then all of it is shown
 */
export function newest<T>(
  rows: readonly T[],
  limit: number | null,
  { verbosity, width }: Pick<ViewContext, 'verbosity' | 'width'>,
): readonly T[] {
  return limit !== null || verbosity === 'verbose' || width === Infinity ? rows : rows.slice(-MOST)
}
