import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { readSendMark } from '../../../src/core/model/send-mark.ts'

describe('the send mark', () => {
  test('is what people and spreadsheets write for yes, in any case and with accents', () => {
    for (const word of ['yes', 'SÍ', 'si', '1', 'x', ' X ', 'true', 'VERDADERO'])
      assert.equal(readSendMark(word), 'send', word)
  })

  test('an empty cell and any word for no are no mark', () => {
    for (const word of ['', '  ', 'no', 'NO', '0', 'false', 'Falso'])
      assert.equal(readSendMark(word), 'not-marked', word)
  })

  test('any other word is neither', () => {
    for (const word of ['quizás', '2', 'mañana', 'xx']) assert.equal(readSendMark(word), null, word)
  })
})
