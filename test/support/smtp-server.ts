/** A well-behaved SMTP server on 127.0.0.1, with TLS and AUTH, that keeps what it is sent. */
import type { AddressInfo } from 'node:net'
import type { TestContext } from 'node:test'
import {
  SMTPServer,
  type SMTPServerAuthentication,
  type SMTPServerDataStream,
  type SMTPServerOptions,
  type SMTPServerSession,
} from 'smtp-server'
import type { KeyPair } from './certificates.ts'

export interface ReceivedMessage {
  readonly from: string
  readonly recipients: readonly string[]
  /** The message as transmitted, dot-stuffing undone. */
  readonly raw: Buffer
  /** Signed-in user, or ''. */
  readonly user: string
  readonly encrypted: boolean
}

export interface SmtpServerOptions {
  readonly tls?: KeyPair
  /** TLS from the first byte instead of STARTTLS. */
  readonly implicit?: true
  /** Wanted user and password; without them nobody has to sign in. */
  readonly login?: { readonly user: string; readonly password: string }
  /** Wanted user, and the access tokens that are good: signing in is by XOAUTH2 alone. */
  readonly tokens?: { readonly user: string; readonly accepts: (token: string) => boolean }
  /** Reply to each message: undefined accepts, a text such as `450 4.2.0 later` refuses. */
  readonly onMessage?: (message: ReceivedMessage) => string | undefined
  /** Reply to each recipient, in the same way. */
  readonly onRecipient?: (address: string) => string | undefined
  readonly onSender?: (address: string) => string | undefined
}

export interface TestSmtpServer {
  readonly port: number
  readonly messages: ReceivedMessage[]
  /** Passwords that were tried. */
  readonly logins: string[]
}

type Done = (error?: Error | null) => void

/** Starts the server; it goes when the test ends. */
export async function smtpServer(t: TestContext, options: SmtpServerOptions = {}): Promise<TestSmtpServer> {
  const messages: ReceivedMessage[] = []
  const logins: string[] = []
  const { tls, login, tokens } = options
  const open = login === undefined && tokens === undefined
  const server = new SMTPServer({
    ...(tls ?? {}),
    secure: options.implicit ?? false,
    disabledCommands: [...(tls === undefined ? ['STARTTLS'] : []), ...(open ? ['AUTH'] : [])],
    authOptional: open,
    ...(tokens === undefined ? {} : { authMethods: ['XOAUTH2'] }),
    allowInsecureAuth: tls === undefined,
    size: 30 * 1024 * 1024,
    closeTimeout: 100,
    onAuth(auth, _session, done) {
      logins.push(auth.accessToken ?? auth.password ?? '')
      if (auth.method === 'XOAUTH2') {
        done(null, tokenVerdict(auth, tokens))
        return
      }
      const known = auth.username === login?.user && auth.password === login?.password
      if (known) done(null, { user: auth.username })
      else done(refusal('535 5.7.8 Authentication credentials invalid'))
    },
    onMailFrom: (address, _session, done) => done(answer(options.onSender?.(address.address))),
    onRcptTo: (address, _session, done) => done(answer(options.onRecipient?.(address.address))),
    onData: (stream, session, done) =>
      receive({ stream, session, done }, { messages, onMessage: options.onMessage }),
  } satisfies SMTPServerOptions)
  // A client that refuses the certificate is an error to the server, and a pass to the test.
  server.on('error', () => undefined)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.after(() => new Promise<void>((resolve) => server.close(resolve)))
  return { port: (server.server.address() as AddressInfo).port, messages, logins }
}

/** Without a user the library says 334 with the object, and 535 to the empty line that follows. */
function tokenVerdict(
  { username = '', accessToken = '' }: Pick<SMTPServerAuthentication, 'username' | 'accessToken'>,
  tokens: SmtpServerOptions['tokens'],
): { user?: string; data?: Record<string, string> } {
  const good = username === tokens?.user && tokens.accepts(accessToken)
  return good ? { user: username } : { data: { status: '400', schemes: 'Bearer' } }
}

interface Incoming {
  readonly stream: SMTPServerDataStream
  readonly session: SMTPServerSession
  readonly done: Done
}

function receive(
  { stream, session, done }: Incoming,
  { messages, onMessage }: { messages: ReceivedMessage[]; onMessage: SmtpServerOptions['onMessage'] },
): void {
  const chunks: Buffer[] = []
  stream.on('data', (chunk: Buffer) => chunks.push(chunk))
  stream.on('end', () => {
    const { mailFrom, rcptTo } = session.envelope
    const message = {
      from: mailFrom === false ? '' : mailFrom.address,
      recipients: rcptTo.map(({ address }) => address),
      raw: Buffer.concat(chunks),
      user: String(session.user ?? ''),
      encrypted: session.secure,
    }
    const refused = onMessage?.(message)
    if (refused === undefined) messages.push(message)
    done(answer(refused))
  })
}

function answer(reply: string | undefined): Error | null {
  return reply === undefined ? null : refusal(reply)
}

function refusal(reply: string): Error {
  return Object.assign(new Error(reply.slice(4)), { responseCode: Number(reply.slice(0, 3)) })
}
