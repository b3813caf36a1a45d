import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { parsePhone, phoneDigits, samePhone } from '../../../src/core/model/phone.ts'

/** [as typed, as stored or the problem] */
const NUMBERS = [
  ['5512345678', '+525512345678'],
  ['55 1234 5678', '+525512345678'],
  ['(55) 1234-5678', '+525512345678'],
  ['044 55 1234 5678', '+525512345678'],
  ['045 33 1234 5678', '+523312345678'],
  ['01 55 1234 5678', '+525512345678'],
  ['52 55 1234 5678', '+525512345678'],
  ['+52 1 55 1234 5678', '+525512345678'],
  ['5215512345678', '+525512345678'],
  ['0052 55 1234 5678', '+525512345678'],
  ['+52 044 55 1234 5678', '+525512345678'],
  ['+1 (212) 555-2368', '+12125552368'],
  ['+34 612 345 678', '+34612345678'],
  ['', 'phone-short'],
  ['1234567', 'phone-short'],
  ['551234567', 'phone-short'],
  ['+5255123456', 'phone-short'],
  ['1234567890', 'phone-country'],
  ['55123456789', 'phone-long'],
  ['+0 612 345 678', 'phone-country'],
  ['1234567890123456', 'phone-long'],
  ['55 1234 5678 ext 3', 'phone-letters'],
  ['ana@cliente.mx', 'phone-letters'],
] as const

describe('mobile numbers', () => {
  for (const [typed, wanted] of NUMBERS) {
    test(`"${typed}" is ${wanted}`, () => {
      const reading = parsePhone(typed)
      assert.equal(reading.ok ? reading.number : reading.problem, wanted)
    })
  }

  test('what is stored is stored again as it is', () => {
    for (const [typed] of NUMBERS) {
      const once = parsePhone(typed)
      if (once.ok) assert.deepEqual(parsePhone(once.number), once)
    }
  })

  test('are one when their last ten digits are: WhatsApp gives Mexican ones back with the old 1', () => {
    assert.ok(samePhone('+525512345678', '5215512345678'))
    assert.ok(!samePhone('+525512345678', '+525512345679'))
    assert.ok(!samePhone('', ''))
    assert.equal(phoneDigits('+525512345678'), '525512345678')
  })
})
