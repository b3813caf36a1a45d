import type { Expression, ExpressionBuilder, SqlBool } from 'kysely'
import type { Schema } from './schema.ts'

/**
 * Whether a path is below a folder, for a query in another order than that of paths: of a range SQLite might choose the index of paths,
 * and then has to sort. By comparing the beginning and not by LIKE: file names hold `%` and `_`. SQLite counts characters, where
 * JavaScript counts an emoji twice.
 */
export function isUnder(where: ExpressionBuilder<Schema, 'document'>, source: string): Expression<SqlBool> {
  const prefix = withSeparator(source)
  return where(where.fn('substr', ['path', where.val(1), where.val([...prefix].length)]), '=', prefix)
}

/** The folder's path as the paths below it begin. */
export function withSeparator(folder: string): string {
  if (folder.endsWith('/') || folder.endsWith('\\')) return folder
  return `${folder}${folder.includes('\\') ? '\\' : '/'}`
}

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
