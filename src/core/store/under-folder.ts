import type { Expression, ExpressionBuilder, SqlBool } from 'kysely'
import type { Schema } from './schema.ts'

/**
 * By comparing the beginning and not by LIKE or a range: file names hold `%` and `_`, and engines sort text differently. They
 * count characters, where JavaScript counts an emoji twice.
 */
export function isUnder(where: ExpressionBuilder<Schema, 'document'>, source: string): Expression<SqlBool> {
  const prefix =
    source.endsWith('/') || source.endsWith('\\') ? source : `${source}${source.includes('\\') ? '\\' : '/'}`
  return where(where.fn('substr', ['path', where.val(1), where.val([...prefix].length)]), '=', prefix)
}
