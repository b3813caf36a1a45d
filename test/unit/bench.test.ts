/** The bench's own parts: what it measures with must be the same for everybody. */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { growthChart } from '../../bench/chart.ts'
import { writeCorpus } from '../../bench/corpus.ts'
import { median, reached } from '../../bench/figures.ts'
import { table } from '../../bench/report.ts'
import { readHead } from '../../src/core/cfdi/read-head.ts'
import { tempFolder } from '../support/temp.ts'

function digestOf(folder: string): { readonly digest: string; readonly xmls: readonly Buffer[] } {
  const hash = createHash('sha256')
  const names = (readdirSync(folder, { recursive: true }) as string[])
    .filter((name) => name.endsWith('.xml'))
    .sort()
  const xmls = names.map((name) => readFileSync(join(folder, name)))
  for (const [i, xml] of xmls.entries()) hash.update(names[i] ?? '').update(xml)
  return { digest: hash.digest('hex'), xmls }
}

test('the corpus of a seed is always the same, and every document of it can be packaged', (t) => {
  const [one, two] = [tempFolder(t), tempFolder(t)].map((folder) =>
    digestOf(writeCorpus(folder, { documents: 40, pdfs: 'without', seed: 7 }).folder),
  )
  assert.equal(one?.digest, two?.digest)
  assert.deepEqual(
    one?.xmls.map((xml) => readHead(xml).ok),
    Array.from({ length: 40 }, () => true),
  )
})

test('a figure is reached by its median, on the right side of what is wanted', () => {
  const figure = {
    ...{ id: 'R4', what: 'send', against: 'smtp-source', ours: '1/s', reference: '2/s', peakMb: 90 },
    ratios: [0.7, 0.4, 0.6],
    target: { at: 'least', value: 0.5 },
  } as const
  assert.equal(median(figure.ratios), 0.6)
  assert.equal(reached(figure), true)
  assert.equal(reached({ ...figure, target: { at: 'most', value: 0.5 } }), false)
  assert.match(table([figure]), /^\| R4 \| send \| smtp-source \| 0\.6 \| 0\.4–0\.7 \| ≥ 0\.5 \| ✓ /m)
})

test('the chart is an SVG with a line for each step', () => {
  const points = [1_000, 10_000].map((size) => ({ size, ms: size / 10, peakMb: 1 }))
  const svg = growthChart([
    { label: 'index', points },
    { label: 'send', points },
  ])
  assert.equal(svg.match(/<polyline/g)?.length, 2)
  assert.doesNotMatch(svg, /NaN|undefined/)
})
