import assert from 'node:assert/strict'
import { chmodSync, readdirSync, readFileSync, statSync, truncateSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, test, type TestContext } from 'node:test'
import { storePack } from '../../src/core/files/packs.ts'
import { openPacks, packPath, readSnapshot, uncheckedSnapshots } from '../../src/core/files/snapshots.ts'
import { sha256Of, storeBlobs } from '../../src/core/files/spool.ts'
import type { Snapshot } from '../../src/core/model/snapshot.ts'
import { tempFolder } from '../support/temp.ts'

const CONTENTS = ['<xml/>', '', 'un PDF '.repeat(90_000)].map((text) => Buffer.from(text))

async function packed(spool: string): Promise<readonly Snapshot[]> {
  const places = await storePack(spool, new Map(CONTENTS.map((bytes) => [sha256Of(bytes), bytes])))
  return CONTENTS.map((bytes) => {
    const sha256 = sha256Of(bytes)
    return { sha256, bytes: bytes.length, place: places.get(sha256) ?? null }
  })
}

function opened(t: TestContext, spool: string) {
  const packs = openPacks(spool)
  t.after(packs.close)
  return packs
}

describe('a pack', () => {
  test('is one file, for its owner only, with everything in it one after another', async (t) => {
    const spool = tempFolder(t)
    const [first] = await packed(spool)
    const path = packPath(spool, first?.place?.pack ?? '')
    assert.deepEqual(readdirSync(join(spool, 'packs')).length, 1)
    assert.equal(statSync(path).mode & 0o777, 0o600)
    assert.deepEqual(readFileSync(path), Buffer.concat(CONTENTS))
  })

  test('gives each snapshot back, checked or not, those larger than the room too', async (t) => {
    const spool = tempFolder(t)
    const snapshots = await packed(spool)
    assert.deepEqual(uncheckedSnapshots(opened(t, spool), snapshots), CONTENTS)
    assert.deepEqual(
      snapshots.map((snapshot) => readSnapshot(spool, snapshot)),
      CONTENTS,
    )
  })

  test('stays open from one message to the next, and another takes its place', async (t) => {
    const spool = tempFolder(t)
    const [first, second] = [await packed(spool), await packed(spool)]
    const packs = opened(t, spool)
    for (const snapshots of [first, second, first])
      for (const [i, snapshot] of snapshots.entries())
        assert.deepEqual(uncheckedSnapshots(packs, [snapshot]), [CONTENTS[i]])
    packs.close()
    assert.deepEqual(uncheckedSnapshots(packs, first), CONTENTS, 'closed, it is opened again')
  })

  test('of nothing is no file', async (t) => {
    const spool = tempFolder(t)
    assert.equal((await storePack(spool, new Map())).size, 0)
    assert.deepEqual(readdirSync(spool), [])
  })

  test('that was cut off, or says something else, gives nothing that is not its own', async (t) => {
    const spool = tempFolder(t)
    const [small, , large] = await packed(spool)
    if (!small?.place || !large) throw new Error('not packed')
    truncateSync(packPath(spool, small.place.pack), 1_000)
    const shifted = { ...small, place: { ...small.place, offset: 1 } }
    assert.deepEqual(uncheckedSnapshots(opened(t, spool), [small, large]), [CONTENTS[0], null])
    assert.deepEqual(
      [small, large, shifted].map((one) => readSnapshot(spool, one)),
      [CONTENTS[0], null, null],
    )
  })

  test('that is gone, as after a restore, is made up for by files named by their hashes', async (t) => {
    const spool = tempFolder(t)
    const snapshots = await packed(tempFolder(t))
    await storeBlobs(spool, new Map(CONTENTS.map((bytes) => [sha256Of(bytes), bytes])))
    assert.deepEqual(uncheckedSnapshots(opened(t, spool), snapshots), CONTENTS)
    assert.deepEqual(
      snapshots.map((snapshot) => readSnapshot(spool, snapshot)),
      CONTENTS,
    )
  })
})

// One `sudo cfdi-mail package` left a pack of root's: cron's send held each of its orders as if their snapshots were gone.
test('what another user wrote is not gone: it is said who may not read it', async (t) => {
  const spool = tempFolder(t)
  const snapshots = await packed(spool)
  const pack = packPath(spool, snapshots[0]?.place?.pack ?? '')
  for (const folder of [dirname(spool), spool, dirname(pack)]) chmodSync(folder, 0o755)
  chmodSync(pack, 0o000)
  asNobody(() => {
    assert.throws(() => uncheckedSnapshots(openPacks(spool), snapshots), {
      code: 'NO_ACCESS',
      params: { file: pack },
    })
  })
})

/** Root may read everything. */
function asNobody(step: () => void): void {
  const isRoot = process.getuid?.() === 0
  if (isRoot) process.seteuid?.(65534)
  try {
    step()
  } finally {
    if (isRoot) process.seteuid?.(0)
  }
}
