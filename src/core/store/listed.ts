import { type RawBuilder, sql } from 'kysely'

/**
 * A list for `in`, as one value. With a value for each the statement is another one for each length, and building it takes
 * longer than running it.
 */
export function listed(values: readonly string[]): RawBuilder<string> {
  return listedIn(JSON.stringify(values))
}

/** @param json the list as JSON, or the blank of a prepared statement for it */
export function listedIn(json: string): RawBuilder<string> {
  return sql<string>`(select value from json_each(${json}))`
}
