import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import { describe, test } from 'node:test'
import { headHasMask, saysPassword, unmasked, withoutPassword } from '../../src/core/message/password-mask.ts'
import { quotedPrintable } from '../../src/core/message/quoted-printable.ts'
import {
  isWebAddress,
  makePassword,
  PASSWORD_MASK,
  portalPages,
  userCandidates,
} from '../../src/core/model/portal.ts'
import { hashPassword, verifyPassword } from '../../src/core/secrets/password-hash.ts'

describe('first passwords', () => {
  test('are twelve signs that nobody confuses, as long as their mask', () => {
    const made = Array.from({ length: 200 }, () => makePassword(randomInt))
    assert.equal(new Set(made).size, 200)
    for (const password of made) {
      assert.match(password, /^[a-zA-Z2-9]{4}-[a-zA-Z2-9]{4}-[a-zA-Z2-9]{4}$/)
      assert.doesNotMatch(password, /[0O1lIio]/)
      assert.equal(password.length, PASSWORD_MASK.length)
    }
  })

  test('are kept as scrypt with its parameters, and another password does not fit', async () => {
    const kept = await hashPassword('contraseña-larga')
    assert.match(kept, /^\$scrypt\$ln=14,r=8,p=1\$[A-Za-z0-9+/=]+\$[A-Za-z0-9+/=]+$/)
    assert.notEqual(kept, await hashPassword('contraseña-larga'))
    assert.equal(await verifyPassword('contraseña-larga'.normalize('NFD'), kept), true)
    assert.equal(await verifyPassword('contraseña-largA', kept), false)
    assert.equal(await verifyPassword('', 'nada'), false)
    // Lower parameters of another day stay valid.
    const older = '$scrypt$ln=4,r=1,p=1$c2FsdA==$'
    assert.equal(await verifyPassword('x', older), false)
  })

  test('take the place of their mask wherever a soft line break cuts it, and move no other byte', () => {
    const password = 'aBcD-eFgH-2345'
    for (let before = 0; before < 100; before++) {
      const head = quotedPrintable(`${'x'.repeat(before)}${PASSWORD_MASK} y ñ`)
      assert.ok(headHasMask(head), String(before))
      const told = unmasked(Buffer.from(head, 'latin1'), password).toString('latin1')
      assert.equal(told.length, head.length)
      assert.equal(
        told.replaceAll('=\r\n', ''),
        quotedPrintable(`${'x'.repeat(before)}${password} y ñ`).replaceAll('=\r\n', ''),
      )
    }
  })

  test('that are no longer kept give way to other words, escaped in HTML', () => {
    const mail = { subject: 's', text: `Clave: ${PASSWORD_MASK}`, html: `<b>${PASSWORD_MASK}</b>` }
    assert.ok(saysPassword(mail))
    const other = withoutPassword(mail, 'https://x.example/?a=1&b=2')
    assert.deepEqual(
      [other.text, other.html],
      ['Clave: https://x.example/?a=1&b=2', '<b>https://x.example/?a=1&amp;b=2</b>'],
    )
    assert.ok(!saysPassword(other))
  })
})

describe('users of the portal', () => {
  const first = (rfc: string, code = 'C00001') => [...take(userCandidates({ rfc, code }), 3)]
  test('are the RFC, and the code where the RFC is shared or missing', () => {
    assert.deepEqual(first('URE180429TM6'), ['URE180429TM6', 'C00001', 'C00001-2'])
    assert.deepEqual(first('XAXX010101000'), ['C00001', 'C00001-2', 'C00001-3'])
    assert.deepEqual(first('', 'a'), ['A--', 'A-2', 'A-3'])
  })
})

describe('the portal’s pages', () => {
  test('are below the sign-in page unless the settings say otherwise', () => {
    const pages = (portalUrl: string | null, portalRecoveryUrl: string | null = null) =>
      portalPages({ portalUrl, portalRecoveryUrl })
    assert.equal(pages(null), null)
    assert.equal(pages('https://x.example')?.recovery, 'https://x.example/recuperar')
    assert.equal(
      pages('https://x.example/portal/?rfc=1')?.recovery,
      'https://x.example/portal/recuperar?rfc=1',
    )
    assert.equal(pages('https://x.example', 'https://y.example/r')?.recovery, 'https://y.example/r')
  })

  test('are web addresses and nothing that acts in a page', () => {
    assert.ok(isWebAddress('http://127.0.0.1:8080/portal'))
    for (const bad of [
      'javascript:alert(1)',
      'portal',
      'https://x/"onclick="',
      'ftp://x.example',
      'https://a b',
    ])
      assert.ok(!isWebAddress(bad), bad)
  })
})

function* take<T>(values: Iterable<T>, count: number): Generator<T> {
  let left = count
  for (const value of values) {
    if (left-- <= 0) return
    yield value
  }
}
