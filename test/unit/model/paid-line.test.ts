import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { paidDocuments } from '../../../src/core/message/paid-lines.ts'
import { exceeds, readPaidCell, readPaidLine } from '../../../src/core/model/paid-line.ts'

describe('a line of what was paid', () => {
  test('says document, instalment, paid and left, with sign and commas taken off', () => {
    assert.deepEqual(readPaidLine(' F-123 ; 2 ; $1,000.00 ; 0.00 '), {
      ...{ document: 'F-123', instalment: '2', paid: '1000.00', balanceLeft: '0.00' },
    })
  })

  test('may leave out instalment and balance, but keeps their places', () => {
    assert.deepEqual(readPaidLine('F-123;;10;'), {
      ...{ document: 'F-123', instalment: '', paid: '10', balanceLeft: '' },
    })
    assert.equal(readPaidLine('F-123;1;1000.00'), 'fields')
    assert.equal(readPaidLine('F-123'), 'fields')
    assert.equal(readPaidLine('F;1;1;1;1'), 'fields')
  })

  test('names what is wrong with it', () => {
    assert.equal(readPaidLine(';1;10;0'), 'document')
    assert.equal(readPaidLine('F;x;10;0'), 'instalment')
    assert.equal(readPaidLine('F;0;10;0'), 'instalment')
    for (const paid of ['', '0', '0.00', '-1', 'mil', '1.2.3', '1e3'])
      assert.equal(readPaidLine(`F;1;${paid};0`), 'paid', paid)
    assert.equal(readPaidLine('F;1;10;-1'), 'balance')
    assert.equal(readPaidLine('F;1;10;nada'), 'balance')
  })

  test('several stand in one cell, and one that is wrong spoils the cell', () => {
    assert.deepEqual(readPaidCell(''), [])
    assert.equal((readPaidCell('F-1;1;10;0|F-2;1;20;0|') as readonly unknown[]).length, 2)
    assert.equal(readPaidCell('F-1;1;10;0|F-2'), 'fields')
  })
})

test('lines may come to less than the payment, never to more, by the last cent', () => {
  const lines = ['0.10', '0.20'].map((paid) => ({ document: 'F', instalment: '', paid, balanceLeft: '' }))
  assert.equal(exceeds(lines, '0.3'), false)
  assert.equal(exceeds(lines, '1'), false)
  assert.equal(exceeds([], '1'), false)
  assert.equal(exceeds(lines, '0.29'), true)
})

test('the balance before is what was paid and what is left, to the last digit', () => {
  const uuid = '6f1a3c5e-0d2b-4a7c-9e8f-1b2c3d4e5f60'
  const lines = [
    { document: 'F-1', instalment: '1', paid: '0.10', balanceLeft: '90071992547409.93' },
    { document: uuid, instalment: '', paid: '5', balanceLeft: '' },
  ]
  const told = paidDocuments(lines, { date: '2024-05-31', currency: 'USD' })
  assert.deepEqual(
    told.map((each) => [each.folio, each.uuid, each.previousBalance, each.currency, each.paidAt]),
    [
      ['F-1', '', '90071992547410.03', 'USD', '2024-05-31'],
      ['', uuid.toUpperCase(), '', 'USD', '2024-05-31'],
    ],
  )
})
