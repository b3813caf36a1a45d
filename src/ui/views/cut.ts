import type { ViewContext } from './view.ts'

/** The lines of a table, and below them, when anything was cut for a narrow terminal, how to read the rest. */
export function* tellingCut(
  lines: Iterable<string>,
  { t, paint }: Pick<ViewContext, 't' | 'paint'>,
): Generator<string> {
  let isCut = false
  for (const line of lines) {
    isCut ||= line.includes('…')
    yield line
  }
  if (isCut) yield paint('dim', t('table.cut'))
}
