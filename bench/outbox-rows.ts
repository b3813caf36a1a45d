import { Sqlite } from '../src/core/store/sqlite.ts'

/** Tables of one order, and the columns that must differ from copy to copy. */
const TABLES: Readonly<Record<string, readonly string[]>> = {
  send_order: ['id', 'message_id'],
  order_document: ['order_id', 'uuid'],
  order_attachment: ['order_id'],
  delivery: ['id', 'order_id'],
}

/** Long texts that a claim hands on without looking: a million of them would fill the disk, not the index. */
const TEXTS = ['text_body', 'html_body', 'head', 'tail', 'part_header']

/**
 * Multiplies the one order that a store holds until there are so many, each due like the first: the outbox of years, written
 * past the program because packaging a million documents takes its time. Snapshots are shared.
 * @param file the store
 */
export function multiplyOrder(file: string, orders: number): void {
  const database = new Sqlite(file)
  database.pragma('journal_mode = OFF')
  database.pragma('synchronous = OFF')
  database.transaction(() => {
    for (const [table, keys] of Object.entries(TABLES)) {
      const columns = database.pragma(`table_info(${table})`) as { readonly name: string }[]
      const values = columns.map(({ name }) =>
        keys.includes(name) ? `printf('%s%08d', ${name}, n)` : TEXTS.includes(name) ? `''` : `one.${name}`,
      )
      database
        .prepare(
          `with recursive copies(n) as (select 2 union all select n + 1 from copies where n < ?)
           insert into ${table} (${columns.map(({ name }) => name).join(', ')})
           select ${values.join(', ')} from (select * from ${table} limit 1) as one, copies`,
        )
        .run(orders)
    }
  })()
  database.close()
}
