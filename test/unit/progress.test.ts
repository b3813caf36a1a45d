/** The line that says how far a long stage is. */
import assert from 'node:assert/strict'
import { PassThrough } from 'node:stream'
import { test } from 'node:test'
import { bar, clockTime, paceOf } from '../../src/ui/pace.ts'
import { makeProgress } from '../../src/ui/progress.ts'

test('the pace is what was done since the beginning, and what is left at that rate', () => {
  assert.deepEqual(paceOf({ first: 500, now: 1500, total: 2500 }, 2000), { rate: 500, left: 2 })
  assert.equal(paceOf({ first: 500, now: 500, total: 2500 }, 9000), null, 'nothing done says nothing')
  assert.equal(paceOf({ first: 0, now: 10, total: 20 }, 20), null, 'a first moment says nothing')
})

test('time left is written as on a clock, rounded up', () => {
  assert.deepEqual([0, 6.2, 60, 3723].map(clockTime), ['0:00', '0:07', '1:00', '1:02:03'])
})

test('the bar is full at the end and never longer', () => {
  assert.deepEqual(
    [0, 0.5, 1, 7].map((share) => bar(share, 4)),
    ['░░░░', '██░░', '████', '████'],
  )
})

test('a terminal sees stage, bar, rate and time left; a pipe, and whoever asked for silence, nothing', async () => {
  const shown = async (isTTY: boolean, wish: 'shown' | 'silent') => {
    const stream = Object.assign(new PassThrough(), { isTTY, columns: 100, ...CURSOR })
    let now = 0
    const line = await makeProgress(stream as unknown as NodeJS.WriteStream, {
      language: 'es',
      shown: wish === 'shown',
      clock: () => now,
    })
    for (; now <= 2000; now += 500) line.show('package', now, 4000)
    line.stop()
    return String((stream.read() as Buffer | null) ?? '')
  }
  const seen = await shown(true, 'shown')
  assert.match(seen, /█{10}░{10} Empaquetando… 2,000 de 4,000 · 1,000 por segundo · faltan 0:02/)
  assert.equal(await shown(false, 'shown'), '')
  assert.equal(await shown(true, 'silent'), '')
})

const CURSOR = { clearLine: () => true, cursorTo: () => true, moveCursor: () => true }
