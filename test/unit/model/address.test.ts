import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { addressesIn, splitAddresses } from '../../../src/core/model/address-list.ts'
import { likelyTypo } from '../../../src/core/model/address-typo.ts'
import { slips } from '../../../src/core/model/slips.ts'
import {
  type AddressProblem,
  parseAddress,
  sameAddress,
  uniqueAddresses,
} from '../../../src/core/model/address.ts'

describe('parseAddress takes', () => {
  const taken: readonly (readonly [string, string])[] = [
    ['ana@x.mx', 'ana@x.mx'],
    ['  ana@x.mx\r\n', 'ana@x.mx'],
    ['\u200bana@x.mx\u00a0', 'ana@x.mx'],
    ['\u202aana@x.mx\u202c', 'ana@x.mx'],
    ['Ana.Lopez+cfdi@X.MX', 'Ana.Lopez+cfdi@x.mx'],
    ['Ana López <ana@x.mx>', 'ana@x.mx'],
    ['"López, Ana" <ana@x.mx>', 'ana@x.mx'],
    ['ana@x.mx <ana@x.mx>', 'ana@x.mx'],
    ["'ana@x.mx' <ana@x.mx>", 'ana@x.mx'],
    ['<ana@x.mx>', 'ana@x.mx'],
    ['"ana@x.mx"', 'ana@x.mx'],
    ["'ana@x.mx'", 'ana@x.mx'],
    ['mailto:ana@x.mx', 'ana@x.mx'],
    ['MAILTO:ana@x.mx?subject=CFDI', 'ana@x.mx'],
    ['Ana <mailto:ana@x.mx>', 'ana@x.mx'],
    ["o'brien@x.mx", "o'brien@x.mx"],
    ['!#$%&*+/=?^_`{|}~-@x.mx', '!#$%&*+/=?^_`{|}~-@x.mx'],
    ['ana@sub.depto.empresa.com.mx', 'ana@sub.depto.empresa.com.mx'],
    ['ana@Piñata.mx', 'ana@piñata.mx'],
    ['ana@xn--piata-pta.mx', 'ana@xn--piata-pta.mx'],
    ['ana@0x0.mx', 'ana@0x0.mx'],
    ['ana@почта.рф', 'ana@почта.рф'],
    [`${'a'.repeat(64)}@x.mx`, `${'a'.repeat(64)}@x.mx`],
    [`ana@${'a'.repeat(63)}.mx`, `ana@${'a'.repeat(63)}.mx`],
  ]
  for (const [text, address] of taken) {
    test(`${JSON.stringify(text)} as ${address}`, () => {
      assert.deepEqual(parseAddress(text), { ok: true, address, needsSmtpUtf8: false })
    })
  }

  test('a local part with letters outside ASCII, marked as needing SMTPUTF8', () => {
    assert.deepEqual(parseAddress('peña@x.mx'), { ok: true, address: 'peña@x.mx', needsSmtpUtf8: true })
  })

  test('decomposed letters as the composed ones', () => {
    assert.deepEqual(parseAddress('pen\u0303a@x.mx'), parseAddress('pe\u00f1a@x.mx'))
  })
})

describe('row 102: parseAddress refuses', () => {
  const long = `${'a'.repeat(60)}@${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(63)}.mx`
  const refused: readonly (readonly [string, AddressProblem])[] = [
    ['', 'empty'],
    [' \t', 'empty'],
    ['<>', 'empty'],
    ['ana', 'no-at'],
    ['ana.x.mx', 'no-at'],
    ['ana@', 'domain'],
    ['@x.mx', 'local-part'],
    ['a@b@c', 'several-at'],
    ['a@b.mx@c.mx', 'several-at'],
    ['a@b.mx c@d.mx', 'several-at'],
    ['a@b.mx,c@d.mx', 'several-at'],
    ['a@b.mx, <c@d.mx>', 'several-at'],
    ['<a@b.mx> <c@d.mx>', 'several-at'],
    ['ana lopez@x.mx', 'local-part'],
    ['Ana: ana@x.mx', 'local-part'],
    ['.ana@x.mx', 'local-part'],
    ['ana.@x.mx', 'local-part'],
    ['a..b@x.mx', 'local-part'],
    ['ana;@x.mx', 'local-part'],
    ['ana@localhost', 'no-dot'],
    ['ana@x', 'no-dot'],
    ['ana@x..mx', 'domain'],
    ['ana@.mx', 'domain'],
    ['ana@x.mx.', 'domain'],
    ['ana@-x.mx', 'domain'],
    ['ana@x-.mx', 'domain'],
    ['ana@x_y.mx', 'domain'],
    ['ana@x .mx', 'domain'],
    ['ana@1.2.3.4', 'domain'],
    [`ana@${'a'.repeat(64)}.mx`, 'domain'],
    [`${'a'.repeat(65)}@x.mx`, 'too-long'],
    [`${'ñ'.repeat(33)}@x.mx`, 'too-long'],
    [long, 'too-long'],
    // what mail libraries have been tricked with
    ['"a@evil.mx x"@ok.mx', 'quoted'],
    ['"a"@ok.mx', 'quoted'],
    ['a\\@evil.mx@ok.mx', 'quoted'],
    ['"a@evil.mx" "b@ok.mx"', 'quoted'],
    ['a(comment)@ok.mx', 'comment'],
    ['a@ok.mx(@evil.mx)', 'comment'],
    ['a@[1.2.3.4]', 'literal'],
    ['a@[IPv6:::1]', 'literal'],
    ['<@evil.mx,@b.mx:a@ok.mx>', 'several-at'],
    ['grupo:a@ok.mx;', 'local-part'],
    ['a@ok.mx\r\nBcc: b@evil.mx', 'control-character'],
    ['a@ok.mx\nRCPT TO:<b@evil.mx>', 'control-character'],
    ['a\u0000@ok.mx', 'control-character'],
    ['Ana\r\nBcc: b@evil.mx <a@ok.mx>', 'control-character'],
    ['a\u200b@ok.mx', 'control-character'],
    ['a\u202e@ok.mx', 'control-character'],
    ['a@o\u00adk.mx', 'control-character'],
    ['a@gm\u0430il.com', 'lookalike'],
    ['a@\u03bfutlook.com', 'lookalike'],
    ['a@ok\u3002mx', 'domain'],
    ['a@\uff4fk.mx', 'domain'],
    ['a@o\ufb01.mx', 'domain'],
    ['a\uff20ok.mx', 'no-at'],
    ['a@ok.mx\ud800', 'domain'],
  ]
  for (const [text, problem] of refused) {
    test(`${JSON.stringify(text).slice(0, 60)} because of ${problem}`, () => {
      const reading = parseAddress(text)
      assert.equal(reading.ok ? reading.address : reading.problem, problem)
    })
  }

  test('and says where, counted in the text as it was given', () => {
    const at = (text: string) => {
      const reading = parseAddress(text)
      return reading.ok ? null : reading.at
    }
    assert.equal(at('  a@b@c'), 5)
    assert.equal(at('Ana <ana@localhost>'), 9)
    assert.equal(at('ana'), 3)
  })
})

describe('comparing addresses', () => {
  test('the domain counts in any case, the local part as it is', () => {
    assert.equal(sameAddress('Ana@X.mx', 'Ana@x.MX'), true)
    assert.equal(sameAddress('Ana@x.mx', 'ana@x.mx'), false)
  })

  test('a list keeps the first spelling of each, whatever the case', () => {
    assert.deepEqual(uniqueAddresses(['Ana@x.mx', 'b@x.mx', 'ana@X.mx']), ['Ana@x.mx', 'b@x.mx'])
  })
})

describe('row 100: splitAddresses cuts', () => {
  const lists: readonly (readonly [string, readonly string[]])[] = [
    ['', []],
    [' , ; \n', []],
    ['a@x.mx,b@y.mx', ['a@x.mx', 'b@y.mx']],
    ['a@x.mx ; b@y.mx;', ['a@x.mx', 'b@y.mx']],
    ['a@x.mx\r\nb@y.mx\n', ['a@x.mx', 'b@y.mx']],
    ['a@x.mx  b@y.mx\tc@z.mx', ['a@x.mx', 'b@y.mx', 'c@z.mx']],
    ['Ana López <a@x.mx>, Luis <b@y.mx>', ['Ana López <a@x.mx>', 'Luis <b@y.mx>']],
    ['Ana López <a@x.mx> b@y.mx', ['Ana López <a@x.mx>', 'b@y.mx']],
    ['"López, Ana" <a@x.mx>;b@y.mx', ['"López, Ana" <a@x.mx>', 'b@y.mx']],
    ['a@x.mx <a@x.mx> b@y.mx', ['a@x.mx <a@x.mx>', 'b@y.mx']],
    ['Ventas @ Norte <v@x.mx>', ['Ventas @ Norte <v@x.mx>']],
    ['"a@evil.mx x"@ok.mx,b@y.mx', ['"a@evil.mx x"@ok.mx', 'b@y.mx']],
    ['"Ana <a@x.mx>, b@y.mx', ['"Ana <a@x.mx>', 'b@y.mx']],
    ['GRAL,a@x.mx,mal,b@y.mx', ['GRAL', 'a@x.mx', 'mal', 'b@y.mx']],
  ]
  for (const [text, items] of lists) {
    test(`${JSON.stringify(text)} into ${items.length}`, () => {
      assert.deepEqual(
        splitAddresses(text).map((item) => item.text),
        items,
      )
    })
  }

  test('and tells where each item begins', () => {
    assert.deepEqual(
      splitAddresses(' a@x.mx,  b@y.mx').map((item) => item.at),
      [1, 10],
    )
  })

  test('a field gives its valid addresses once', () => {
    assert.deepEqual(addressesIn('a@x.mx; mal, A@X.mx b@y.mx'), ['a@x.mx', 'b@y.mx'])
  })
})

describe('likelyTypo', () => {
  const typos: readonly (readonly [string, string])[] = [
    ['gmail.con', 'gmail.com'],
    ['gmial.com', 'gmail.com'],
    ['gmial.con', 'gmail.com'],
    ['gamil.com', 'gmail.com'],
    ['gmail.co', 'gmail.com'],
    ['gmail.com.mx', 'gmail.com'],
    ['hotmial.com', 'hotmail.com'],
    ['hotmai.com', 'hotmail.com'],
    ['hotmail.co', 'hotmail.com'],
    ['homtail.con', 'hotmail.com'],
    ['outlok.com', 'outlook.com'],
    ['outloo.com', 'outlook.com'],
    ['yaho.com.mx', 'yahoo.com.mx'],
    ['yahoo.com.xm', 'yahoo.com.mx'],
    ['yahoo.con.mx', 'yahoo.com.mx'],
    ['prodigi.net.mx', 'prodigy.net.mx'],
    ['prodigy.com.mx', 'prodigy.net.mx'],
    ['prodigy.net.xm', 'prodigy.net.mx'],
    ['iclud.com', 'icloud.com'],
    ['empresa.con', 'empresa.com'],
    ['empresa.com.xm', 'empresa.com.mx'],
  ]
  for (const [domain, meant] of typos) {
    test(`${domain} was meant as ${meant}`, () => {
      assert.equal(likelyTypo(domain), meant)
    })
  }

  for (const domain of [
    'gmail.com',
    'GMAIL.com',
    'mail.com',
    'email.com',
    'ymail.com',
    'hotmail.fr',
    'yahoo.com.ar',
    'outlook.com.mx',
    'prodigy.net',
    'empresa.com.mx',
    'empresa.mx',
    'fastmail.com',
    'airmail.com',
    'sat.gob.mx',
    'comercial.co',
  ]) {
    test(`${domain} is left alone`, () => {
      assert.equal(likelyTypo(domain), null)
    })
  }

  test('a swap of neighbours is one slip', () => {
    assert.deepEqual([slips('hotmial', 'hotmail'), slips('', 'abc'), slips('abc', 'abc')], [1, 3, 0])
  })
})
