// Attachments go into a ZIP of our own layout: whoever opens it uses another program, so other programs judge it here.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { Uint8ArrayReader, Uint8ArrayWriter, ZipReader } from '@zip.js/zip.js'
import { contentsOfBytes, zipFiles } from '../../src/core/files/archive.ts'
import { sha256Of } from '../../src/core/files/spool.ts'
import { program } from '../support/programs.ts'
import { tempFolder } from '../support/temp.ts'

const sevenZip = program('7z')

const DATE = new Date('2024-06-01T10:20:30Z')

const FILES = [
  { name: 'A_1.xml', content: Buffer.from('<cfdi:Comprobante/>'.repeat(200)) },
  { name: 'A_1.pdf', content: Buffer.from('%PDF-1.4'.repeat(100)) },
  { name: 'Peña & Cía.xml', content: Buffer.from('ñ') },
  { name: 'vacío.txt', content: Buffer.alloc(0) },
]

describe('a ZIP made in memory', () => {
  test('is read alike by another library: names, bytes, times, rights', async () => {
    const bytes = await zipFiles(FILES, DATE)
    const reader = new ZipReader(new Uint8ArrayReader(bytes), { checkSignature: true, useWebWorkers: false })
    const entries = (await reader.getEntries()).filter((entry) => !entry.directory)
    assert.deepEqual(
      entries.map(({ filename }) => filename),
      FILES.map(({ name }) => name),
    )
    for (const [i, entry] of entries.entries()) {
      assert.deepEqual(Buffer.from(await entry.getData(new Uint8ArrayWriter())), FILES[i]?.content)
      assert.equal((entry.externalFileAttributes >>> 16).toString(8), '100644')
      // Two-second steps, without a zone: as if UTC were the reader's own.
      assert.deepEqual([entry.lastModDate.getHours(), entry.lastModDate.getSeconds()], [10, 30])
    }
  })

  test('is whole to 7-Zip', { skip: sevenZip.skip }, async (t) => {
    const path = join(tempFolder(t), 'a.zip')
    writeFileSync(path, await zipFiles(FILES, DATE))
    const said = execFileSync(sevenZip.path, ['t', path], { encoding: 'utf8' })
    assert.match(said, /Everything is Ok/)
    assert.match(said, /Files: 4/)
  })

  test('deflates XML, and keeps as it is what would not get smaller', async () => {
    const sizes = async (files: typeof FILES) => (await zipFiles(files, DATE)).length
    const [xml, pdf, short] = FILES
    assert.ok(xml !== undefined && pdf !== undefined && short !== undefined)
    assert.ok((await sizes([xml])) < xml.content.length / 5)
    assert.ok((await sizes([pdf])) > pdf.content.length)
    assert.equal(await sizes([{ ...short, name: 'a' }]), 30 + 46 + 22 + 2 + short.content.length)
  })

  test('is the same whenever the same files are zipped at the same time', async () => {
    assert.deepEqual(await zipFiles(FILES, DATE), await zipFiles([...FILES], DATE))
  })

  test('that was damaged gives no digest for what is damaged', async () => {
    const bytes = await zipFiles(FILES.slice(1, 2), DATE)
    const name = 'A_1.pdf'
    const data = 30 + name.length
    assert.equal((await contentsOfBytes(bytes)).get(name), sha256Of(FILES[1]?.content ?? Buffer.alloc(0)))
    for (const at of [data, data + 100, data + 799]) {
      const damaged = Buffer.from(bytes)
      damaged[at] = (damaged[at] ?? 0) ^ 1
      assert.equal((await contentsOfBytes(damaged)).get(name), '')
    }
  })

  test('takes no more files than its directory can count', async () => {
    const many = Array.from({ length: 65_535 }, (_, i) => ({ name: String(i), content: Buffer.alloc(0) }))
    await assert.rejects(zipFiles(many, DATE), { code: 'BAD_ARCHIVE' })
  })
})
