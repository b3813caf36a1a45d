import type { Expression, ExpressionBuilder, SqlBool } from 'kysely'
import type { Schema } from './schema.ts'
import { withSeparator } from './under-folder.ts'

/** Paths from the first one up to, and without, the end: found by the index of paths, without looking at any other. */
export interface PathRange {
  readonly first: string
  readonly end: string
}

/** What is below a folder, in the order in which SQLite compares text: byte by byte. @param folder absolute path */
export function rangeOf(folder: string): PathRange {
  const first = withSeparator(folder)
  return { first, end: afterAllBelow(first) }
}

export function inRange(
  where: ExpressionBuilder<Schema, 'document'>,
  { first, end }: PathRange,
): Expression<SqlBool> {
  return where.and([where('path', '>=', first), where('path', '<', end)])
}

/** Below `/a/` lies what is not less than that and less than `/a0`, `0` being next to `/`. */
function afterAllBelow(prefix: string): string {
  return prefix.slice(0, -1) + String.fromCharCode(prefix.charCodeAt(prefix.length - 1) + 1)
}
