/** Lists that may be longer than memory holds come whole and in order, as JSON and as text; a terminal gets their end. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { listIndex } from '../../src/core/flows/documents.ts'
import { showLog } from '../../src/core/flows/event-log.ts'
import { ALWAYS } from '../../src/core/model/period.ts'
import type { Output } from '../../src/core/model/result.ts'
import { insertEvents } from '../../src/core/store/event-log.ts'
import { makePrinter } from '../../src/ui/printer.ts'
import { makeViewContext } from '../../src/ui/view-context.ts'
import { START, testCtx } from '../support/ctx.ts'

const COUNT = 1_001
const NUMBERS = Array.from({ length: COUNT }, (_, i) => `n${i}`)

async function printed(result: Output, format: 'text' | 'json', width: number): Promise<string> {
  let text = ''
  const sink = { write: (more: string) => (text += more) }
  const context = makeViewContext({ language: 'es', width, color: 'off', verbosity: 'normal' })
  await makePrinter({ out: sink, err: sink }, format, context).result(result)
  return text
}

/** The last word of each line that ends in one of the numbers. */
function numbersIn(text: string): readonly string[] {
  return text.split('\n').flatMap((line) => /\bn\d+$/.exec(line)?.[0] ?? [])
}

test('a log of a thousand events', async (t) => {
  const { ctx } = await testCtx(t)
  const about = { order: null, customer: null, uuid: null, recipient: null }
  const event = { at: START.toISOString(), level: 'info', event: 'customer-saved', ...about } as const
  await insertEvents(
    ctx.db,
    NUMBERS.map((detail) => ({ ...event, detail })),
  )
  const all = { client: null, period: ALWAYS, level: null, uuid: null, order: null }
  const log = await showLog(ctx, { ...all, limit: null })
  const { events } = JSON.parse(await printed(log, 'json', Infinity)) as { events: { detail: string }[] }
  assert.deepEqual(
    events.map(({ detail }) => detail),
    NUMBERS,
  )
  assert.deepEqual(numbersIn(await printed(log, 'text', Infinity)), NUMBERS)
  const short = await printed(log, 'text', 80)
  assert.deepEqual(numbersIn(short), NUMBERS.slice(-50))
  assert.match(short, /951/, 'how many are older')
  const newest = await showLog(ctx, { ...all, limit: 700 })
  assert.deepEqual(numbersIn(await printed(newest, 'text', 80)), NUMBERS.slice(-700))
})

test('an index of a thousand documents, the unreadable ones first', async (t) => {
  const { ctx } = await testCtx(t)
  for (const [i, path] of NUMBERS.entries()) {
    const bad = i % 10 === 0
    const head = bad ? { issued_at: null, uuid: null } : { issued_at: '2024-05-20T09:00:00', uuid: `U${i}` }
    await ctx.db
      .insertInto('document')
      .values({
        ...{ path, size: 3000, mtime_us: 1, ctime_us: 1, reason: bad ? 'not-xml' : null, detail: '' },
        ...{ kind: 'I', series: 'A', folio: String(i), seal_mark: '', issuer_rfc: 'EKU9003173C9' },
        ...{ receiver_rfc: 'URE180429TM6', receiver_name: 'X', total: '1.00', currency: 'MXN' },
        ...{ payroll: null, pdf: null, extras: '[]', ...head },
      })
      .execute()
  }
  const all = { clients: [], period: ALWAYS, kinds: null, uuid: null }
  const result = await listIndex(ctx, { ...all, show: 'all' })
  const { documents, bad } = JSON.parse(await printed(result, 'json', Infinity)) as {
    documents: { file: string; reason: string | null }[]
    bad: number
  }
  assert.deepEqual([documents.length, bad], [COUNT, 101])
  assert.ok(documents.slice(0, 101).every(({ reason }) => reason === 'not-xml'))
  assert.deepEqual(documents.map(({ file }) => file).sort(), [...NUMBERS].sort())
  assert.equal((await listIndex(ctx, { ...all, show: 'bad' })).documents.length, 101)
})
