import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  sharedScope,
  whatsappCodeIn,
  whatsappRule,
  WHATSAPP_RULES,
} from '../../../src/core/model/whatsapp-rules.ts'

describe('rules of WhatsApp’s errors', () => {
  test('name each code in one rule only, unless a subcode tells them apart', () => {
    const codes = WHATSAPP_RULES.filter(({ subcode }) => subcode === undefined).flatMap((rule) =>
      rule.codes.flat(),
    )
    assert.deepEqual(
      codes.filter((code, i) => codes.indexOf(code) !== i),
      [],
    )
  })

  test('what holds a profile says why in a cause of its own', () => {
    for (const { name, scope, cause } of WHATSAPP_RULES) {
      const holds = ['profile', 'host'].includes(sharedScope(scope))
      assert.equal(cause !== undefined, holds, name)
    }
  })

  test('only a failure of Meta’s own leaves an outcome unknown', () => {
    const unknown = WHATSAPP_RULES.filter(({ outcome }) => outcome === 'uncertain').map(({ name }) => name)
    assert.deepEqual(unknown, ['server-trouble'])
  })

  test('100 is a bad parameter, and with subcode 33 a number id that is not ours', () => {
    assert.deepEqual([whatsappRule(100, 0).name, whatsappRule(100, 33).name], ['bad-parameter', 'phone-id'])
    assert.equal(whatsappRule(987654, 0).name, 'unknown-code')
  })

  test('are found in what people paste, and mail’s replies are left to mail', () => {
    assert.equal(whatsappCodeIn('131026 Message undeliverable'), 131026)
    assert.equal(whatsappCodeIn('131026 (#131026) Message undeliverable: not on WhatsApp'), 131026)
    assert.equal(whatsappCodeIn('(#200) Permissions error'), 200)
    assert.equal(whatsappCodeIn('190 Invalid OAuth access token'), 190)
    assert.equal(whatsappCodeIn('131999 something new'), 131999)
    for (const mail of ['550 5.1.1 no such user', '250 2.0.0 ok', '451 later', 'hello', '354 go'])
      assert.equal(whatsappCodeIn(mail), null, mail)
  })
})
