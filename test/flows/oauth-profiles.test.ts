import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { type CheckRequest, checkProfile } from '../../src/core/flows/check-profile.ts'
import { showProfile } from '../../src/core/flows/profiles.ts'
import { signInProfile } from '../../src/core/flows/sign-in-profile.ts'
import { CfdiMailError } from '../../src/core/model/errors.ts'
import type { Notice } from '../../src/core/model/notice.ts'
import { oauthClientFrom } from '../../src/core/model/oauth.ts'
import { findOAuth } from '../../src/core/store/oauth.ts'
import { findProfile, saveProfile } from '../../src/core/store/profiles.ts'
import { testCtx } from '../support/ctx.ts'
import { anyToken, savedRefreshToken, saveOAuthProfile, USER } from '../support/oauth.ts'
import { smtpProfile } from '../support/profiles.ts'
import { smtpServer } from '../support/smtp-server.ts'
import { countingTokens, type TokenAnswer, tokenEndpoint } from '../support/token-endpoint.ts'

const withCode = (code: string) => (error: unknown) => error instanceof CfdiMailError && error.code === code

describe('smtp-test with access tokens', () => {
  const request = (port: number, oauth: CheckRequest['oauth']): CheckRequest => ({
    ...{ host: '127.0.0.1', port, security: 'none', user: USER, save: 'oficina' },
    oauth,
  })

  test('saves the profile, its secrets sealed, the refresh token as the endpoint left it', async (t) => {
    const { ctx } = await testCtx(t, { readStdin: async () => 'app-secret\nrefresh-0\n' })
    const endpoint = await tokenEndpoint(t, countingTokens({ refresh_token: 'refresh-1' }))
    const { port } = await smtpServer(t, { tokens: anyToken })
    const oauth = { provider: 'microsoft', clientId: 'app-1', tokenUrl: endpoint.url } as const
    const stdin = { clientSecret: 'stdin', refreshToken: 'stdin' } as const
    const result = await checkProfile(ctx, request(port, { ...oauth, ...stdin }))
    assert.deepEqual([result.ok, result.saved], [true, 'oficina'])
    assert.equal(endpoint.requests[0]?.['scope'], 'https://outlook.office.com/SMTP.Send offline_access')
    const stored = await findOAuth(ctx.db, 'oficina')
    for (const text of [stored?.clientSecret, stored?.refreshToken, stored?.access?.token])
      assert.match(text ?? '', /^v1\./)
    assert.equal(await savedRefreshToken(ctx), 'refresh-1')
    const shown = await showProfile(ctx, 'oficina')
    assert.ok(shown.kind === 'profile')
    const { profile } = shown
    assert.deepEqual(
      [profile.password, profile.oauth?.clientSecret, profile.oauth?.tenant],
      ['none', 'sealed', 'organizations'],
    )
    // Again, as it is saved: the token is still good, nobody is asked.
    const again = await checkProfile(ctx, { name: 'oficina' })
    assert.deepEqual([again.ok, endpoint.requests.length], [true, 1])
  })

  test('a password typed later takes the place of the tokens', async (t) => {
    const { ctx } = await testCtx(t, { readStdin: async () => 'Secreta-1\n' })
    const endpoint = await tokenEndpoint(t, countingTokens())
    const { port } = await smtpServer(t, { login: { user: USER, password: 'Secreta-1' } })
    await saveOAuthProfile(ctx, { port, tokenUrl: endpoint.url })
    const { ok } = await checkProfile(ctx, { name: 'oficina', password: 'stdin', save: 'oficina' })
    assert.ok(ok)
    assert.equal(await findOAuth(ctx.db, 'oficina'), undefined)
    assert.match((await findProfile(ctx.db, 'oficina'))?.secret ?? '', /^v1\./)
  })

  test('the application signs in by itself with client-credentials', async (t) => {
    const { ctx } = await testCtx(t, { readStdin: async () => 'app-secret' })
    const endpoint = await tokenEndpoint(t, countingTokens())
    const { port } = await smtpServer(t, { tokens: anyToken })
    const client = { provider: 'microsoft', grant: 'client-credentials', clientId: 'app-1' } as const
    const typed = {
      ...client,
      tenant: 'emisor.example',
      tokenUrl: endpoint.url,
      clientSecret: 'stdin',
    } as const
    assert.ok((await checkProfile(ctx, request(port, typed))).ok)
    assert.deepEqual(endpoint.requests, [
      {
        ...{ grant_type: 'client_credentials', client_id: 'app-1', client_secret: 'app-secret' },
        scope: 'https://outlook.office365.com/.default',
      },
    ])
  })

  test('says what is missing', async (t) => {
    const { ctx } = await testCtx(t)
    const microsoft = { provider: 'microsoft', clientId: 'app-1' } as const
    const cases: readonly (readonly [CheckRequest['oauth'], string])[] = [
      [microsoft, 'NO_REFRESH_TOKEN'],
      [{ ...microsoft, grant: 'client-credentials', tenant: 'x.example' }, 'NO_CLIENT_SECRET'],
      [{ ...microsoft, grant: 'client-credentials' }, 'BAD_PROFILE'],
      [{ provider: 'google' }, 'BAD_PROFILE'],
      [{ ...microsoft, tokenUrl: 'http://login.example/token' }, 'BAD_PROFILE'],
    ]
    for (const [oauth, code] of cases)
      await assert.rejects(checkProfile(ctx, request(25, oauth)), withCode(code))
    const both = { ...request(25, microsoft), password: 'stdin' } as const
    await assert.rejects(checkProfile(ctx, both), withCode('BAD_SELECTION'))
  })
})

describe('a token address', () => {
  const custom = (tokenUrl: string) => () =>
    oauthClientFrom(undefined, { provider: 'custom', clientId: 'app', tokenUrl })
  test('is taken over TLS or on this machine only', () => {
    for (const url of [
      'https://login.example/t',
      'http://127.0.0.1:8080/t',
      'http://localhost',
      'http://[::1]:1/t',
    ])
      assert.equal(custom(url)().tokenUrl, url)
    const bad = [
      'http://login.example/t',
      'http://127.0.0.1@evil.example/',
      'http://127.0.0.1:1@evil.example/',
    ]
    for (const url of [
      ...bad,
      'https://a:b@login.example/',
      'file:///etc/passwd',
      'http://127.0.0.1.evil.example/',
      '',
    ])
      assert.throws(custom(url), withCode('BAD_PROFILE'), url)
  })
})

describe('profiles sign-in', () => {
  const device = {
    ...{ device_code: 'device-secret', user_code: 'ABCD-EFGH', expires_in: 600, interval: 0.02 },
    verification_uri: 'https://login.example/device',
  }

  test('shows the address and the code, waits for the consent and keeps its tokens', async (t) => {
    const told: Notice[] = []
    const { ctx } = await testCtx(t, { tell: (notice) => told.push(notice) })
    const endpoint = await tokenEndpoint(t, (form, turn, path) => {
      if (path === '/devicecode') return { body: device }
      if (turn < 4) return { status: 400, body: { error: 'authorization_pending' } }
      return countingTokens({ refresh_token: 'refresh-new' })(form, turn)
    })
    await saveOAuthProfile(ctx, { port: 25, tokenUrl: endpoint.url, deviceUrl: endpoint.deviceUrl })
    const result = await signInProfile(ctx, { name: 'oficina' })
    assert.deepEqual(told, [
      { notice: 'device-code', url: 'https://login.example/device', code: 'ABCD-EFGH', minutes: 10 },
    ])
    assert.equal(result.kind, 'signed-in')
    assert.equal(endpoint.requests[1]?.['device_code'], 'device-secret')
    assert.equal(await savedRefreshToken(ctx), 'refresh-new')
  })

  test('turns a profile with a password into one with tokens', async (t) => {
    const { ctx } = await testCtx(t, { readStdin: async () => 'refresh-7' })
    const profile = smtpProfile({
      name: 'oficina',
      user: USER,
      secret: ctx.secrets.seal('profile:oficina:secret', 'x'),
    })
    await saveProfile(ctx.db, { ...profile, hold: null, testedAt: null }, ctx.now().toISOString())
    await assert.rejects(signInProfile(ctx, { name: 'oficina' }), withCode('NO_OAUTH'))
    const typed = { provider: 'google', clientId: 'app-1', refreshToken: 'stdin' } as const
    await signInProfile(ctx, { name: 'oficina', ...typed })
    assert.deepEqual(
      [(await findProfile(ctx.db, 'oficina'))?.secret, await savedRefreshToken(ctx)],
      ['', 'refresh-7'],
    )
  })

  test('refused, or too late, changes nothing', async (t) => {
    const { ctx } = await testCtx(t)
    const answers: TokenAnswer[] = [{ status: 400, body: { error: 'authorization_declined' } }]
    const endpoint = await tokenEndpoint(t, (_form, _turn, path) =>
      path === '/devicecode'
        ? { body: { ...device, expires_in: answers.length > 0 ? 600 : 0.01 } }
        : (answers.shift() ?? { status: 400, body: { error: 'authorization_pending' } }),
    )
    await saveOAuthProfile(ctx, { port: 25, tokenUrl: endpoint.url, deviceUrl: endpoint.deviceUrl })
    await assert.rejects(signInProfile(ctx, { name: 'oficina' }), withCode('CONSENT_REFUSED'))
    await assert.rejects(signInProfile(ctx, { name: 'oficina' }), withCode('CONSENT_REFUSED'))
    assert.equal(await savedRefreshToken(ctx), 'refresh-0')
  })
})
