import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { type ArchiveFile, zipFiles } from '../../src/core/files/archive.ts'
import { startSecondZipper } from '../../src/core/files/second-zipper.ts'
import { sha256Of } from '../../src/core/files/spool.ts'
import { openZipper } from '../../src/core/files/zipper.ts'

const DATE = new Date('2024-06-01T10:20:30Z')

/** A document and its PDF; the larger the number, the more of them. */
function pair(number: number): ArchiveFile[] {
  const xml = Buffer.from(`<cfdi:Comprobante Folio="${number}"/>`.repeat(number))
  return [
    { name: `F_${number}.xml`, content: xml },
    { name: `F_${number}.pdf`, content: Buffer.alloc(number * 1000, number) },
  ]
}

const TWICE = [...pair(1), ...pair(1)]

describe('the thread that zips', () => {
  test('makes what this one would make, large or small, whatever memory it had before', async () => {
    const second = startSecondZipper()
    for (const number of [300, 1, 0, 20]) {
      const files = pair(number)
      const here = await zipFiles(files, DATE)
      assert.deepEqual(await second.zip(files, DATE), { content: here, sha256: sha256Of(here) })
      assert.deepEqual(files, pair(number), 'what it was given is as it was')
    }
    await second.end()
  })

  test('that could not make one goes on with the next', async () => {
    const second = startSecondZipper()
    const [none, archive] = await Promise.all([second.zip(TWICE, DATE), second.zip(pair(2), DATE)])
    assert.equal(none, null)
    assert.deepEqual(archive?.content, await zipFiles(pair(2), DATE))
    await second.end()
  })

  test('that has ended leaves what it was asked to whoever asked, and what it is asked later', async () => {
    const second = startSecondZipper()
    const waiting = second.zip(pair(9), DATE)
    await second.end()
    assert.equal(await waiting, null)
    assert.equal(await second.zip(pair(9), DATE), null)
  })
})

describe('many archives', () => {
  test('are each what their files make, in the order in which they were asked for', async () => {
    const zipper = openZipper()
    const asked = Array.from({ length: 12 }, (_, i) => pair((i * 37) % 50))
    const made = await Promise.all(asked.map((files) => zipper.zip(files, DATE)))
    const here = await Promise.all(asked.map((files) => zipFiles(files, DATE)))
    assert.deepEqual(
      made.map(({ content }) => sha256Of(content)),
      here.map(sha256Of),
    )
    await assert.rejects(zipper.zip(TWICE, DATE), { code: 'BAD_ARCHIVE', params: { detail: 'F_1.xml' } })
    await zipper.stop()
  })
})
