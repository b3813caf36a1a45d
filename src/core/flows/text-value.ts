import { readTextFile } from '../files/text-file.ts'
import type { Ctx } from './ctx.ts'

/**
 * What a flag that takes a text says: the text itself, `@file` for the file's, `@-` for standard input's. A text that begins
 * with `@@` is itself, because `@@folio` is a field.
 * @throws FILE_NOT_FOUND, NO_ACCESS
 */
export async function textValue(ctx: Pick<Ctx, 'readStdin'>, value: string): Promise<string> {
  if (value === '@-') return ctx.readStdin()
  return value.startsWith('@') && !value.startsWith('@@') ? readTextFile(value.slice(1)) : value
}
