import type { SqliteStatement } from 'kysely'

/** What of the driver's statement is used here. */
interface Reading {
  raw(): unknown
  columns(): readonly { readonly name: string }[]
  iterate(parameters: readonly unknown[]): Iterable<readonly unknown[]>
  all(parameters: readonly unknown[]): Iterable<readonly unknown[]>
}

/** Whether a statement asks for a page of rows, or for those of a list (`listed`). */
export function isFew(text: string): boolean {
  return / limit \?(?: \+ 0)?$/.test(text) || text.includes('json_each(')
}

/**
 * Reads the rows of a statement one at a time. The driver's own way to all of them keeps hold of each until the last,
 * and the collector looks through what is held again and again; and it sets every property of every row by its name. With
 * 100,000 rows that took a third of a run.
 * @param take `all` for a page of rows: a call of the driver for each takes as long as SQLite needs for it
 * @returns gives the rows for some parameters, as `all` and `iterate` of the driver do
 */
export function rowReader(statement: object, take: 'all' | 'iterate'): SqliteStatement['iterate'] {
  const reading = statement as Reading
  reading.raw()
  const columns = () => reading.columns().map(({ name }) => name)
  let names = columns()
  return function* (parameters) {
    let row: Record<string, unknown> = {}
    for (const values of reading[take](parameters)) {
      // A table has a column more since the statement was made, and the engine made it anew.
      if (values.length !== names.length) names = columns()
      // A copy of the row before has all properties already, in the shape that the engine knows.
      row = { ...row }
      for (let i = 0; i < names.length; i++) row[names[i] ?? ''] = values[i]
      yield row
    }
  }
}
