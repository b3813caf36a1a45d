/** A statement that is built once gives what the query builder gives, for every store and every set of values. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { prepared, preparedValues } from '../../src/core/store/prepared.ts'
import { storeInMemory } from '../support/new-store.ts'

interface Mark {
  readonly uuid: string
  readonly reason: string
  readonly at: string
}

let built = 0

const put = prepared((db, blank: Mark) => {
  built++
  return db.insertInto('cancelled_document').values({ uuid: blank.uuid, reason: blank.reason, at: blank.at })
})

const since = prepared((db, blank: { readonly at: string }) =>
  db
    .selectFrom('cancelled_document')
    .select('uuid')
    .where('reason', '!=', 'none')
    .where('at', '>=', blank.at)
    .orderBy('uuid'),
)

const mark = (uuid: string, at: string): Mark => ({ at, uuid, reason: 'because' })

test('each execution gives its own values, and what is fixed stays', async (t) => {
  const db = await storeInMemory()
  const other = await storeInMemory()
  t.after(() => Promise.all([db.destroy(), other.destroy()]))
  put(db, mark('A', '2024-01-01'))
  put(db, mark('B', '2024-02-01'))
  put(db, { ...mark('C', '2024-02-01'), reason: 'none' })
  put(other, mark('D', '2024-02-01'))
  const found = (store: typeof db, at: string) => since(store, { at }).map(({ uuid }) => uuid)
  assert.deepEqual(found(db, '2024-01-01'), ['A', 'B'])
  assert.deepEqual(found(db, '2024-01-15'), ['B'])
  assert.deepEqual(found(other, '2024-01-01'), ['D'])
  assert.equal(built, 1)
})

const marks = preparedValues((db, blank: { readonly at: string }) =>
  db.selectFrom('cancelled_document').select(['at', 'uuid']).where('at', '>=', blank.at).orderBy('uuid'),
)

test('a page of rows comes as lists of values, in the order of the columns', async (t) => {
  const db = await storeInMemory()
  t.after(() => db.destroy())
  for (const uuid of ['B', 'A', 'C']) put(db, mark(uuid, uuid === 'C' ? '2023' : '2024'))
  assert.deepEqual(marks(db, { at: '2024' }), [
    ['2024', 'A'],
    ['2024', 'B'],
  ])
  assert.deepEqual(marks(db, { at: '2025' }), [])
})

test('it is part of the transaction that it is given', async (t) => {
  const db = await storeInMemory()
  t.after(() => db.destroy())
  const failed = db.transaction().execute(async (db) => {
    put(db, mark('A', '2024-01-01'))
    throw new Error('no')
  })
  await assert.rejects(failed, /no/)
  assert.deepEqual(since(db, { at: '2024' }), [])
})
