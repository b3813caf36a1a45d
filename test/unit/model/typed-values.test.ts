import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { parseDuration } from '../../../src/core/model/duration.ts'
import { parseKinds } from '../../../src/core/model/kinds.ts'
import { parseNoticeStates, parseStates } from '../../../src/core/model/states.ts'
import { uuidsIn } from '../../../src/core/model/uuids.ts'

describe('kinds of document', () => {
  test('are letters in a list, repeated flags, or Spanish words in any case and accent', () => {
    assert.deepEqual(parseKinds(['I,E', 'p']), ['I', 'E', 'P'])
    assert.deepEqual(parseKinds([' Nómina , retenciones', 'TRASLADO']), ['T', 'N', 'R'])
  })

  test('come once each, in the order of the catalogue', () => {
    assert.deepEqual(parseKinds(['pago,I', 'P,ingreso']), ['I', 'P'])
  })

  test('that do not exist are refused with the word that was typed', () => {
    for (const value of ['X', '', 'I,,E', 'constructor', 'I;E'])
      assert.throws(() => parseKinds([value]), { code: 'BAD_CHOICE' }, value)
  })
})

describe('a time span', () => {
  test('is a whole number and s, m or h', () => {
    assert.deepEqual(['30s', '5m', '1h', ' 2 H '].map(parseDuration), [30_000, 300_000, 3_600_000, 7_200_000])
  })

  test('of nothing, without a unit, or longer than a timer can wait is refused', () => {
    for (const text of ['0s', '5', 'm', '', '-5m', '1.5h', '5d', '5 m s', '600h', '999999999h'])
      assert.throws(() => parseDuration(text), { code: 'BAD_DURATION' }, text)
  })
})

describe('states of deliveries', () => {
  test('are codes or Spanish words, in singular and plural', () => {
    assert.deepEqual(parseStates(['failed,unknown', 'Retenidos', 'pendiente']), [
      'failed',
      'unknown',
      'held',
      'pending',
    ])
  })

  test('of notices are those, and that it has no mark yet', () => {
    assert.deepEqual(parseNoticeStates(['Sin marca,enviados', 'not-marked']), ['not-marked', 'sent'])
    assert.throws(() => parseNoticeStates(['perdido']), { code: 'BAD_CHOICE' })
    assert.throws(() => parseStates(['not-marked']), { code: 'BAD_CHOICE' })
  })

  test('that do not exist are refused', () => {
    for (const value of ['lost', '', 'sent;held', 'toString'])
      assert.throws(() => parseStates([value]), { code: 'BAD_CHOICE' }, value)
  })
})

describe('fiscal folios in a text', () => {
  const ONE = '7E1300DC-2765-5CA7-AF83-068F1D87A1A6'
  const TWO = 'ad662d33-6934-459c-a128-bdf0393f0f44'

  test('are found in a list, a CSV and a cancellation receipt, once each and in upper case', () => {
    const receipt = `<Acuse Fecha="2024-06-01T10:00:00" RfcEmisor="EKU9003173C9"><Folios><UUID>${TWO}</UUID><EstatusUUID>201</EstatusUUID></Folios><Folios><UUID>${ONE}</UUID></Folios></Acuse>`
    assert.deepEqual(uuidsIn(receipt), [TWO.toUpperCase(), ONE])
    assert.deepEqual(uuidsIn(`uuid;estado\r\n${ONE};Cancelado\r\n"${TWO}";x\r\n${ONE}`), [
      ONE,
      TWO.toUpperCase(),
    ])
  })

  test('are not cut out of longer chains of digits', () => {
    assert.deepEqual(uuidsIn(`a${ONE} ${ONE}0 ${ONE}-1 no`), [])
  })
})
