import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { describe, test } from 'node:test'

const ROOT = new URL('../../', import.meta.url)
const STATUS = /^(holds|not yet: .+|does not apply: .+|open)$/

interface MapRow {
  readonly row: number
  readonly files: readonly string[]
  readonly status: string
}

function readMap(): MapRow[] {
  const text = readFileSync(new URL('docs/faults.md', ROOT), 'utf8')
  return [...text.matchAll(/^\|\s*(\d+)\s*\|([^|]*)\|([^|]*)\|([^|]*)\|$/gm)].map((cells) => ({
    row: Number(cells[1]),
    files: [...(cells[3] ?? '').matchAll(/`([^`]+)`/g)].map((name) => name[1] ?? ''),
    status: (cells[4] ?? '').trim(),
  }))
}

/** Whether a title in the file begins with the row: `row 7: …`, `rows 7 and 8: …`. */
function namesRow(file: string, row: number): boolean {
  const titles = readFileSync(new URL(file, ROOT), 'utf8').matchAll(/[`'"]rows? ([\d, and]+?):/g)
  return [...titles].some(([, rows = '']) => rows.split(/\D+/).includes(String(row)))
}

describe('docs/faults.md', () => {
  const map = readMap()

  test('has the 143 rows, once each and in order, each with a known status', () => {
    assert.deepEqual(
      map.map(({ row }) => row),
      Array.from({ length: 143 }, (_, i) => i + 1),
    )
    assert.deepEqual(
      map.filter(({ status }) => !STATUS.test(status)),
      [],
    )
  })

  test('names for each row that holds a file with a test that begins with its number', () => {
    const wrong = map.flatMap(({ row, files, status }) => {
      const lost = files.filter((file) => !existsSync(new URL(file, ROOT)) || !namesRow(file, row))
      const without = status === 'holds' && files.length === 0 ? ['no test'] : []
      return [...lost, ...without].map((what) => `row ${row}: ${what}`)
    })
    assert.deepEqual(wrong, [])
  })
})
