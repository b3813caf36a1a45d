import assert from 'node:assert/strict'
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test, type TestContext } from 'node:test'
import type { Ctx } from '../../src/core/flows/ctx.ts'
import { sealOAuth } from '../../src/core/flows/oauth-keeper.ts'
import { checkSecrets, rekey } from '../../src/core/flows/secrets.ts'
import { sendDue } from '../../src/core/flows/send-due.ts'
import { CfdiMailError } from '../../src/core/model/errors.ts'
import type { FaultPoint } from '../../src/core/model/fault.ts'
import { oauthClientFrom } from '../../src/core/model/oauth.ts'
import { keyFiles } from '../../src/core/secrets/key-change.ts'
import { keyFileSecrets } from '../../src/core/secrets/key-file.ts'
import { takeRunLock } from '../../src/core/store/run-lock.ts'
import { findProfile, saveProfile } from '../../src/core/store/profiles.ts'
import { listSealed, SEALED_COLUMNS } from '../../src/core/store/sealed-values.ts'
import { packageDocuments, testCtx } from '../support/ctx.ts'
import { smtpProfile } from '../support/profiles.ts'
import { smtpServer } from '../support/smtp-server.ts'
import { tempFolder } from '../support/temp.ts'

const withCode = (code: string) => (error: unknown) => error instanceof CfdiMailError && error.code === code
const USER = 'facturas@emisor.example'

/** A store with a password, a reference and the three secrets of a sign-in with tokens. */
async function secretive(t: TestContext, changes: Partial<Ctx> = {}): Promise<{ ctx: Ctx; key: string }> {
  const { ctx } = await testCtx(t, changes)
  const at = ctx.now().toISOString()
  const save = (name: string, secret: string) =>
    saveProfile(ctx.db, { ...smtpProfile({ name, user: USER, secret }), hold: null, testedAt: null }, at)
  await save('con-clave', ctx.secrets.seal('profile:con-clave:secret', 'Secreta-1'))
  await save('con-referencia', 'env:NADA')
  await save('con-oauth', '')
  await sealOAuth(ctx, {
    profile: 'con-oauth',
    oauth: {
      client: oauthClientFrom(undefined, { provider: 'google', clientId: 'app' }),
      ...{ clientSecret: 'Secreta-2', refreshToken: 'Secreta-3' },
      access: { token: 'Secreta-4', expiresAt: at },
    },
    clientSecretReference: null,
    consentedAt: at,
  })
  return { ctx, key: join(ctx.folders.data, '.config', 'cfdi-mail', 'key') }
}

const CLEAR = ['Secreta-1', 'Secreta-2', 'Secreta-3', 'Secreta-4']

/** Everything that is sealed in the store, in clear text. */
async function clearTexts(ctx: Ctx): Promise<string[]> {
  const sealed = (await listSealed(ctx.db)).filter(({ stored }) => stored.startsWith('v1.'))
  return (await Promise.all(sealed.map(({ place, stored }) => ctx.secrets.reveal(place, stored)))).sort()
}

const keysUsed = async (ctx: Ctx): Promise<string[]> => [
  ...new Set((await checkSecrets(ctx)).secrets.flatMap(({ key }) => (key === null ? [] : [key]))),
]

describe('secrets check', () => {
  test('names every secret, its key and whether it opens, and follows no reference', async (t) => {
    const { ctx, key } = await secretive(t)
    const checked = await checkSecrets(ctx)
    assert.deepEqual([checked.key?.file, checked.needsPerson], [key, false])
    assert.deepEqual(
      checked.secrets.map(({ place, form, opens }) => [place, form, opens]),
      [
        ['profile:con-clave:secret', 'sealed', true],
        ['profile:con-oauth:oauth-access-token', 'sealed', true],
        ['profile:con-oauth:oauth-client-secret', 'sealed', true],
        ['profile:con-oauth:oauth-refresh-token', 'sealed', true],
        ['profile:con-referencia:secret', 'reference', null],
      ],
    )
    rmSync(key)
    const lost = await checkSecrets(ctx)
    assert.deepEqual([lost.key, lost.needsPerson], [null, true])
    assert.ok(lost.secrets.every(({ problem, opens }) => opens === null || problem === 'KEY_NOT_FOUND'))
  })
})

describe('secrets rekey', () => {
  test('knows every column of the store that holds a secret', async (t) => {
    const { ctx } = await testCtx(t)
    const tables = await ctx.db.introspection.getTables()
    const found = tables.flatMap(({ name: table, columns }) =>
      columns
        .filter(({ name }) => /secret|password|(?:refresh|access|verify)_token/.test(name))
        // A hash opens nothing, and a rule names what a password is made of.
        .filter(({ name }) => !/_(?:hash|rule)$/.test(name))
        .map(({ name }) => `${table}.${name}`),
    )
    assert.deepEqual(found.sort(), SEALED_COLUMNS.map(({ table, column }) => `${table}.${column}`).sort())
  })

  test('seals everything under a new key; references stay, the former key is kept beside it', async (t) => {
    const { ctx, key } = await secretive(t)
    const [before] = await keysUsed(ctx)
    const result = await rekey(ctx, 'keep')
    assert.deepEqual(
      [result.values, result.former, result.forgotten],
      [4, { id: before, file: `${key}.${before}` }, false],
    )
    assert.notEqual(result.key.id, before)
    assert.deepEqual([await keysUsed(ctx), await clearTexts(ctx)], [[result.key.id], CLEAR])
    assert.equal((await findProfile(ctx.db, 'con-referencia'))?.secret, 'env:NADA')
    for (const file of [key, `${key}.${before}`, `${key}.${result.key.id}`])
      assert.equal(statSync(file).mode & 0o777, 0o600)
  })

  test('forgets the former key only when told to', async (t) => {
    const { ctx, key } = await secretive(t)
    const { former, forgotten } = await rekey(ctx, 'forget')
    assert.deepEqual([forgotten, existsSync(`${key}.${former?.id}`)], [true, false])
    assert.deepEqual(await clearTexts(ctx), CLEAR)
  })

  test('leaves another store that shares the key able to open its own', async (t) => {
    const { ctx } = await secretive(t)
    const other = await secretive(t, { secrets: ctx.secrets, keys: ctx.keys })
    await rekey(ctx, 'keep')
    await rekey(ctx, 'keep')
    assert.deepEqual([await clearTexts(ctx), await clearTexts(other.ctx)], [CLEAR, CLEAR])
    await rekey(other.ctx, 'keep')
    assert.deepEqual([await clearTexts(ctx), await clearTexts(other.ctx)], [CLEAR, CLEAR])
  })

  const points: readonly (readonly [FaultPoint, number])[] = [
    ['rekey-in-place', 1],
    ['rekey-resealed', 1],
    ['rekey-resealed', 3],
    ['rekey-committed', 1],
  ]
  for (const [point, passage] of points) {
    test(`row 130: a process that dies at ${point} (${passage}) leaves every secret open, and the next one finishes`, async (t) => {
      const { ctx } = await secretive(t)
      let passages = 0
      const fault = (at: FaultPoint) => {
        if (at === point && ++passages === passage) throw new Error('dies')
      }
      await assert.rejects(rekey({ ...ctx, fault }, 'forget'), /dies/)
      assert.deepEqual(await clearTexts(ctx), CLEAR)
      const { key } = await rekey(ctx, 'forget')
      assert.deepEqual([await keysUsed(ctx), await clearTexts(ctx)], [[key.id], CLEAR])
    })
  }

  test('is refused while something sends, with the key in the environment, or when a secret does not open', async (t) => {
    const { ctx, key } = await secretive(t)
    const lock = takeRunLock(ctx.folders.lock)
    await assert.rejects(rekey(ctx, 'keep'), withCode('SEND_RUNNING'))
    lock.release()
    const inline = { env: { CFDI_MAIL_KEY: readFileSync(key, 'utf8').trim() }, home: ctx.folders.data }
    const environment = { secrets: keyFileSecrets(inline), keys: keyFiles(inline) }
    await assert.rejects(rekey({ ...ctx, ...environment }, 'keep'), withCode('KEY_INLINE'))
    writeFileSync(key, Buffer.alloc(32, 7).toString('base64'))
    await assert.rejects(rekey(ctx, 'keep'), withCode('WRONG_KEY'))
    assert.equal(readFileSync(key, 'utf8'), Buffer.alloc(32, 7).toString('base64'))
  })
})

describe('a secret that does not open', () => {
  test('row 130: holds its profile, names both keys, and no order is tried', async (t) => {
    const { ctx } = await testCtx(t)
    const server = await smtpServer(t)
    const stranger = keyFileSecrets({ env: {}, home: tempFolder(t) })
    const secret = stranger.seal('profile:oficina:secret', 'Secreta-1')
    ctx.secrets.seal('profile:oficina:secret', 'otra')
    const profile = smtpProfile({ name: 'oficina', port: server.port, user: USER, secret })
    await saveProfile(ctx.db, { ...profile, hold: null, testedAt: null }, ctx.now().toISOString())
    await packageDocuments(t, ctx, [{ folio: '1' }])
    const { profiles, totals, waiting } = await sendDue(ctx, { limit: null, profile: null })
    assert.deepEqual([profiles[0]?.cause, profiles[0]?.until], ['secret-unreadable', null])
    assert.ok(profiles[0]?.reason.includes(secret.split('.')[1] ?? '-'))
    assert.ok(profiles[0]?.reason.includes(ctx.keys.current()?.id ?? '-'))
    assert.deepEqual([totals.failed, waiting, server.messages.length], [0, 2, 0])
  })

  test('row 129: a sealed text that was copied to another profile does not open there', async (t) => {
    const { ctx } = await secretive(t)
    const { secret } = (await findProfile(ctx.db, 'con-clave')) ?? { secret: '' }
    await ctx.db.updateTable('profile').set({ secret }).where('name', '=', 'con-referencia').execute()
    const shut = (await checkSecrets(ctx)).secrets.filter(({ opens }) => opens === false)
    assert.deepEqual(
      shut.map(({ place, problem }) => [place, problem]),
      [['profile:con-referencia:secret', 'BAD_SECRET']],
    )
  })
})
