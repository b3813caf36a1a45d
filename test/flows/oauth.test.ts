import assert from 'node:assert/strict'
import { describe, test, type TestContext } from 'node:test'
import { smtpChannel } from '../../src/core/channels/smtp-channel.ts'
import { sendDue } from '../../src/core/flows/send-due.ts'
import { signInProfile } from '../../src/core/flows/sign-in-profile.ts'
import { findProfile } from '../../src/core/store/profiles.ts'
import { packageDocuments, testCtx } from '../support/ctx.ts'
import { anyToken, savedRefreshToken, saveOAuthProfile, USER } from '../support/oauth.ts'
import { rawSmtp } from '../support/raw-smtp.ts'
import { smtpServer } from '../support/smtp-server.ts'
import { countingTokens, type TokenAnswer, tokenEndpoint } from '../support/token-endpoint.ts'

const EVERYTHING = { limit: null, profile: null }
const DEADLINES = { connect: 2_000, greeting: 2_000, command: 2_000, dataInit: 2_000, dot: 2_000 }
const INVOICES = Array.from({ length: 6 }, (_, i) => ({ folio: String(i + 1) }))

async function sendingCtx(t: TestContext) {
  return await testCtx(t, { channel: smtpChannel({ deadlines: DEADLINES }) })
}

describe('sending with access tokens', () => {
  test('asks for a token once, signs in with XOAUTH2 and keeps the token for the next run', async (t) => {
    const { ctx } = await sendingCtx(t)
    const endpoint = await tokenEndpoint(t, countingTokens())
    const server = await smtpServer(t, { tokens: anyToken })
    await saveOAuthProfile(ctx, { port: server.port, tokenUrl: endpoint.url })
    await packageDocuments(t, ctx, [{ folio: '1' }])
    const { totals } = await sendDue(ctx, EVERYTHING)
    assert.deepEqual([totals.sent, server.messages[0]?.user, server.logins], [2, USER, ['access-1']])
    assert.deepEqual(endpoint.requests, [
      {
        ...{ grant_type: 'refresh_token', refresh_token: 'refresh-0' },
        ...{ client_id: 'app-1', client_secret: 'app-secret' },
      },
    ])
    await packageDocuments(t, ctx, [{ folio: '2' }])
    await sendDue(ctx, EVERYTHING)
    assert.deepEqual([endpoint.requests.length, server.logins], [1, ['access-1', 'access-1']])
  })

  test('a refresh token that came with an access token takes the place of the old one before it is used', async (t) => {
    const { ctx, clock } = await sendingCtx(t)
    const kept: string[] = []
    const endpoint = await tokenEndpoint(t, (form, turn) =>
      countingTokens({ refresh_token: `refresh-${turn}` })(form, turn),
    )
    const accepts = () => {
      void savedRefreshToken(ctx).then((token) => kept.push(token))
      return true
    }
    const server = await smtpServer(t, { tokens: { user: USER, accepts } })
    await saveOAuthProfile(ctx, { port: server.port, tokenUrl: endpoint.url })
    await packageDocuments(t, ctx, [{ folio: '1' }])
    await sendDue(ctx, EVERYTHING)
    clock.minutes = 61
    await packageDocuments(t, ctx, [{ folio: '2' }])
    await sendDue(ctx, EVERYTHING)
    assert.deepEqual(
      endpoint.requests.map((form) => form['refresh_token']),
      ['refresh-0', 'refresh-1'],
    )
    assert.deepEqual([kept, await savedRefreshToken(ctx)], [['refresh-1', 'refresh-2'], 'refresh-2'])
  })

  test('row 21: an expired token is renewed by one request for three connections', async (t) => {
    const { ctx } = await sendingCtx(t)
    const endpoint = await tokenEndpoint(t, (form, turn) => ({
      ...countingTokens()(form, turn),
      afterMs: 100,
    }))
    const server = await smtpServer(t, { tokens: anyToken })
    await saveOAuthProfile(ctx, {
      port: server.port,
      tokenUrl: endpoint.url,
      connections: 3,
      cachedMinutes: 1,
    })
    await packageDocuments(t, ctx, INVOICES)
    const { totals } = await sendDue(ctx, EVERYTHING)
    assert.deepEqual([totals.sent, endpoint.requests.length], [12, 1])
    assert.deepEqual([...new Set(server.logins)], ['access-1'])
  })

  test('row 21: a token that ends in the middle of a batch is renewed once, and nothing is lost', async (t) => {
    const { ctx, clock } = await sendingCtx(t)
    const endpoint = await tokenEndpoint(t, countingTokens({ expires_in: 600 }))
    const server = await smtpServer(t, {
      tokens: anyToken,
      onMessage() {
        if (server.messages.length === 2) clock.minutes = 6
        return undefined
      },
    })
    const lane = { connections: 3, messagesPerConnection: 1 }
    await saveOAuthProfile(ctx, { port: server.port, tokenUrl: endpoint.url, ...lane })
    await packageDocuments(t, ctx, INVOICES)
    const { totals } = await sendDue(ctx, EVERYTHING)
    assert.deepEqual([totals.sent, endpoint.requests.length], [12, 2])
    assert.equal(server.logins.at(-1), 'access-2')
  })

  test('row 21: a token that the server refuses (334 and JSON) gives way to a fresh one, once', async (t) => {
    const { ctx } = await sendingCtx(t)
    const endpoint = await tokenEndpoint(t, countingTokens())
    const tokens = { user: USER, accepts: (token: string) => token === 'access-1' }
    const server = await smtpServer(t, { tokens })
    await saveOAuthProfile(ctx, { port: server.port, tokenUrl: endpoint.url, cachedMinutes: 50 })
    await packageDocuments(t, ctx, [{ folio: '1' }])
    const { totals } = await sendDue(ctx, EVERYTHING)
    assert.deepEqual([totals.sent, server.logins, endpoint.requests.length], [2, ['cached', 'access-1'], 1])
  })

  test('row 21: refused again, the profile waits for a person and no order is marked failed', async (t) => {
    const { ctx } = await sendingCtx(t)
    const endpoint = await tokenEndpoint(t, countingTokens())
    const script = { AUTH: '535 5.7.3 Authentication unsuccessful' }
    const server = await rawSmtp(t, { script, extensions: ['AUTH PLAIN XOAUTH2'] })
    await saveOAuthProfile(ctx, { port: server.port, tokenUrl: endpoint.url, cachedMinutes: 50 })
    await packageDocuments(t, ctx, [{ folio: '1' }])
    const result = await sendDue(ctx, EVERYTHING)
    assert.deepEqual([result.profiles[0]?.cause, result.profiles[0]?.until], ['oauth-refused', null])
    assert.deepEqual([result.totals.failed, result.waiting, server.count('AUTH XOAUTH2')], [0, 2, 2])
    assert.equal(server.count('AUTH'), 2)
  })

  test('row 21: a revoked refresh token holds the profile until somebody consents again', async (t) => {
    const { ctx } = await sendingCtx(t)
    const revoked = { error: 'invalid_grant', error_description: 'AADSTS50173: refresh-0 has been revoked' }
    const endpoint = await tokenEndpoint(t, () => ({ status: 400, body: revoked }))
    const server = await smtpServer(t, { tokens: anyToken })
    await saveOAuthProfile(ctx, { port: server.port, tokenUrl: endpoint.url, connections: 3 })
    await packageDocuments(t, ctx, INVOICES)
    const result = await sendDue(ctx, EVERYTHING)
    const [profile] = result.profiles
    assert.deepEqual([profile?.cause, profile?.until, profile?.waiting], ['oauth-consent', null, 12])
    assert.match(profile?.reason ?? '', /invalid_grant AADSTS50173: \*\*\* has been revoked/)
    assert.deepEqual([result.totals.failed, endpoint.requests.length, server.logins], [0, 1, []])
    await signInProfile(
      { ...ctx, readStdin: async () => 'refresh-9\n' },
      { name: 'oficina', refreshToken: 'stdin' },
    )
    assert.deepEqual(
      [(await findProfile(ctx.db, 'oficina'))?.hold, await savedRefreshToken(ctx)],
      [null, 'refresh-9'],
    )
  })

  const refusals: Readonly<Record<string, readonly [TokenAnswer, string]>> = {
    'a client secret that has expired': [{ status: 401, body: { error: 'invalid_client' } }, 'oauth-client'],
    'a 401 without a reason': [{ status: 401, body: 'no' }, 'oauth-consent'],
  }
  for (const [name, [answer, cause]] of Object.entries(refusals)) {
    test(`${name} holds the profile as ${cause}`, async (t) => {
      const { ctx } = await sendingCtx(t)
      const endpoint = await tokenEndpoint(t, () => answer)
      const server = await smtpServer(t, { tokens: anyToken })
      await saveOAuthProfile(ctx, { port: server.port, tokenUrl: endpoint.url })
      await packageDocuments(t, ctx, [{ folio: '1' }])
      const { profiles } = await sendDue(ctx, EVERYTHING)
      assert.deepEqual([profiles[0]?.cause, profiles[0]?.until], [cause, null])
    })
  }

  const outages: Readonly<Record<string, TokenAnswer | null>> = {
    'that is not there': null,
    'that answers 503': { status: 503, body: '<html>busy</html>' },
    'that answers 429': { status: 429, body: { error: 'slow_down' } },
    'that gives no token': { body: {} },
  }
  for (const [name, answer] of Object.entries(outages)) {
    test(`a token endpoint ${name} makes the profile wait by itself`, async (t) => {
      const { ctx } = await sendingCtx(t)
      const url = answer === null ? 'http://127.0.0.1:1/token' : (await tokenEndpoint(t, () => answer)).url
      const server = await smtpServer(t, { tokens: anyToken })
      await saveOAuthProfile(ctx, { port: server.port, tokenUrl: url })
      await packageDocuments(t, ctx, [{ folio: '1' }])
      const { profiles, totals } = await sendDue(ctx, EVERYTHING)
      assert.equal(profiles[0]?.cause, 'oauth-unavailable')
      assert.notEqual(profiles[0]?.until, null)
      assert.equal(totals.failed, 0)
    })
  }

  test('a token is never sent as a password where the server has no XOAUTH2', async (t) => {
    const { ctx } = await sendingCtx(t)
    const endpoint = await tokenEndpoint(t, countingTokens())
    const server = await rawSmtp(t, { extensions: ['AUTH PLAIN LOGIN'] })
    await saveOAuthProfile(ctx, { port: server.port, tokenUrl: endpoint.url })
    await packageDocuments(t, ctx, [{ folio: '1' }])
    const { profiles } = await sendDue(ctx, EVERYTHING)
    assert.deepEqual([profiles[0]?.cause, server.count('AUTH')], ['no-auth-offered', 0])
  })
})
