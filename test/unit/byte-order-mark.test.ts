import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { readHead } from '../../src/core/cfdi/read-head.ts'
import { withoutAddenda } from '../../src/core/cfdi/insert-addenda.ts'
import { withByteOrderMark } from '../../src/core/files/papers.ts'
import { makeCfdi } from '../support/cfdi-factory.ts'
import { corpusMissing, corpusPath, expectedRecords } from '../support/corpus.ts'

const MARK = Buffer.from([0xef, 0xbb, 0xbf])
const DOCUMENT = makeCfdi({ series: 'A', folio: '1' })

function declaredAs(encoding: string): string {
  return DOCUMENT.toString().replace(/encoding="[^"]+"/, `encoding="${encoding}"`)
}

describe('the byte order mark of a derived copy', () => {
  test('stands before UTF-8 alone, and once', () => {
    const marked = withByteOrderMark(DOCUMENT)
    assert.deepEqual(marked, Buffer.concat([MARK, DOCUMENT]))
    assert.equal(withByteOrderMark(marked), marked)
  })

  test('is no mark of ISO-8859-1, Windows-1252 or UTF-16: their bytes are kept', () => {
    const utf16 = Buffer.from(`\ufeff${declaredAs('UTF-16')}`, 'utf16le')
    for (const bytes of [
      Buffer.from(declaredAs('ISO-8859-1'), 'latin1'),
      Buffer.from(declaredAs('windows-1252'), 'latin1'),
      utf16,
      Buffer.from(utf16).swap16(),
    ]) {
      assert.equal(withByteOrderMark(bytes), bytes)
    }
  })

  test(
    'changes nothing that is read of a document of the corpus, and comes off again byte for byte',
    { skip: corpusMissing() },
    () => {
      let marks = 0
      for (const record of expectedRecords()) {
        const { file } = record
        const bytes = readFileSync(corpusPath(record))
        const before = readHead(bytes)
        if (!before.ok) continue
        const marked = withByteOrderMark(bytes)
        assert.deepEqual(readHead(marked), before, file)
        assert.deepEqual(withoutAddenda(marked), withoutAddenda(bytes), file)
        if (bytes.subarray(0, 3).equals(MARK)) {
          marks++
          assert.equal(marked, bytes, 'one mark is enough')
        }
      }
      assert.ok(marks > 0, 'the corpus has documents with a mark')
    },
  )
})
