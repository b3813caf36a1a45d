import assert from 'node:assert/strict'
import { chmodSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { inspect } from 'node:util'
import { CfdiMailError } from '../../src/core/model/errors.ts'
import { keyFileSecrets } from '../../src/core/secrets/key-file.ts'
import { tempFolder } from '../support/temp.ts'

const PLACE = 'profile:oficina:secret'
const CLEAR = 'contraseña muy secreta'

const withCode = (code: string) => (error: unknown) => {
  assert.ok(error instanceof CfdiMailError)
  assert.equal(error.code, code)
  assert.equal(inspect(error, { depth: 9 }).includes(CLEAR), false)
  return true
}

describe('a sealed password', () => {
  test('opens at its place and shows nothing of itself', async (t) => {
    const secrets = keyFileSecrets({ env: {}, home: tempFolder(t) })
    const sealed = secrets.seal(PLACE, CLEAR)
    assert.match(sealed, /^v1\.[0-9a-f]{8}\.[\w-]+$/)
    assert.equal(Buffer.from(sealed.split('.')[2]!, 'base64url').includes(CLEAR), false)
    assert.equal(await secrets.reveal(PLACE, sealed), CLEAR)
    assert.notEqual(secrets.seal(PLACE, CLEAR), sealed)
    assert.equal(await secrets.reveal(PLACE, ''), '')
  })

  test('does not open at another place, changed, under another key, or without its key', async (t) => {
    const secrets = keyFileSecrets({ env: {}, home: tempFolder(t) })
    const sealed = secrets.seal(PLACE, CLEAR)
    const last = sealed.at(-2) === 'A' ? 'B' : 'A'
    await assert.rejects(secrets.reveal('profile:otra:secret', sealed), withCode('BAD_SECRET'))
    await assert.rejects(
      secrets.reveal(PLACE, sealed.slice(0, -2) + last + sealed.slice(-1)),
      withCode('BAD_SECRET'),
    )
    await assert.rejects(secrets.reveal(PLACE, sealed.slice(0, 20)), withCode('BAD_SECRET'))
    const stranger = keyFileSecrets({ env: {}, home: tempFolder(t) })
    await assert.rejects(stranger.reveal(PLACE, sealed), withCode('KEY_NOT_FOUND'))
    stranger.seal(PLACE, 'x')
    await assert.rejects(stranger.reveal(PLACE, sealed), withCode('WRONG_KEY'))
  })

  test('in clear text is never taken', async (t) => {
    const secrets = keyFileSecrets({ env: {}, home: tempFolder(t) })
    await assert.rejects(secrets.reveal(PLACE, CLEAR), withCode('BAD_SECRET'))
  })
})

describe('the key file', () => {
  test('row 131: is made on first use, for its owner alone', (t) => {
    const home = tempFolder(t)
    keyFileSecrets({ env: {}, home }).seal(PLACE, CLEAR)
    const file = join(home, '.config', 'cfdi-mail', 'key')
    assert.equal(statSync(file).mode & 0o777, 0o600)
    assert.equal(statSync(join(file, '..')).mode & 0o777, 0o700)
    assert.equal(Buffer.from(readFileSync(file, 'utf8'), 'base64').length, 32)
  })

  test('is looked for in CFDI_MAIL_KEY, CFDI_MAIL_KEY_FILE and XDG_CONFIG_HOME', async (t) => {
    const home = tempFolder(t)
    const file = join(home, 'own.key')
    const key = Buffer.alloc(32, 7).toString('base64')
    writeFileSync(file, key, { mode: 0o600 })
    const sealed = keyFileSecrets({ env: { CFDI_MAIL_KEY: key }, home }).seal(PLACE, CLEAR)
    assert.equal(
      await keyFileSecrets({ env: { CFDI_MAIL_KEY_FILE: file }, home }).reveal(PLACE, sealed),
      CLEAR,
    )
    keyFileSecrets({ env: { XDG_CONFIG_HOME: join(home, 'xdg') }, home }).seal(PLACE, CLEAR)
    assert.ok(statSync(join(home, 'xdg', 'cfdi-mail', 'key')).isFile())
    assert.throws(
      () => keyFileSecrets({ env: { CFDI_MAIL_KEY: 'c2hvcnQ=' }, home }).seal(PLACE, CLEAR),
      withCode('BAD_KEY'),
    )
  })

  test('is refused when others may read it or when it is a link', (t) => {
    const home = tempFolder(t)
    const [file, link] = [join(home, 'own.key'), join(home, 'link.key')]
    writeFileSync(file, Buffer.alloc(32, 7).toString('base64'))
    chmodSync(file, 0o640)
    assert.throws(
      () => keyFileSecrets({ env: { CFDI_MAIL_KEY_FILE: file }, home }).seal(PLACE, CLEAR),
      withCode('KEY_UNSAFE'),
    )
    chmodSync(file, 0o600)
    symlinkSync(file, link)
    assert.throws(
      () => keyFileSecrets({ env: { CFDI_MAIL_KEY_FILE: link }, home }).seal(PLACE, CLEAR),
      withCode('KEY_UNSAFE'),
    )
  })
})

describe('a reference', () => {
  test('leads to a variable, a file’s first line or a program’s first line', async (t) => {
    const home = tempFolder(t)
    const file = join(home, 'pass.txt')
    writeFileSync(file, `${CLEAR}\r\nsegunda\n`)
    const secrets = keyFileSecrets({ env: { MAIL_PASS: CLEAR }, home })
    assert.equal(await secrets.reveal(PLACE, 'env:MAIL_PASS'), CLEAR)
    assert.equal(await secrets.reveal(PLACE, `file:${file}`), CLEAR)
    assert.equal(
      await secrets.reveal(PLACE, `cmd:${process.execPath} -p "'con espacios; $HOME'"`),
      'con espacios; $HOME',
    )
  })

  test('that leads nowhere says where it led and not what it was given', async (t) => {
    const secrets = keyFileSecrets({ env: {}, home: tempFolder(t) })
    for (const reference of [
      'env:NOT_THERE',
      'file:/no/such/file',
      'cmd:/no/such/program',
      `cmd:${process.execPath} -e process.exit(3)`,
    ]) {
      await assert.rejects(secrets.reveal(PLACE, reference), withCode('BAD_REFERENCE'))
    }
    const telltale = `cmd:${process.execPath} -e throw(1) "${CLEAR}"`
    await assert.rejects(secrets.reveal(PLACE, telltale), withCode('BAD_REFERENCE'))
  })
})
