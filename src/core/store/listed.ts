import { type RawBuilder, sql } from 'kysely'

/**
 * A list for `in`, as one value. With a value for each the statement is another one for each length, and building it takes
 * longer than running it.
 */
export function listed(values: readonly string[]): RawBuilder<string> {
  return sql<string>`(select value from json_each(${JSON.stringify(values)}))`
}
