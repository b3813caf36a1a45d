import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test, type TestContext } from 'node:test'
import { smtpChannel } from '../../src/core/channels/smtp-channel.ts'
import { type CheckRequest, checkProfile } from '../../src/core/flows/check-profile.ts'
import type { Ctx } from '../../src/core/flows/ctx.ts'
import {
  holdProfile,
  listProfiles,
  makeDefault,
  removeProfile,
  showProfile,
} from '../../src/core/flows/profiles.ts'
import { CfdiMailError } from '../../src/core/model/errors.ts'
import { GRAL } from '../../src/core/model/packaging-type.ts'
import { keyFileSecrets } from '../../src/core/secrets/key-file.ts'
import { listEvents } from '../../src/core/store/event-log.ts'
import { savePackagingType } from '../../src/core/store/packaging-types.ts'
import { defaultProfile, findProfile } from '../../src/core/store/profiles.ts'
import { makeViewContext } from '../../src/ui/view-context.ts'
import { smtpTestView } from '../../src/ui/views/smtp-test.ts'
import { certificates, noCertificates } from '../support/certificates.ts'
import { rawSmtp, type Script } from '../support/raw-smtp.ts'
import { smtpServer } from '../support/smtp-server.ts'
import { storeCtx } from '../support/store-ctx.ts'
import { tempFolder } from '../support/temp.ts'

const DEADLINES = { connect: 2_000, greeting: 1_000, command: 1_000, dataInit: 1_000, dot: 1_000 }
const LOGIN = { user: 'ventas@emisor.example', password: 'Secreta-123' }

const withCode = (code: string) => (error: unknown) => error instanceof CfdiMailError && error.code === code

async function testCtx(t: TestContext, changes: Partial<Ctx> = {}): Promise<Ctx> {
  const secrets = keyFileSecrets({ env: { CORREO: LOGIN.password }, home: tempFolder(t) })
  const readStdin = async () => `${LOGIN.password}\n`
  return storeCtx(t, { channel: smtpChannel({ deadlines: DEADLINES }), secrets, readStdin, ...changes })
}

/** A profile for a server on this machine that wants a password. */
function local(port: number, changes: CheckRequest = {}): CheckRequest {
  return { host: '127.0.0.1', port, security: 'none', user: LOGIN.user, password: 'stdin', ...changes }
}

const names = (steps: readonly { step: string; ok: boolean }[]) =>
  steps.map(({ step, ok }) => (ok ? step : `${step}!`))

describe('a test that passes', () => {
  test('goes through every step and changes nothing unless it is to be saved', async (t) => {
    const ctx = await testCtx(t)
    const { port, messages, logins } = await smtpServer(t, { login: LOGIN })
    const result = await checkProfile(ctx, local(port))
    assert.deepEqual(names(result.steps), ['dns', 'connect', 'greeting', 'auth', 'mail-from', 'rcpt-to'])
    assert.deepEqual([result.ok, result.cause, result.saved], [true, null, null])
    assert.deepEqual([messages.length, logins], [0, [LOGIN.password]])
    assert.match(result.steps[3]!.detail, /SIZE \d+.*AUTH LOGIN PLAIN$/)
    assert.deepEqual((await listProfiles(ctx)).profiles, [])
  })

  test('tells over STARTTLS what the encryption is', { skip: noCertificates() }, async (t) => {
    const { good, caFile } = certificates()
    const { port } = await smtpServer(t, { login: LOGIN, tls: good })
    const request = local(port, { host: 'localhost', security: 'starttls', caFile })
    const { ok, steps } = await checkProfile(await testCtx(t), request)
    assert.ok(ok)
    assert.deepEqual(names(steps), ['dns', 'connect', 'greeting', 'tls', 'auth', 'mail-from', 'rcpt-to'])
    assert.match(
      steps[3]!.detail,
      /^TLSv1\.[23]; subject good\.test; issuer Test CA; until \d{4}-\d\d-\d\d \(\d+ d\)$/,
    )
  })

  test('sends a real message when asked', async (t) => {
    const { port, messages } = await smtpServer(t, { login: LOGIN })
    const { ok, steps } = await checkProfile(await testCtx(t), local(port, { to: 'uno@cliente.example' }))
    assert.ok(ok)
    assert.deepEqual(names(steps).slice(-3), ['mail-from', 'rcpt-to', 'message'])
    assert.deepEqual(messages[0]!.recipients, ['uno@cliente.example'])
    const raw = messages[0]!.raw.toString()
    assert.match(raw, /^From: ventas@emisor\.example\r$/m)
    assert.match(raw, /mensaje de prueba[^]*test message/)
  })

  test('saves the profile, the first one as the default, its password sealed', async (t) => {
    const ctx = await testCtx(t)
    const { port } = await smtpServer(t, { login: LOGIN })
    const result = await checkProfile(
      ctx,
      local(port, { save: 'oficina', fromName: 'Ventas', modules: ['invoicing'] }),
    )
    assert.equal(result.saved, 'oficina')
    const profile = await findProfile(ctx.db, 'oficina')
    assert.ok(profile !== undefined)
    assert.match(profile.secret, /^v1\./)
    assert.equal(await ctx.secrets.reveal('profile:oficina:secret', profile.secret), LOGIN.password)
    assert.deepEqual(
      [profile.isDefault, profile.fromName, profile.testedAt],
      [true, 'Ventas', '2024-06-01T12:00:00.000Z'],
    )
    await checkProfile(ctx, local(port, { save: 'otra' }))
    assert.equal((await defaultProfile(ctx.db))?.name, 'oficina')
    await checkProfile(ctx, local(port, { save: 'tercera', makeDefault: true }))
    assert.equal((await defaultProfile(ctx.db))?.name, 'tercera')
  })

  test('keeps a reference as it is', async (t) => {
    const ctx = await testCtx(t)
    const { port } = await smtpServer(t, { login: LOGIN })
    const { saved } = await checkProfile(
      ctx,
      local(port, { password: { reference: 'env:CORREO' }, save: 'oficina' }),
    )
    assert.equal(saved, 'oficina')
    assert.equal((await findProfile(ctx.db, 'oficina'))?.secret, 'env:CORREO')
  })

  test('of a saved profile ends its hold; a changed one is only tested', async (t) => {
    const ctx = await testCtx(t)
    const { port } = await smtpServer(t, { login: LOGIN })
    await checkProfile(ctx, local(port, { save: 'oficina' }))
    await holdProfile(ctx, 'oficina', 'mudanza')
    await checkProfile(ctx, { name: 'oficina', from: 'otro@emisor.example' })
    assert.ok((await findProfile(ctx.db, 'oficina'))?.hold)
    await checkProfile(ctx, { name: 'oficina' })
    assert.equal((await findProfile(ctx.db, 'oficina'))?.hold, null)
    const kinds = (await listEvents(ctx.db, {})).map(({ event }) => event)
    assert.deepEqual(kinds, ['profile-saved', 'profile-held', 'profile-released'])
  })

  test('without a user needs no password', async (t) => {
    const { port } = await smtpServer(t)
    const request = { host: '127.0.0.1', port, security: 'none', from: 'ventas@emisor.example' } as const
    const result = await checkProfile(await testCtx(t), request)
    assert.ok(result.ok)
    // It said "User and password ✓", as if the server had taken them.
    const context = { language: 'es', width: 80, color: 'off', verbosity: 'normal' } as const
    assert.match(
      smtpTestView(result, makeViewContext(context)),
      /^✓ Sin identificarse .* el perfil no tiene usuario;/m,
    )
  })
})

// A file with a certificate's frame and nothing in it was told as a server that nobody vouches for.
test('an authority file that is no certificate is told before anybody is called', async (t) => {
  const caFile = join(tempFolder(t), 'autoridad.pem')
  for (const words of ['hola\n', '-----BEGIN CERTIFICATE-----\nhola\n-----END CERTIFICATE-----\n']) {
    writeFileSync(caFile, words)
    const request = local(2, { host: 'no.such.host.invalid', security: 'starttls', caFile })
    const { steps, cause } = await checkProfile(await testCtx(t), request)
    assert.deepEqual(
      [steps.map(({ step, detail }) => [step, detail]), cause],
      [[['tls', `no PEM certificate in ${caFile}`]], 'ca-file'],
    )
  }
})

/** What the server does → the step that fails and the cause. */
const FAILURES: Readonly<Record<string, readonly [Script, string, string]>> = {
  'a wrong password': [{ AUTH: '535 5.7.8 Error: authentication failed' }, 'auth!', 'bad-password'],
  'a server that cannot check it now': [{ AUTH: '454 4.7.0 later' }, 'auth!', 'auth-temporary'],
  'basic authentication switched off': [
    { AUTH: '535 5.7.139 Authentication unsuccessful' },
    'auth!',
    'm365-basic-auth-off',
  ],
  'a sender that is not the user’s': [
    { MAIL: '550 5.7.60 not allowed to send as' },
    'mail-from!',
    'sender-not-allowed',
  ],
  'a quota that is used up': [{ MAIL: '550 5.4.5 Daily user sending limit exceeded' }, 'mail-from!', 'quota'],
  'a recipient that does not exist': [{ RCPT: '550 5.1.1 unknown' }, 'rcpt-to!', 'recipient-refused'],
  'a greeting that says no': [{ greeting: '554 5.7.1 go away' }, 'greeting!', 'greeting-refused'],
  'a server that drops the connection': [{ EHLO: 'DROP' }, 'auth!', 'no-answer'],
}

describe('a test that fails', () => {
  for (const [name, [script, step, cause]] of Object.entries(FAILURES)) {
    test(`${name} stops it there, and nothing is saved`, async (t) => {
      const ctx = await testCtx(t)
      const server = await rawSmtp(t, { script, extensions: ['AUTH PLAIN LOGIN'] })
      const result = await checkProfile(ctx, local(server.port, { save: 'oficina' }))
      assert.deepEqual([names(result.steps).at(-1), result.cause, result.saved], [step, cause, null])
      assert.equal(await findProfile(ctx.db, 'oficina'), undefined)
      assert.ok(server.count('AUTH') <= 1)
      assert.equal(JSON.stringify(result).includes(LOGIN.password), false)
    })
  }

  test('a test message that is refused fails the last step', async (t) => {
    const server = await rawSmtp(t, { script: { dot: '554 5.7.1 content' }, extensions: ['AUTH PLAIN'] })
    const result = await checkProfile(await testCtx(t), local(server.port, { to: 'uno@cliente.example' }))
    assert.deepEqual([names(result.steps).at(-1), result.cause], ['message!', 'message-refused'])
  })

  test('a saved profile stays on hold', async (t) => {
    const ctx = await testCtx(t)
    const { port } = await smtpServer(t, { login: LOGIN })
    await checkProfile(ctx, local(port, { save: 'oficina' }))
    await holdProfile(ctx, 'oficina', '')
    const server = await rawSmtp(t, { script: { AUTH: '535 5.7.8 no' }, extensions: ['AUTH PLAIN'] })
    await checkProfile(ctx, { name: 'oficina', port: server.port })
    assert.ok((await findProfile(ctx.db, 'oficina'))?.hold)
  })
})

describe('what cannot be tested', () => {
  test('names what is missing', async (t) => {
    const ctx = await testCtx(t)
    await assert.rejects(checkProfile(ctx, {}), withCode('NO_PROFILE'))
    await assert.rejects(checkProfile(ctx, { name: 'nadie' }), withCode('PROFILE_NOT_FOUND'))
    await assert.rejects(
      checkProfile(ctx, { host: '127.0.0.1', user: 'sin-correo' }),
      withCode('BAD_PROFILE'),
    )
    await assert.rejects(checkProfile(ctx, { host: 'a b', from: 'a@b.example' }), withCode('BAD_PROFILE'))
    await assert.rejects(checkProfile(ctx, { host: 'x', user: 'a@b.example' }), withCode('NO_PASSWORD'))
    await assert.rejects(
      checkProfile(ctx, { host: 'x', from: 'a@b.example', save: '../x' }),
      withCode('BAD_PROFILE'),
    )
    await assert.rejects(
      checkProfile(ctx, { host: 'x', from: 'a@b.example', to: 'nadie' }),
      withCode('BAD_ADDRESS'),
    )
  })

  test('the password is asked for where somebody is', async (t) => {
    const { port } = await smtpServer(t, { login: LOGIN })
    const unused = () => Promise.reject(new Error('not asked'))
    const ask = {
      text: unused,
      accepted: unused,
      choice: unused,
      confirm: unused,
      secret: async () => LOGIN.password,
    }
    const { password: _stdin, ...request } = local(port)
    assert.ok((await checkProfile(await testCtx(t, { ask }), request)).ok)
  })
})

describe('profiles', () => {
  test('show everything but the password, and stay while a packaging type names them', async (t) => {
    const ctx = await testCtx(t)
    const { port } = await smtpServer(t, { login: LOGIN })
    await checkProfile(ctx, local(port, { save: 'oficina' }))
    await checkProfile(ctx, local(port, { save: 'almacen' }))
    const shown = await showProfile(ctx, 'oficina')
    assert.ok(shown.kind === 'profile')
    assert.equal(shown.profile.password, 'sealed')
    assert.equal('secret' in shown.profile, false)
    await savePackagingType(ctx.db, { ...GRAL, profile: 'oficina' })
    await assert.rejects(removeProfile(ctx, 'oficina'), withCode('PROFILE_IN_USE'))
    await savePackagingType(ctx.db, GRAL)
    await removeProfile(ctx, 'oficina')
    assert.equal((await defaultProfile(ctx.db))?.name, 'almacen')
    await assert.rejects(makeDefault(ctx, 'oficina'), withCode('PROFILE_NOT_FOUND'))
  })
})
