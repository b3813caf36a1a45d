import type { Expression, ExpressionBuilder, SqlBool } from 'kysely'
import type { Schema } from './schema.ts'

/**
 * By comparing the beginning and not by LIKE or a range: file names hold `%` and `_`, and engines sort text differently. They
 * count characters, where JavaScript counts an emoji twice.
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
