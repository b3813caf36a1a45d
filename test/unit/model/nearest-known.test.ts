import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { nearestKnown } from '../../../src/core/model/nearest-known.ts'

const CODES = ['C00001', 'C00002', 'C00003', 'C00012', 'ALMGAR', 'oficina', 'Nómina', 'facturas@ure.example']

describe('the known name that a mistyped one meant', () => {
  for (const [typed, meant] of [
    ['C1', 'C00001'],
    ['c12', 'C00012'],
    ['C-0001', 'C00001'],
    ['C000002', 'C00002'],
    ['almgar', 'ALMGAR'],
    ['ALMGR', 'ALMGAR'],
    ['AMLGAR', 'ALMGAR'],
    ['oficna', 'oficina'],
    ['nomina', 'Nómina'],
    ['ofi', 'oficina'],
    ['facturs@ure.exmple', 'facturas@ure.example'],
  ] as const)
    test(`of ${typed} is ${meant}`, () => {
      assert.equal(nearestKnown(typed, CODES), meant)
    })

  for (const [typed, why] of [
    ['C00009', 'three are as near'],
    ['x', 'one letter may be anything'],
    ['???', 'it has no letters'],
    ['ventas', 'nothing is near'],
    ['factuxxx@ure.example', 'three letters are no slip'],
  ] as const)
    test(`is none for ${typed}: ${why}`, () => {
      assert.equal(nearestKnown(typed, CODES), '')
    })

  test('is none when two differ in their zeros alone', () => {
    assert.equal(nearestKnown('C1', ['C01', 'C001']), '')
    assert.equal(nearestKnown('C100', ['C1', 'C0100']), 'C0100')
  })
})
