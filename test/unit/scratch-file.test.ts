import assert from 'node:assert/strict'
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { packedList } from '../../src/core/files/packed-list.ts'
import { scratchFile, type ScratchFile } from '../../src/core/files/scratch-file.ts'
import { tempFolder } from '../support/temp.ts'

/** Values that hardly get smaller, so that a few thousand of them fill some blocks. */
const values = Array.from({ length: 20_000 }, (_, i) => ({ id: i, noise: noise(i) }))

function noise(seed: number): string {
  let state = seed + 1
  return Array.from({ length: 120 }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return String.fromCharCode(33 + ((state >>> 16) % 90))
  }).join('')
}

function listOf(scratch: () => ScratchFile | null) {
  const list = packedList<(typeof values)[number]>(scratch)
  for (let start = 0; start < values.length; start += 100) list.add(values.slice(start, start + 100))
  return list
}

test('a scratch file has no name, and gives back what was written to it', (t) => {
  const folder = tempFolder(t)
  const file = scratchFile(folder)
  assert.ok(file !== null)
  assert.deepEqual(readdirSync(folder), [])
  const [first, second] = [Buffer.from('first'), Buffer.from('second, and longer')]
  const places = [file.write(first), file.write(second)]
  assert.deepEqual(places, [0, first.length])
  const read = (at: number, length: number) => {
    const room = Buffer.alloc(length)
    file.read(at, room)
    return room
  }
  assert.deepEqual(read(first.length, second.length), second)
  assert.deepEqual(read(0, first.length), first)
  assert.throws(() => read(first.length, second.length + 1), /ends before/)
})

test('where there is no folder for one there is none', (t) => {
  const folder = tempFolder(t)
  writeFileSync(join(folder, 'file'), '')
  assert.equal(scratchFile(join(folder, 'file', 'below')), null)
})

test('a long list lies in a scratch file but for its last part, and is gone through as often as one likes, also side by side', () => {
  let written = 0
  const list = listOf(() => counted(scratchFile(), (bytes) => (written += bytes)))
  assert.ok(written > 1_000_000, `${written} bytes are in the file`)
  assert.deepEqual([...list], values)
  assert.deepEqual([...list], values)
  assert.equal(`[${[...list.jsonPieces()].join(',')}]`, JSON.stringify(values))
  const other = list[Symbol.iterator]()
  for (const value of list) assert.deepEqual(other.next().value, value)
  list.add([{ id: -1, noise: '' }])
  assert.equal([...list].length, values.length + 1)
})

test('without a file, or without room in it, it stays in memory', () => {
  assert.deepEqual([...listOf(() => null)], values)
  let calls = 0
  const full = (): ScratchFile | null => {
    const file = scratchFile()
    if (file === null) return null
    const write = (bytes: Uint8Array) => {
      if (++calls === 2) throw Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' })
      return file.write(bytes)
    }
    return { ...file, write }
  }
  assert.deepEqual([...listOf(full)], values)
  assert.ok(calls > 2)
})

function counted(file: ScratchFile | null, count: (bytes: number) => void): ScratchFile | null {
  if (file === null) return null
  const write = (bytes: Uint8Array) => {
    count(bytes.length)
    return file.write(bytes)
  }
  return { ...file, write }
}
