import assert from 'node:assert/strict'
import { appendFileSync, lstatSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { readCfdiFile } from '../../../src/core/cfdi/read-file.ts'
import { makeCfdi } from '../../support/cfdi-factory.ts'
import { tempFolder } from '../../support/temp.ts'

const LARGEST = 50 * 1024 * 1024

function written(name: string, content: Buffer, folder = tempFolder()): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

describe('a document read from its file', () => {
  test('keeps what it says when the next one is read into the same memory', () => {
    const first = readCfdiFile(
      written('a.xml', makeCfdi({ folio: '1', receiverName: 'PEÑA & HIJOS' })),
      LARGEST,
    )
    const before = structuredClone(first)
    readCfdiFile(written('b.xml', makeCfdi({ folio: '2', receiverName: 'OTRA' })), LARGEST)
    assert.equal(first.reading.head?.folio, '1')
    assert.deepEqual(first, before)
  })

  test('is read whole whatever its size', () => {
    const folder = tempFolder()
    for (const lines of [1, 1_400, 1_600, 20_000]) {
      const { reading } = readCfdiFile(written(`${lines}.xml`, makeCfdi({ lines }), folder), LARGEST)
      assert.equal(reading.head?.lines, lines)
    }
  })

  test('says in what state the file was', () => {
    const path = written('d.xml', makeCfdi({ folio: '3' }))
    const read = readCfdiFile(path, LARGEST)
    const { size, mtimeMs, ctimeMs } = lstatSync(path)
    assert.deepEqual(
      [read.size, read.mtimeUs, read.ctimeUs],
      [size, Math.floor(mtimeMs * 1000), Math.floor(ctimeMs * 1000)],
    )
    appendFileSync(path, ' ')
    assert.equal(readCfdiFile(path, LARGEST).size, size + 1)
  })

  test('is refused where it is a link or a folder, and the state is that of the link', () => {
    const path = written('e.xml', makeCfdi({ folio: '4' }))
    const link = join(tempFolder(), 'link.xml')
    symlinkSync(path, link)
    const read = readCfdiFile(link, LARGEST)
    assert.equal(read.reading.ok ? null : read.reading.reason, 'unreadable')
    assert.equal(read.size, lstatSync(link).size)
    const folder = join(tempFolder(), 'folder.xml')
    mkdirSync(folder)
    assert.equal(readCfdiFile(folder, LARGEST).reading.ok, false)
  })

  test('that is not there is no error of the run', () => {
    const read = readCfdiFile(join(tempFolder(), 'none.xml'), LARGEST)
    assert.deepEqual(read, {
      ...{ size: -1, mtimeUs: 0, ctimeUs: 0 },
      reading: { ok: false, reason: 'unreadable', detail: 'ENOENT', head: null },
    })
  })
})
