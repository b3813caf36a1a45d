import type { ViewContext } from './view.ts'

/** A table, and below it, when anything in it was cut for a narrow terminal, how to read the rest. */
export function tellingCut(table: string, { t, paint }: Pick<ViewContext, 't' | 'paint'>): string[] {
  return table.includes('…') ? [table, paint('dim', t('table.cut'))] : [table]
}
