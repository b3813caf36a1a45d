import { stripControls } from './plain.ts'

/** A column of a table: its title, which way it is set, and whether it gives way when the terminal is narrow. */
export interface Column {
  readonly title: string
  readonly align?: 'right'
  /** `wraps`: its words go on in the lines below; else what does not fit is cut. */
  readonly flexible?: true | 'wraps'
}

const GAP = '  '
const NARROWEST = 8

/** A table in plain text, as `tableLines` gives it. */
export function table(columns: readonly Column[], rows: Iterable<readonly string[]>, width: number): string {
  return [...tableLines(columns, rows, width)].join('\n')
}

/**
 * The lines of a table, one a row unless a column wraps, no wider than `width` as long as flexible columns can give way.
 * @param rows one text per column; control characters are taken out, so that a name cannot move the cursor. They are gone through
 *   twice, for the widths and for the lines: of a long listing none is held
 */
export function* tableLines(
  columns: readonly Column[],
  rows: Iterable<readonly string[]>,
  width: number,
): Generator<string> {
  const cells = (row: readonly string[]) => columns.map((_, i) => stripControls(row[i] ?? ''))
  const longest = columns.map((column) => column.title.length)
  for (const row of rows)
    for (const [i, text] of cells(row).entries()) longest[i] = Math.max(longest[i] ?? 0, text.length)
  const widths = fit(columns, longest, width)
  const line = (texts: readonly string[]) =>
    texts
      .map((text, i) => cell(text, widths[i] ?? 0, columns[i]?.align ?? 'left'))
      .join(GAP)
      .trimEnd()
  yield line(columns.map((column) => column.title))
  for (const row of rows) for (const texts of wrappedRow(columns, cells(row), widths)) yield line(texts)
}

/** The rows of a listing, as often as they are gone through. */
export function rowsOf<T>(
  values: Iterable<T>,
  rowOf: (value: T) => readonly string[],
): Iterable<readonly string[]> {
  return {
    *[Symbol.iterator]() {
      for (const value of values) yield rowOf(value)
    },
  }
}

/** The lines of one row, each with a text for every column. */
function wrappedRow(
  columns: readonly Column[],
  row: readonly string[],
  widths: readonly number[],
): readonly (readonly string[])[] {
  const pieces = row.map((text, i) =>
    columns[i]?.flexible === 'wraps' ? wrapped(text, widths[i] ?? 0) : [text],
  )
  const height = Math.max(...pieces.map(({ length }) => length))
  return Array.from({ length: height }, (_, n) => pieces.map((lines) => lines[n] ?? ''))
}

function wrapped(text: string, width: number): readonly string[] {
  const lines = ['']
  for (const word of text.split(' ')) {
    const line = lines.at(-1) ?? ''
    if (line === '') lines[lines.length - 1] = word
    else if (line.length + 1 + word.length <= width) lines[lines.length - 1] = `${line} ${word}`
    else lines.push(word)
  }
  return lines
}

/** As wide as the longest text of each, less what flexible ones have to give. */
function fit(columns: readonly Column[], longest: readonly number[], width: number): number[] {
  const widths = [...longest]
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
