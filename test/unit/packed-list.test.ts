import assert from 'node:assert/strict'
import { test } from 'node:test'
import { packedList } from '../../src/core/files/packed-list.ts'
import { listedSending, packedSending } from '../../src/core/flows/sending-report.ts'
import type { SentDelivery } from '../../src/core/model/results/outbox.ts'
import { makePrinter } from '../../src/ui/printer.ts'
import { makeViewContext } from '../../src/ui/view-context.ts'
import { table } from '../../src/ui/views/table.ts'

const IN_ENGLISH = makeViewContext({ language: 'en', width: undefined, color: 'off', verbosity: 'normal' })

const values = Array.from({ length: 1234 }, (_, i) => ({ uuid: `Ñ${i}`, files: [], detail: null }))

test('a packed list gives back what was added, in order and as often as it is asked', () => {
  const list = packedList<(typeof values)[number]>()
  assert.deepEqual([...list], [])
  for (let start = 0; start < values.length; start += 100) list.add(values.slice(start, start + 100))
  assert.equal(list.length, values.length)
  assert.deepEqual([...list], values)
  assert.deepEqual([...list], values)
  assert.equal(JSON.stringify(list), JSON.stringify(values))
})

test('what is written piece by piece is the same JSON document as what is written at once', async () => {
  const run = {
    kind: 'packaged',
    dryRun: true,
    type: null,
    needsPerson: false,
    totals: {},
  } as never as object
  const written = async (documents: Iterable<unknown>, orders: Iterable<unknown>) => {
    const pieces: string[] = []
    const out = { write: (text: string) => pieces.push(text) }
    await makePrinter({ out, err: out }, 'json', IN_ENGLISH).result({ ...run, documents, orders } as never)
    return pieces
  }
  const list = packedList<unknown>()
  list.add(values)
  const pieces = await written(list, packedList())
  assert.ok(pieces.length > 6)
  assert.equal(pieces.join(''), (await written(values, [])).join(''))
  assert.equal(pieces.join(''), `${JSON.stringify({ ...run, documents: values, orders: [] })}\n`)
})

test('a reader who is slow is waited for, and one who is gone ends it', async () => {
  const list = packedList<unknown>()
  for (let start = 0; start < values.length; start += 200) list.add(values.slice(start, start + 200))
  const result = { kind: 'packaged', documents: list, orders: [] } as never
  const reading = async (patience: number) => {
    let unread = 0
    let waits = 0
    const out = { write: (text: string) => text.length < 1_000 || ++unread === 0 }
    const taken = async () => {
      assert.equal(unread, 1, 'nothing is written to who has not read')
      unread = await Promise.resolve(0)
      return ++waits < patience ? 'read' : 'gone'
    }
    await makePrinter({ out, err: out, taken }, 'json', IN_ENGLISH).result(result)
    return waits
  }
  assert.deepEqual([await reading(Infinity), await reading(3)], [7, 3])
})

const NO_REPLY = { code: 0, enhanced: '', reply: '', attempts: 1, nextAt: null }

const deliveries = Array.from({ length: 1_300 }, (_, i): SentDelivery => ({
  ...{ order: `O${i}`, customer: `C${i % 200}`, recipient: `ñ${i}@ure.example` },
  ...NO_REPLY,
  state: i % 3 === 0 ? 'dead' : 'sent',
}))

test('a run of send tells the same of what it kept packed as of what it held, in text and in JSON', async () => {
  const [held, packed] = [listedSending(), packedSending()]
  for (const delivery of deliveries) for (const report of [held, packed]) report.add([delivery])
  assert.deepEqual(packed.totals, { sent: 866, deferred: 0, failed: 434 })
  const told = async (report: typeof packed, format: 'text' | 'json') => {
    const pieces: string[] = []
    const sink = { write: (text: string) => pieces.push(text) }
    await makePrinter({ out: sink, err: sink }, format, IN_ENGLISH).result({
      ...{ kind: 'sent', profiles: [], limits: [], waiting: 0, fallbacks: [], auditHead: '' },
      ...{ files: { trashed: 0, deleted: 0, kept: 0 }, deliveries: report.deliveries },
      totals: { ...report.totals, unknown: 0, held: 0 },
    })
    return pieces.join('')
  }
  const text = await told(packed, 'text')
  assert.equal(text, await told(held, 'text'))
  assert.match(text, /\nO1298 +C98 +ñ1298@ure\.example +sent\n/)
  const json = await told(packed, 'json')
  assert.equal(json, await told(held, 'json'))
  assert.ok(json.includes(`"deliveries":${JSON.stringify(deliveries)},"totals"`))
})

test('a table may have more rows than a call has room for arguments', () => {
  const rows = Array.from({ length: 130_000 }, () => ['x'])
  assert.equal(table([{ title: 't' }], rows, 80).length, 260_001)
})
