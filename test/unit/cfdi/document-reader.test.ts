import assert from 'node:assert/strict'
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import { documentReader } from '../../../src/core/cfdi/document-reader.ts'
import { readFacts } from '../../../src/core/cfdi/file-facts.ts'
import { startSecondReader } from '../../../src/core/cfdi/second-reader.ts'
import { makeCfdi } from '../../support/cfdi-factory.ts'
import { tempFolder } from '../../support/temp.ts'

const LARGEST = 50 * 1024 * 1024

/** One of each kind of outcome: usable, with payroll, not a document, cut off, too large, empty, no file, no regular file. */
function folderOfAll(): readonly string[] {
  const folder = tempFolder()
  const put = (name: string, content: Buffer | string) => {
    writeFileSync(join(folder, name), content)
  }
  put('usable.xml', makeCfdi({ folio: '1', receiverName: 'PEÑA & HIJOS' }))
  put('payroll.xml', makeCfdi({ kind: 'N' }))
  put('other.xml', '<nota/>')
  put('cut.xml', makeCfdi().subarray(0, 900))
  put('large.xml', makeCfdi({ lines: 100 }))
  appendFileSync(join(folder, 'large.xml'), ' '.repeat(100_000))
  put('empty.xml', '')
  mkdirSync(join(folder, 'folder.xml'))
  const names = ['usable', 'payroll', 'other', 'cut', 'large', 'empty', 'gone', 'folder']
  return names.map((name) => join(folder, `${name}.xml`))
}

describe('the second thread', () => {
  test('says of each file what this one would say', async () => {
    const paths = folderOfAll()
    const second = startSecondReader()
    const task = { paths, maxBytes: 50_000 }
    const [first, again] = await Promise.all([second.read(task), second.read(task)])
    await second.end()
    const here = paths.map((path) => readFacts(path, 50_000))
    assert.deepEqual(first, here)
    assert.deepEqual(again, here)
    assert.deepEqual(new Set(here.map(({ facts }) => facts.reason)).size, 6)
  })

  test('that breaks leaves what it was asked to whoever asked, and what it is asked later', async () => {
    const paths = folderOfAll()
    const second = startSecondReader()
    const broken = second.read({ paths: null as never, maxBytes: LARGEST })
    const behind = second.read({ paths, maxBytes: LARGEST })
    assert.deepEqual(await Promise.all([broken, behind]), [null, null])
    assert.equal(await second.read({ paths, maxBytes: LARGEST }), null)
    await second.end()
  })
})

describe('many documents', () => {
  test('are all read, in the order in which they were given, whichever thread reads them', async () => {
    const paths = folderOfAll()
    const reader = documentReader({ maxBytes: LARGEST })
    const groups = Array.from({ length: 12 }, (_, at) => new Array<string>(100).fill(paths[at % 4] ?? ''))
    const read = await Promise.all(groups.map((group) => reader.read(group)))
    await reader.stop()
    const expected = groups.map((group) => group.map((path) => readFacts(path, LARGEST)))
    assert.deepEqual(read, expected)
  })

  test('are left unread where they wait when reading is stopped', async () => {
    const [path = ''] = folderOfAll()
    const reader = documentReader({ maxBytes: LARGEST })
    const groups = Array.from({ length: 60 }, () => reader.read(new Array<string>(100).fill(path)))
    assert.equal((await groups[0])?.length, 100)
    await reader.stop()
    assert.equal((await Promise.all(groups)).at(-1), null)
    assert.equal(await reader.read([path]), null)
  })

  test('and a few wait until somebody does, or until it is stopped', async () => {
    const [path = ''] = folderOfAll()
    const reader = documentReader({ maxBytes: LARGEST })
    const order: string[] = []
    const reading = reader.read([path]).then(() => order.push('read'))
    await turn()
    order.push('flushed')
    reader.flush()
    await reading
    assert.deepEqual(order, ['flushed', 'read'])
    const left = reader.read([path])
    await reader.stop()
    assert.equal(await left, null)
  })

  test('wait for longer where this thread reads them again, and then let others in between two groups', async () => {
    const [path = ''] = folderOfAll()
    const group = new Array<string>(100).fill(path)
    const order: string[] = []
    const reader = documentReader({ maxBytes: LARGEST, here: 'again' })
    const reading = Array.from({ length: 10 }, (_, at) => reader.read(group).then(() => order.push(`${at}`)))
    await turn()
    assert.equal(order.length, 0, 'a second thread would have begun')
    reader.flush()
    await turn()
    order.push('turn')
    await Promise.all(reading)
    await reader.stop()
    assert.ok(order.indexOf('turn') < 9, order.join(' '))
    assert.deepEqual(
      order.filter((word) => word !== 'turn'),
      Array.from({ length: 10 }, (_, at) => `${at}`),
    )
  })
})
