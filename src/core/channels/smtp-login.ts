import type { Socket } from 'node:net'
import SmtpConnection from 'nodemailer/lib/smtp-connection'
import type { SmtpProfile } from '../model/profile.ts'
import type { Deadlines } from './channel.ts'
import { clientName, type Dialled } from './smtp-dial.ts'
import { hostFault, profileFault, refusalFault, SmtpFault, WireError, wordsOf } from './smtp-errors.ts'
import type { Leash } from './smtp-leash.ts'
import { redact } from '../model/redact.ts'
import { parseReply } from '../model/reply.ts'
import { type Extensions, parseExtensions } from './smtp-reply.ts'
import { type Transcript, transcript } from './smtp-transcript.ts'
import { TOKEN_METHOD, xoauth2 } from './smtp-xoauth2.ts'

/** A server that answered EHLO over a connection as secure as the profile wants it. */
export interface Peer {
  readonly connection: SmtpConnection
  readonly socket: Socket
  readonly leash: Leash
  readonly transcript: Transcript
  readonly extensions: Extensions
  /** Name of the server, for the meaning of its replies. */
  readonly host: string
}

/** Longer than any deadline of ours, which are wall-clock; the library's own only notices silence. */
const NEVER_MS = 3_600_000

/** For a password, in order of preference. */
const MECHANISMS = ['PLAIN', 'LOGIN', 'CRAM-MD5'] as const

/**
 * Says EHLO on a dialled socket.
 * @throws SmtpFault when the server does not answer or refuses
 */
export async function introduce(dialled: Dialled, profile: SmtpProfile, deadlines: Deadlines): Promise<Peer> {
  const log = transcript()
  const encrypted = profile.security !== 'none'
  const connection = new SmtpConnection({
    connection: dialled.socket,
    host: profile.host,
    port: profile.port,
    name: clientName(),
    // The socket came secured and verified; the library must neither secure it again nor ask for STARTTLS.
    secure: encrypted,
    secured: encrypted,
    ignoreTLS: true,
    logger: log.logger,
    customAuth: { [TOKEN_METHOD]: xoauth2 },
    transactionLog: true,
    socketTimeout: NEVER_MS,
    connectionTimeout: NEVER_MS,
    greetingTimeout: NEVER_MS,
    // Destroys at close: bytes that wait in the buffer must not leave after we gave up.
    socketCloseTimeout: 0,
  })
  connection.on('error', () => undefined)
  const trouble = await finished({
    connection,
    ms: deadlines.command,
    start: (done) => connection.connect(done),
  })
  if (trouble !== null) throw introductionFault(trouble, profile.host)
  const extensions = parseExtensions(log.lastRaw())
  const { socket, leash } = dialled
  return { connection, socket, leash, transcript: log, extensions, host: profile.host }
}

/**
 * Signs in with a password, once. A server that offers no way to is an error: mail is never sent unauthenticated by accident.
 * @returns the server's words
 * @throws SmtpFault; the password is in none of its texts
 */
export async function login(peer: Peer, profile: SmtpProfile, credentials: Credentials): Promise<string> {
  const { password, ms } = credentials
  const method = MECHANISMS.find((mechanism) => peer.extensions.auth.includes(mechanism))
  if (method === undefined)
    throw profileFault('no-auth-offered', `AUTH ${peer.extensions.auth.join(' ')}`.trim())
  if (password === '') throw profileFault('bad-password', 'the password is empty')
  const trouble = await finished({
    connection: peer.connection,
    ms,
    start: (done) => peer.connection.login({ user: profile.user, pass: password, method }, done),
  })
  if (trouble === null) return parseReply(peer.transcript.lastRaw()).text
  const base64 = (text: string) => Buffer.from(text).toString('base64')
  const secrets = [password, base64(password), base64(`\0${profile.user}\0${password}`)]
  throw withoutSecrets(introductionFault(trouble, profile.host, 'auth'), secrets)
}

export interface Credentials {
  readonly password: string
  /** Milliseconds that signing in may take. */
  readonly ms: number
}

type Done = (error?: Error | null) => void

interface Operation {
  readonly connection: SmtpConnection
  readonly ms: number
  readonly start: (done: Done) => void
}

/**
 * Starts something on a connection and waits until it calls back, fails, ends or outlasts `ms`; then the connection is dropped.
 * The library does not call back when a connection ends under EHLO, AUTH or RSET.
 * @returns null, or the trouble
 */
export function finished({ connection, ms, start }: Operation): Promise<Error | null> {
  return new Promise((resolve) => {
    const finish = (error: Error | null) => {
      clearTimeout(timer)
      connection.off('error', finish).off('end', ended)
      resolve(error)
    }
    const ended = () => finish(new WireError('closed', 'connection closed by the server'))
    const timer = setTimeout(() => {
      finish(new WireError('timeout', 'no reply in time'))
      connection.close()
    }, ms)
    connection.once('error', finish).once('end', ended)
    start((error) => finish(error ?? null))
  })
}

/** The server's literal reply that came with a library error, or ''. */
export function responseOf(error: Error): string {
  const { response } = error as Error & { response?: unknown }
  return typeof response === 'string' ? response : ''
}

/** The fault that ended the opening of a session: the server's refusal, or the connection's trouble. */
export function introductionFault(error: Error, host: string, phase: 'ehlo' | 'auth' = 'ehlo'): SmtpFault {
  const response = responseOf(error)
  return response === ''
    ? hostFault('no-answer', wordsOf(error))
    : refusalFault(phase, parseReply(response), host)
}

/** A server may echo what it was sent. */
export function withoutSecrets({ fault }: SmtpFault, secrets: readonly string[]): SmtpFault {
  return new SmtpFault({ ...fault, reply: redact(fault.reply, secrets) })
}
