import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { periodOf } from '../../src/commands/period-flags.ts'

/** Noon of the machine's own calendar, whatever its zone. */
const NOON = { now: () => new Date(2024, 2, 1, 12) }
const LATE = { now: () => new Date(2024, 2, 1, 23, 59, 59) }

describe('the flags of a period', () => {
  test('are a range, a month, today or yesterday', () => {
    assert.deepEqual(periodOf(NOON, { from: '2024-01-05' }), { from: '2024-01-05', to: null })
    assert.deepEqual(periodOf(NOON, { month: '2024-02' }), { from: '2024-02-01', to: '2024-02-29' })
    assert.deepEqual(periodOf(NOON, { today: true }), { from: '2024-03-01', to: '2024-03-01' })
    assert.deepEqual(periodOf(NOON, { yesterday: true }), { from: '2024-02-29', to: '2024-02-29' })
    assert.deepEqual(periodOf(NOON, {}), { from: null, to: null })
  })

  test('mean the day of the machine a second before its midnight', () => {
    assert.equal(periodOf(LATE, { today: true }).to, '2024-03-01')
  })

  test('do not go together in two ways', () => {
    assert.throws(() => periodOf(NOON, { to: '2024-01-05', month: '2024-01' }), {
      code: 'BAD_SELECTION',
      params: { flags: '--to, --month' },
    })
    assert.throws(() => periodOf(NOON, { today: true, yesterday: true }), { code: 'BAD_SELECTION' })
  })

  test('name a month that is none as it was typed', () => {
    for (const month of ['2024-13', '2024-00', '2024-1', '2024-01-01', 'enero'])
      assert.throws(() => periodOf(NOON, { month }), { code: 'BAD_DATE', params: { text: month } })
  })

  test('that were typed as no (--no-today) say nothing', () => {
    assert.deepEqual(periodOf(NOON, { today: false, month: '2024-01' }).from, '2024-01-01')
  })
})
