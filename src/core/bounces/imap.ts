import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { rootCertificates } from 'node:tls'
import { ImapFlow, type ImapFlowOptions } from 'imapflow'
import { CfdiMailError } from '../model/errors.ts'
import { oneLine } from '../model/reply.ts'
import { LARGEST_MAIL } from './read-report.ts'

export type ImapSecret = { readonly password: string } | { readonly accessToken: string }

/** An IMAP account. */
export interface ImapServer {
  readonly host: string
  /** 993 speaks TLS from the first byte; another port has to offer STARTTLS. */
  readonly port: number
  readonly user: string
  /** A password, or an access token for XOAUTH2 or OAUTHBEARER, whichever the server offers. */
  readonly secret: ImapSecret
  /** PEM file of an authority to trust besides the usual ones, or ''. */
  readonly caFile: string
}

/** Which mails of a mailbox to read. */
export interface MailWindow {
  /** Only mails with a higher number. */
  readonly afterUid: number
  /** Only mails that arrived on this day or later; null for all. */
  readonly since: Date | null
  /** At the most so many, the oldest first. */
  readonly limit: number
}

/** A mailbox opened read-only. */
export interface OpenedMailbox {
  readonly uidValidity: string
  /** Numbers of the mails in the window, and whether there are more. */
  find(window: MailWindow): Promise<{ readonly uids: readonly number[]; readonly more: boolean }>
  /** The first 512 KiB of each mail, without marking it as read. */
  read(uids: readonly number[]): AsyncGenerator<{ readonly uid: number; readonly raw: Buffer }>
  /** Whether there is a mail with this Message-ID. */
  has(messageId: string): Promise<boolean>
}

/** A signed-in IMAP session. */
export interface ImapSession {
  /** @throws MAILBOX_NOT_FOUND */
  open(mailbox: string): Promise<OpenedMailbox>
  close(): Promise<void>
}

const TIMEOUTS = { connectionTimeout: 30_000, greetingTimeout: 30_000, socketTimeout: 120_000 } as const
/** Mails that are asked for in one command. */
const CHUNK = 25

/**
 * Signs in, always over TLS with a verified certificate: without it the server is not even told the user's name.
 * @throws FILE_NOT_FOUND, BAD_CA_FILE, MAILBOX_UNREACHABLE, MAILBOX_REFUSED; none carries the secret
 */
export async function openImap(server: ImapServer): Promise<ImapSession> {
  const client = new ImapFlow(optionsOf(server))
  let trouble: unknown = null
  // An error between two commands has nobody else to go to, and the next command fails anyway.
  client.on('error', (error: unknown) => {
    trouble = error
  })
  const guarded = async <Value>(work: () => Promise<Value>): Promise<Value> => {
    try {
      return await work()
    } catch (error) {
      throw asMailboxError(server, error, trouble)
    }
  }
  await guarded(() => client.connect())
  return {
    open: (mailbox) => openMailbox(client, mailbox, guarded),
    async close() {
      await client.logout().catch(() => client.close())
    },
  }
}

type Guarded = <Value>(work: () => Promise<Value>) => Promise<Value>

function optionsOf({ host, port, user, secret, caFile }: ImapServer): ImapFlowOptions {
  return {
    ...{ host, port, secure: port === 993, logger: false, disableAutoIdle: true },
    ...(port === 993 ? {} : { doSTARTTLS: true }),
    ...TIMEOUTS,
    ...(isIP(host) === 0 ? { servername: host } : {}),
    auth: 'password' in secret ? { user, pass: secret.password } : { user, accessToken: secret.accessToken },
    clientInfo: { name: 'cfdi-mail' },
    maxLiteralSize: LARGEST_MAIL + 4096,
    tls: {
      minVersion: 'TLSv1.2',
      rejectUnauthorized: true,
      ...(caFile === '' ? {} : { ca: [...rootCertificates, authorityIn(caFile)] }),
    },
  }
}

function authorityIn(file: string): string {
  let pem: string
  try {
    pem = readFileSync(file, 'utf8')
  } catch (error) {
    throw new CfdiMailError('FILE_NOT_FOUND', { path: file }, { cause: error })
  }
  try {
    new X509Certificate(pem)
  } catch (error) {
    // TLS would take it for an empty list, and blame the server.
    throw new CfdiMailError('BAD_CA_FILE', { file }, { cause: error })
  }
  return pem
}

async function openMailbox(client: ImapFlow, path: string, guarded: Guarded): Promise<OpenedMailbox> {
  const opened = await guarded(() => examine(client, path))
  return {
    uidValidity: String(opened.uidValidity),
    find: ({ afterUid, since, limit }) =>
      guarded(async () => {
        const query = { uid: `${afterUid + 1}:*`, ...(since === null ? {} : { since }) }
        const found = (await client.search(query, { uid: true })) || []
        // `n:*` is never empty: it names the last mail even when its number is lower than n.
        const uids = found.filter((uid) => uid > afterUid).sort((a, b) => a - b)
        return { uids: uids.slice(0, limit), more: uids.length > limit }
      }),
    read: (uids) => readMails(client, uids, guarded),
    has: (messageId) =>
      guarded(async () => {
        const found = await client.search({ header: { 'message-id': messageId } }, { uid: true })
        return Array.isArray(found) && found.length > 0
      }),
  }
}

/** EXAMINE (RFC 9051 § 6.3.3): the server itself then refuses every change. */
async function examine(client: ImapFlow, path: string) {
  try {
    return await client.mailboxOpen(path, { readOnly: true })
  } catch (error) {
    if (textOf(error, 'responseStatus') !== 'NO') throw error
    throw new CfdiMailError('MAILBOX_NOT_FOUND', { mailbox: path }, { cause: error })
  }
}

async function* readMails(
  client: ImapFlow,
  uids: readonly number[],
  guarded: Guarded,
): AsyncGenerator<{ readonly uid: number; readonly raw: Buffer }> {
  const query = { uid: true, source: { start: 0, maxLength: LARGEST_MAIL } }
  for (let start = 0; start < uids.length; start += CHUNK) {
    const range = uids.slice(start, start + CHUNK).join(',')
    const mails = await guarded(() => client.fetchAll(range, query, { uid: true }))
    for (const { uid, source } of mails) if (source !== undefined) yield { uid, raw: source }
  }
}

function asMailboxError({ host, port, user }: ImapServer, error: unknown, trouble: unknown): unknown {
  if (error instanceof CfdiMailError) return error
  const told = [error, trouble].map((each) => textOf(each, 'responseText') || textOf(each, 'message'))
  const detail = oneLine(told.find((text) => text !== '' && text !== 'Command failed') ?? '-').replace(
    /\.+$/,
    '',
  )
  if (error instanceof Error && 'authenticationFailed' in error && error.authenticationFailed === true) {
    return new CfdiMailError('MAILBOX_REFUSED', { host, user, detail })
  }
  const variant = causeOf(`${textOf(error, 'code')} ${textOf(trouble, 'code')} ${detail}`)
  return new CfdiMailError('MAILBOX_UNREACHABLE', { host, port, detail, variant })
}

/** By what TLS, the system and the library say, each in its own way; '' for anything else. */
function causeOf(said: string): string {
  const [cause = ''] = CAUSES.find(([, form]) => form.test(said)) ?? []
  return cause
}

const CAUSES = [
  ['name', /ENOTFOUND|EAI_AGAIN/],
  ['refused', /ECONNREFUSED|EHOSTUNREACH|ENETUNREACH/],
  ['no-starttls', /support STARTTLS/],
  ['certificate', /certificate|CERT_|ALTNAME|SELF_SIGNED|UNABLE_TO/i],
  ['silence', /greeting|timed? ?out|ETIMEDOUT/i],
] as const

function textOf(error: unknown, name: string): string {
  const value = typeof error === 'object' && error !== null ? (error as Record<string, unknown>)[name] : ''
  return typeof value === 'string' ? value : ''
}
