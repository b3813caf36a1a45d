import { stripControls } from './plain.ts'

/** A column of a table: its title, which way it is set, and whether it may be cut when the terminal is narrow. */
export interface Column {
  readonly title: string
  readonly align?: 'right'
  readonly flexible?: true
}

const GAP = '  '
const NARROWEST = 8

/**
 * A table in plain text, one line a row, no wider than `width` as long as flexible columns can give way.
 * @param rows one text per column; control characters are taken out, so that a name cannot move the cursor
 */
export function table(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  width: number,
): string {
  const cells = rows.map((row) => columns.map((_, i) => stripControls(row[i] ?? '')))
  const widths = fit(columns, cells, width)
  const line = (texts: readonly string[]) =>
    texts
      .map((text, i) => cell(text, widths[i] ?? 0, columns[i]?.align ?? 'left'))
      .join(GAP)
      .trimEnd()
  return [line(columns.map((column) => column.title)), ...cells.map(line)].join('\n')
}

function fit(columns: readonly Column[], cells: readonly (readonly string[])[], width: number): number[] {
  const widths = columns.map((column, i) =>
    Math.max(column.title.length, ...cells.map((row) => (row[i] ?? '').length)),
  )
  let excess = widths.reduce((sum, w) => sum + w, 0) + GAP.length * (columns.length - 1) - width
  while (excess > 0) {
    const widest = columns.reduce<number>(
      (best, column, i) =>
        column.flexible &&
        (widths[i] ?? 0) > NARROWEST &&
        (best < 0 || (widths[i] ?? 0) > (widths[best] ?? 0))
          ? i
          : best,
      -1,
    )
    if (widest < 0) break
    widths[widest] = (widths[widest] ?? 0) - 1
    excess--
  }
  return widths
}

function cell(text: string, width: number, align: 'left' | 'right'): string {
  const cut = text.length > width ? `${text.slice(0, Math.max(0, width - 1))}…` : text
  return align === 'right' ? cut.padStart(width) : cut.padEnd(width)
}
