import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, describe, test } from 'node:test'
import { checkBounces, type CheckBouncesRequest } from '../../src/core/flows/bounces-check.ts'
import { CfdiMailError } from '../../src/core/model/errors.ts'
import { findBounceMailbox } from '../../src/core/store/bounce-mailboxes.ts'
import { outOfOffice } from '../support/bounces.ts'
import { certificates } from '../support/certificates.ts'
import { testCtx } from '../support/ctx.ts'
import { type Dovecot, type ImapAccount, startDovecot } from '../support/dovecot.ts'
import { saveOAuthProfile } from '../support/oauth.ts'
import { program } from '../support/programs.ts'
import { countingTokens, tokenEndpoint } from '../support/token-endpoint.ts'

const { skip } = program('dovecot')

/** The user whose tokens are good, and the tokens; Dovecot asks for each that it is shown. */
const good = { user: '', tokens: [] as string[] }
const asked: string[] = []
const introspection = createServer((request, response) => {
  const token = new URL(request.url ?? '', 'http://localhost').searchParams.get('token') ?? ''
  asked.push(token)
  const isGood = good.tokens.includes(token)
  response.writeHead(isGood ? 200 : 401, { 'content-type': 'application/json' })
  response.end(JSON.stringify(isGood ? { email: good.user } : { error: 'invalid_token' }))
})

let server: Dovecot | undefined
before(async () => {
  if (skip !== false) return
  await new Promise<void>((resolve) => introspection.listen(0, '127.0.0.1', resolve))
  const { port } = introspection.address() as AddressInfo
  server = await startDovecot(certificates().good, `http://127.0.0.1:${port}/?token=`)
})
after(async () => {
  await server?.stop()
  introspection.closeAllConnections()
  introspection.close()
})

function wishes({ port, user }: ImapAccount): CheckBouncesRequest {
  return {
    ...{ profile: undefined, host: 'localhost', port, user, password: undefined },
    ...{ mailbox: undefined, archive: undefined, caFile: certificates().caFile, keep: 'save', limit: null },
  }
}

describe('row 21: a bounce mailbox that is read with the tokens of its profile', { skip }, () => {
  test('asks for no password, keeps none, and renews a token that is refused', async (t) => {
    assert.ok(server)
    const mailbox = server.account()
    mailbox.deliver('INBOX', outOfOffice())
    const { ctx } = await testCtx(t)
    const endpoint = await tokenEndpoint(t, countingTokens())
    await saveOAuthProfile(ctx, { port: 25, tokenUrl: endpoint.url, cachedMinutes: 60 })
    Object.assign(good, { user: mailbox.user, tokens: ['access-1'] })
    const { totals } = await checkBounces(ctx, wishes(mailbox))
    assert.equal(totals.read, 1)
    assert.deepEqual([asked, endpoint.requests.length], [['cached', 'access-1'], 1])
    assert.equal((await findBounceMailbox(ctx.db, 'oficina'))?.secret, '')
    // From then on without being told anything, with the token that is kept.
    await checkBounces(ctx, {
      ...wishes(mailbox),
      host: undefined,
      port: undefined,
      user: undefined,
      keep: 'use',
    })
    assert.deepEqual([asked.at(-1), endpoint.requests.length], ['access-1', 1])
  })

  test('a consent that is gone is the mailbox refusing, with the reason', async (t) => {
    assert.ok(server)
    const mailbox = server.account()
    const { ctx } = await testCtx(t)
    const refusal = { status: 400, body: { error: 'invalid_grant', error_description: 'consent revoked' } }
    const endpoint = await tokenEndpoint(t, () => refusal)
    await saveOAuthProfile(ctx, { port: 25, tokenUrl: endpoint.url })
    await assert.rejects(checkBounces(ctx, wishes(mailbox)), (error) => {
      assert.ok(error instanceof CfdiMailError && error.code === 'MAILBOX_REFUSED')
      assert.match(String(error.params['detail']), /consent revoked/)
      return true
    })
  })
})
