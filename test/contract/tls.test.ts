import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test, type TestContext } from 'node:test'
import { inspect } from 'node:util'
import type { ChannelFault, OpenedSession } from '../../src/core/channels/channel.ts'
import { smtpChannel } from '../../src/core/channels/smtp-channel.ts'
import type { SmtpProfile } from '../../src/core/model/profile.ts'
import { certificates, noCertificates } from '../support/certificates.ts'
import { smtpProfile } from '../support/profiles.ts'
import { rawSmtp } from '../support/raw-smtp.ts'
import { smtpServer } from '../support/smtp-server.ts'
import { tempFolder } from '../support/temp.ts'

const skip = noCertificates()
const DEADLINES = { connect: 2_000, greeting: 2_000, command: 2_000, dataInit: 2_000, dot: 2_000 }
const LOGIN = { user: 'ventas', password: 'Secreta-123' }
const channel = smtpChannel({ deadlines: DEADLINES })

async function open(t: TestContext, profile: Partial<SmtpProfile>): Promise<OpenedSession> {
  const opened = await channel.open(
    smtpProfile({ host: 'localhost', user: LOGIN.user, ...profile }),
    LOGIN.password,
  )
  if (opened.ok) t.after(() => opened.session.close())
  return opened
}

function faultOf(opened: OpenedSession): ChannelFault {
  assert.ok(!opened.ok && opened.fault !== null)
  return opened.fault
}

type Kind = 'good' | 'expired' | 'wrongHost' | 'selfSigned'

const MODES = [
  { security: 'starttls', server: {} },
  { security: 'tls', server: { implicit: true } },
] as const

describe('an encrypted session', { skip }, () => {
  for (const { security, server } of MODES) {
    test(`delivers over ${security} and signs in`, async (t) => {
      const { good, caFile } = certificates()
      const { port, messages } = await smtpServer(t, { tls: good, login: LOGIN, ...server })
      const opened = await open(t, { port, security, caFile })
      assert.ok(opened.ok, inspect(opened))
      const chunks = [Buffer.from('Subject: prueba\r\n\r\nhola\r\n')]
      const order = { from: 'ventas@emisor.example', recipients: ['uno@cliente.example'], chunks, bytes: 25 }
      const { recipients } = await opened.session.deliver({ ...order, transferMs: 2_000 }, () =>
        Promise.resolve(),
      )
      assert.equal(recipients[0]!.outcome, 'accepted')
      assert.deepEqual([messages[0]!.encrypted, messages[0]!.user], [true, 'ventas'])
    })

    const refused: Readonly<Record<string, readonly [Kind, boolean, string]>> = {
      'an expired certificate': ['expired', true, 'certificate-expired'],
      'a certificate of another host': ['wrongHost', true, 'certificate-name'],
      'a self-signed certificate': ['selfSigned', true, 'certificate-untrusted'],
      'a certificate of an unknown authority': ['good', false, 'certificate-untrusted'],
    }
    for (const [name, [which, known, cause]] of Object.entries(refused)) {
      test(`row 16: ${name} is refused over ${security} before the password is sent`, async (t) => {
        const all = certificates()
        const pair = all[which]
        const { port, logins } = await smtpServer(t, { tls: pair, login: LOGIN, ...server })
        const fault = faultOf(await open(t, { port, security, caFile: known ? all.caFile : '' }))
        assert.deepEqual([fault.scope, fault.cause], ['profile', cause], fault.reply)
        assert.match(fault.reply, /subject .*issuer .*until \d{4}-\d\d-\d\d/)
        assert.deepEqual(logins, [])
      })
    }

    test(`a pinned certificate is trusted over ${security}, another one is not`, async (t) => {
      const { selfSigned, good } = certificates()
      const pin = new X509Certificate(selfSigned.cert).fingerprint256
      const pinned = await smtpServer(t, { tls: selfSigned, login: LOGIN, ...server })
      assert.ok((await open(t, { port: pinned.port, security, pin: pin.toLowerCase() })).ok)
      const other = await smtpServer(t, { tls: good, login: LOGIN, ...server })
      const fault = faultOf(await open(t, { port: other.port, security, pin }))
      assert.equal(fault.cause, 'certificate-untrusted')
      assert.deepEqual(other.logins, [])
    })
  }

  test('TLS 1.1 is not spoken', async (t) => {
    const { good, caFile } = certificates()
    const old = {
      ...good,
      minVersion: 'TLSv1',
      maxVersion: 'TLSv1.1',
      ciphers: 'DEFAULT@SECLEVEL=0',
    } as const
    const { port } = await rawSmtp(t, { tls: old })
    const fault = faultOf(await open(t, { port, security: 'tls', caFile }))
    assert.equal(fault.cause, 'tls-other')
  })

  test('an authority file that is missing or holds no certificate is the profile’s fault', async (t) => {
    const { good } = certificates()
    const { port } = await smtpServer(t, { tls: good, implicit: true })
    const framed = join(tempFolder(t), 'ca.pem')
    writeFileSync(framed, '-----BEGIN CERTIFICATE-----\nhola\n-----END CERTIFICATE-----\n')
    for (const caFile of ['/no/such/file.pem', import.meta.filename, framed]) {
      assert.equal(faultOf(await open(t, { port, security: 'tls', caFile })).cause, 'ca-file')
    }
  })
})

describe('row 17: the wrong pair of port and security', { skip }, () => {
  test('STARTTLS on a port that waits for TLS', async (t) => {
    const { good, caFile } = certificates()
    const { port, connections } = await rawSmtp(t, { tls: good })
    const hasty = smtpChannel({ deadlines: { ...DEADLINES, greeting: 300 } })
    const profile = smtpProfile({ host: 'localhost', port, security: 'starttls', user: 'u', caFile })
    const fault = faultOf(await hasty.open(profile, 'p'))
    assert.deepEqual([fault.scope, fault.cause], ['profile', 'wrong-port-plain'], fault.reply)
    assert.ok(connections() <= 2)
  })

  test('TLS on a port that speaks in clear text first', async (t) => {
    const { port, commands } = await rawSmtp(t)
    const fault = faultOf(await open(t, { port, security: 'tls' }))
    assert.deepEqual([fault.scope, fault.cause], ['profile', 'wrong-port-tls'], fault.reply)
    assert.equal(commands.filter((line) => line.startsWith('AUTH')).length, 0)
  })
})

describe('never in clear text', () => {
  test('row 14: a server without STARTTLS gets no password', async (t) => {
    const server = await rawSmtp(t, { extensions: ['AUTH PLAIN LOGIN'] })
    const fault = faultOf(await open(t, { port: server.port, security: 'starttls' }))
    assert.deepEqual([fault.scope, fault.cause], ['profile', 'no-starttls'])
    assert.deepEqual([server.count('AUTH'), server.count('MAIL')], [0, 0])
  })

  for (const [reply, scope] of [
    ['454 4.7.0 TLS not available', 'host'],
    ['502 5.5.1 no', 'profile'],
  ] as const) {
    test(`a STARTTLS answered by "${reply}" ends there`, async (t) => {
      const server = await rawSmtp(t, { extensions: ['STARTTLS', 'AUTH PLAIN'], script: { STARTTLS: reply } })
      const fault = faultOf(await open(t, { port: server.port, security: 'starttls' }))
      assert.deepEqual([fault.scope, fault.cause], [scope, 'no-starttls'])
      assert.equal(server.count('AUTH'), 0)
    })
  }

  test('row 15: bytes that come in clear text after STARTTLS end the session', async (t) => {
    const script = { STARTTLS: { send: '220 go\r\n250 AUTH PLAIN\r\n' } }
    const server = await rawSmtp(t, { extensions: ['STARTTLS'], script })
    assert.equal(faultOf(await open(t, { port: server.port, security: 'starttls' })).cause, 'tls-other')
  })

  test('without encryption a password goes to this machine only', async (t) => {
    const server = await rawSmtp(t, { extensions: ['AUTH PLAIN'] })
    assert.ok((await open(t, { port: server.port, host: '127.0.0.1', security: 'none' })).ok)
    assert.equal(server.count('AUTH PLAIN'), 1)
  })

  test('the password is in no fault and no session, even when the server repeats it', async (t) => {
    const coded = Buffer.from(`\0${LOGIN.user}\0${LOGIN.password}`).toString('base64')
    const script = { AUTH: `535 5.7.8 bad ${coded} ${LOGIN.password}` }
    const server = await rawSmtp(t, { extensions: ['AUTH PLAIN'], script })
    const fault = faultOf(await open(t, { port: server.port, security: 'none' }))
    assert.equal(server.count('AUTH'), 1)
    for (const secret of [coded, LOGIN.password])
      assert.equal(inspect(fault, { depth: 9 }).includes(secret), false)
    const good = await rawSmtp(t, { extensions: ['AUTH PLAIN'] })
    const opened = await open(t, { port: good.port, security: 'none' })
    assert.equal(inspect(opened, { depth: 9, showHidden: true }).includes(LOGIN.password), false)
  })
})
