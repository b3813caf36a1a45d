/** One row under the header. */
export interface CsvRow {
  /** Line of the file where it begins, from 1. */
  readonly line: number
  /** By normal header name (see files/csv.ts); a short row lacks the last ones. */
  readonly cells: ReadonlyMap<string, string>
  /** Cells beyond the last column: a comma that should have been in quotes. */
  readonly extraCells: number
}

export interface CsvTable {
  /** Normal names of the columns. */
  readonly headers: readonly string[]
  /** The same as they are written. */
  readonly titles: readonly string[]
  readonly rows: readonly CsvRow[]
}
