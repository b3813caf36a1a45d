/** The line that says how far a long stage is. */
import assert from 'node:assert/strict'
import { PassThrough } from 'node:stream'
import { test } from 'node:test'
import { stripVTControlCharacters } from 'node:util'
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

/** A terminal of so many columns, and what was drawn on it. */
function terminal(columns: number) {
  const stream = Object.assign(new PassThrough(), { isTTY: true, columns, ...CURSOR })
  const seen = () => stripVTControlCharacters(String((stream.read() as Buffer | null) ?? ''))
  return { stream: stream as unknown as NodeJS.WriteStream, seen }
}

// At 80 columns the time left stood on a second line, or half of it.
test('the line fits the terminal: the bar gets shorter, then goes, then what is said last', async () => {
  const shown = async (columns: number) => {
    const { stream, seen } = terminal(columns)
    let now = 0
    const line = await makeProgress(stream, { language: 'es', shown: true, clock: () => now })
    line.show('index', 0, 600_000)
    seen()
    now = 1000
    line.show('index', 300_000, 600_000)
    line.stop()
    return /(?:█+░+ )?Leyendo[^\u2800-\u28ff]*$/u.exec(seen())?.[0].trimEnd() ?? ''
  }
  for (const columns of [100, 80, 70, 60]) {
    const words = await shown(columns)
    assert.ok(words.length < columns, `${columns}: ${words}`)
    assert.match(words, /300,000 de 600,000/)
  }
})

// A watch had said "1,452 de 1,507 · faltan 0:01" for a quarter of an hour after it had packaged them all.
test('what is shown after a stop is counted anew', async () => {
  const { stream, seen } = terminal(100)
  let now = 0
  const line = await makeProgress(stream, { language: 'es', shown: true, clock: () => now })
  line.show('send', 0, 10)
  line.stop()
  now = 3_600_000
  seen()
  line.show('send', 5, 10)
  line.stop()
  const drawn = seen()
  assert.match(drawn, /5 de 10/)
  assert.doesNotMatch(drawn, /por segundo/)
})

// On a serial line, and where a program opens a terminal without a size, `send` turned in a circle for ever.
test('a terminal that does not know its width gets no line', async () => {
  const { stream, seen } = terminal(0)
  const line = await makeProgress(stream, { language: 'es', shown: true, clock: () => 0 })
  line.show('send', 1, 10)
  line.stop()
  assert.equal(seen(), '')
})

const CURSOR = { clearLine: () => true, cursorTo: () => true, moveCursor: () => true }
