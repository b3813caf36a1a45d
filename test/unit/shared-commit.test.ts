/** Several writers of one turn share a commit, and nobody's failure is another's. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { join } from 'node:path'
import { openStore, storeHealth } from '../../src/core/store/open.ts'
import { prepared } from '../../src/core/store/prepared.ts'
import type { Db } from '../../src/core/store/schema.ts'
import { sharingCommit } from '../../src/core/store/shared-commit.ts'
import { storeInFile, storeInMemory } from '../support/new-store.ts'
import { tempFolder } from '../support/temp.ts'

const insert = prepared((db, { name }: { readonly name: string }) => ({
  compile: () => sql`insert into note (name) values (${name})`.compile(db),
}))

const all = prepared((db) => ({ compile: () => sql`select name from note`.compile(db) }))

const put = (name: string) => (db: Db) => {
  insert(db, { name })
  return name
}

async function noteStore(): Promise<{ readonly db: Db; readonly names: () => Promise<string[]> }> {
  const db = await storeInMemory()
  await sql`create table note (name text primary key)`.execute(db)
  const names = async () =>
    (await sql<{ name: string }>`select name from note order by rowid`.execute(db)).rows.map(
      ({ name }) => name,
    )
  return { db, names }
}

test('what is written in one turn is one transaction, in the order of asking, and each gets its own answer', async (t) => {
  const { db, names } = await noteStore()
  t.after(() => db.destroy())
  const seen: number[] = []
  const look = (db: Db) => {
    seen.push(all(db, {}).length)
    return 'looked'
  }
  const answers = await Promise.all([
    sharingCommit(db, put('a')),
    sharingCommit(db, look),
    sharingCommit(db, put('b')),
  ])
  assert.deepEqual(answers, ['a', 'looked', 'b'])
  assert.deepEqual(seen, [1], 'it saw what was written before it in the same commit')
  assert.deepEqual(await names(), ['a', 'b'])
})

test('one that cannot be written takes nothing from the others', async (t) => {
  const { db, names } = await noteStore()
  t.after(() => db.destroy())
  const ends = await Promise.allSettled(['a', 'a', 'b'].map((name) => sharingCommit(db, put(name))))
  assert.deepEqual(
    ends.map(({ status }) => status),
    ['fulfilled', 'rejected', 'fulfilled'],
  )
  assert.deepEqual(await names(), ['a', 'b'])
})

test('with a file another connection sees each as soon as it is told, and all else is still written with FULL', async (t) => {
  const file = join(tempFolder(t), 'store.db')
  const db = await storeInFile(file)
  const other = await openStore(file, 'existing')
  t.after(() => Promise.all([db.destroy(), other.destroy()]))
  await sql`create table note (name text primary key)`.execute(db)
  const told = ['a', 'b', 'c', 'c', 'd'].map(async (name) => {
    await sharingCommit(db, put(name))
    return (await sql`select 1 from note where name = ${name}`.execute(other)).rows.length
  })
  const ends = await Promise.allSettled(told)
  assert.deepEqual(
    ends.map((end) => (end.status === 'fulfilled' ? end.value : 'refused')),
    [1, 1, 1, 'refused', 1],
  )
  await sharingCommit(db, put('e'))
  assert.match((await storeHealth(db)).detail, /journal wal, synchronous 2/)
})
