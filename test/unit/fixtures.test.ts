import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { relative, sep } from 'node:path'
import { describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { readHead } from '../../src/core/cfdi/read-head.ts'
import { scanFolder } from '../../src/core/cfdi/scan-folder.ts'
import type { CfdiHead } from '../../src/core/model/cfdi.ts'

interface Expected {
  readonly file: string
  readonly reason: string | null
  readonly kind: string | null
  readonly uuid: string | null
  readonly series: string | null
  readonly folio: string | null
  readonly issuedAt: string | null
  readonly total: string | null
  readonly receiverRfc: string | null
  readonly pdf: string | null
  readonly extras: readonly string[]
}

const FIXTURES = fileURLToPath(new URL('../../fixtures/', import.meta.url))
const read = (path: string) => readFileSync(FIXTURES + path)
const expected = JSON.parse(read('expected.json').toString('utf8')) as readonly Expected[]

function factsOf(head: CfdiHead) {
  const { kind, series, folio, issuedAt, total, receiver } = head
  return { kind, series, folio, issuedAt, total, receiverRfc: receiver.rfc }
}

function expectedFactsOf({ kind, series, folio, issuedAt, total, receiverRfc }: Expected) {
  return { kind, series, folio, issuedAt, total, receiverRfc }
}

describe('a fixture that may leave reads as the document it is', () => {
  for (const row of expected.filter(({ reason }) => reason === null)) {
    test(row.file, () => {
      const reading = readHead(read(row.file))
      assert.ok(reading.ok, reading.ok ? '' : `${reading.reason}: ${reading.detail}`)
      assert.equal(reading.head.stamp.uuid, row.uuid)
      assert.deepEqual(factsOf(reading.head), expectedFactsOf(row))
    })
  }
})

describe('row 89: a bad fixture is refused for its one fault', () => {
  for (const row of expected.filter(({ reason }) => reason !== null)) {
    test(`${row.file}: ${row.reason}`, () => {
      const reading = readHead(read(row.file))
      assert.ok(!reading.ok)
      assert.equal(reading.reason, row.reason)
      // A document that is whole but for its stamp can still be listed under its customer and date.
      if (row.kind !== null) assert.deepEqual(reading.head && factsOf(reading.head), expectedFactsOf(row))
    })
  }
})

describe('the fixtures folder', () => {
  test('holds the files of the table and no others', () => {
    const listed = expected.flatMap(({ file, pdf, extras }) => [
      file,
      ...(pdf === null ? [] : [pdf]),
      ...extras,
    ])
    const present = ['erp', 'bad'].flatMap((folder) =>
      readdirSync(FIXTURES + folder).map((name) => `${folder}/${name}`),
    )
    assert.deepEqual(present.toSorted(), listed.toSorted())
  })

  test('pairs each document with its own PDF and annexes', () => {
    const fromRoot = (path: string) => relative(FIXTURES, path).replaceAll(sep, '/')
    const found = ['erp', 'bad'].flatMap((folder) => [...scanFolder(FIXTURES + folder)])
    const files = found.filter((each) => 'path' in each)
    const papers = files.map(({ path, pdf, extras }) => ({
      file: fromRoot(path),
      pdf: pdf === null ? null : fromRoot(pdf),
      extras: extras.map(fromRoot),
    }))
    const listed = expected.map(({ file, pdf, extras }) => ({ file, pdf, extras }))
    assert.deepEqual(new Set(papers), new Set(listed))
  })

  test('has a customer for every receiver but the issuer itself', () => {
    const rfcs = read('customers.csv')
      .toString('utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split(',')[2])
    const receivers = expected
      .filter(({ file }) => file.startsWith('erp/'))
      .map(({ receiverRfc }) => receiverRfc)
    assert.deepEqual(new Set(receivers.filter((rfc) => rfc !== 'EKU9003173C9')), new Set(rfcs))
  })

  test('has one document for each UUID, but for the two bad ones that share theirs', () => {
    const uuids = expected.flatMap(({ uuid }) => (uuid === null ? [] : [uuid]))
    const shared = expected.filter(
      ({ uuid }) => uuid !== null && uuids.filter((other) => other === uuid).length > 1,
    )
    assert.deepEqual(
      shared.map(({ file }) => file),
      ['bad/same-uuid-1.xml', 'bad/same-uuid-2.xml'],
    )
    const seals = shared.map(({ file }) => readHead(read(file)).head?.seal)
    assert.notEqual(seals[0], seals[1])
  })

  test('has whole PDF files beside its ERP documents', () => {
    for (const path of expected.flatMap(({ pdf, extras }) => [...(pdf === null ? [] : [pdf]), ...extras])) {
      if (path === 'bad/pdf-is-html.pdf') continue
      const bytes = read(path).toString('latin1')
      assert.match(bytes, /^%PDF-1\.\d/, path)
      assert.match(bytes, /%%EOF\s*$/, path)
    }
  })

  test('keeps what makes documents hard to read: encodings, prefixes, addenda, versions, kinds', () => {
    const heads = expected.flatMap(({ file, reason }) => {
      const reading = readHead(read(file))
      return reason === null && reading.ok && file.startsWith('erp/') ? [{ file, head: reading.head }] : []
    })
    assert.deepEqual(new Set(heads.map(({ head }) => head.kind)), new Set(['I', 'E', 'T', 'N', 'P', 'R']))
    assert.deepEqual(new Set(heads.map(({ head }) => head.version)), new Set(['4.0', '3.3', '2.0']))
    assert.equal(heads.filter(({ head }) => head.hasAddenda).length, 1)
    const texts = heads.map(({ file }) => read(file).toString('latin1'))
    assert.equal(texts.filter((text) => text.includes('encoding="ISO-8859-1"')).length, 1)
    assert.equal(texts.filter((text) => text.includes('<ns2:Comprobante')).length, 1)
    const months = heads.map(({ head }) => head.issuedAt)
    assert.ok(months.includes('2024-05-31T23:59:59') && months.includes('2024-06-01T00:00:00'))
  })
})
