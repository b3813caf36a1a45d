import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { sql } from 'kysely'
import { storeInMemory } from '../support/new-store.ts'

const VALUES = sql`(values (null, 1, ''), ('Ñandú', 2.5, x'00ff'), (null, null, 'z'))`

describe('rows of a statement', () => {
  test('are each their own, whatever kinds of values the row before had', async () => {
    const db = await storeInMemory()
    const { rows } = await sql`select column1 as a, column2 as b, column3 as c from ${VALUES}`.execute(db)
    assert.deepEqual(rows, [
      { a: null, b: 1, c: '' },
      { a: 'Ñandú', b: 2.5, c: Buffer.from([0, 0xff]) },
      { a: null, b: null, c: 'z' },
    ])
    await db.destroy()
  })

  test('are as many as there are, also none', async () => {
    const db = await storeInMemory()
    assert.deepEqual((await sql`select 1 as a where 0`.execute(db)).rows, [])
    const many = sql`with recursive n(i) as (select 1 union all select i + 1 from n where i < 5000) select i from n`
    const { rows } = await many.execute(db)
    assert.deepEqual([rows.length, rows[0], rows.at(-1)], [5000, { i: 1 }, { i: 5000 }])
    await db.destroy()
  })

  test('of a statement that writes come back too', async () => {
    const db = await storeInMemory()
    const row = { uuid: 'A', at: '2024-05-01T00:00:00.000Z', reason: 'r' }
    const written = await db.insertInto('cancelled_document').values(row).returningAll().execute()
    assert.deepEqual(written, [row])
    await db.destroy()
  })

  test('have the column that their table has got since the statement was made', async () => {
    const db = await storeInMemory()
    const all = sql`select * from t`
    await sql`create table t (a)`.execute(db)
    await sql`insert into t values (1)`.execute(db)
    assert.deepEqual((await all.execute(db)).rows, [{ a: 1 }])
    await sql`alter table t add column b default 2`.execute(db)
    assert.deepEqual((await all.execute(db)).rows, [{ a: 1, b: 2 }])
    await db.destroy()
  })
})
