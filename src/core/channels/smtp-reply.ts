/** Replies of a server: taken apart, and made fit for one line of a log. */

/** A complete reply. */
export interface Reply {
  readonly code: number
  /** RFC 3463 code such as `5.1.1`, or ''. */
  readonly enhanced: string
  /** All its lines as one, control characters out, at most 500 characters. */
  readonly text: string
}

/** What the server offers (RFC 5321 § 4.1.1.1). */
export interface Extensions {
  /** Largest message in bytes; 0 when it does not say. */
  readonly size: number
  readonly smtpUtf8: boolean
  readonly pipelining: boolean
  readonly dsn: boolean
  readonly startTls: boolean
  /** SASL mechanisms, upper case. */
  readonly auth: readonly string[]
}

const LONGEST = 500
// eslint-disable-next-line no-control-regex -- control characters are what this is about
const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]+/g
const CODES = /^(\d{3})(?:[ -]([245]\.\d{1,3}\.\d{1,3}))?/

/** Foreign words on one line, without control characters, at most 500 characters. */
export function oneLine(text: string): string {
  return text.replace(CONTROLS, ' ').replace(/ {2,}/g, ' ').trim().slice(0, LONGEST)
}

/** Reads one reply, single-line or multi-line; the codes that each further line repeats are left out of the text. */
export function parseReply(raw: string): Reply {
  const [first = '', ...rest] = raw.split(/\r?\n/)
  const [, code = '0', enhanced = ''] = CODES.exec(first) ?? []
  const more = rest.map((line) => line.replace(/^\d{3}(?:[ -]|$)(?:[245]\.\d{1,3}\.\d{1,3}(?: |$))?/, ''))
  return {
    code: Number(code),
    enhanced,
    text: oneLine([first.replace(/^(\d{3})-/, '$1 '), ...more].join(' ')),
  }
}

/** Whether the server said yes (2yz). */
export function isPositive(reply: Reply | null): boolean {
  return reply !== null && reply.code >= 200 && reply.code < 300
}

/** Reads the reply to EHLO. A reply to HELO offers nothing. */
export function parseExtensions(raw: string): Extensions {
  const lines = raw
    .split(/\r?\n/)
    .slice(1)
    .map((line) => line.slice(4).trim().toUpperCase())
  const has = (keyword: string) => lines.some((line) => line === keyword || line.startsWith(`${keyword} `))
  const size = lines.find((line) => line.startsWith('SIZE '))?.slice(5) ?? ''
  const auth = lines.filter((line) => /^AUTH[ =]/.test(line)).flatMap((line) => line.slice(5).split(/[ =]+/))
  return {
    size: /^\d+$/.test(size) ? Number(size) : 0,
    smtpUtf8: has('SMTPUTF8'),
    pipelining: has('PIPELINING'),
    dsn: has('DSN'),
    startTls: has('STARTTLS'),
    auth: [...new Set(auth)].filter((mechanism) => mechanism !== ''),
  }
}

/** Where servers put their own name for a message in the reply that accepts it. */
const SERVER_IDS: readonly RegExp[] = [
  /queued as:? <?([\w.@-]+)>?/i, // Postfix, smtp-server
  /\bOK id=([\w-]+)/i, // Exim
  /<([^<>\s]+@[^<>\s]+)>/, // Exchange
  /^250 2\.0\.0 OK +\d+ ([\w.-]+) - gsmtp/i, // Gmail
  /^250 Ok ([0-9a-f]+(?:-[0-9a-f]+)+)$/i, // Amazon SES
  /^250 2\.0\.0 (\w{8,}) Message accepted for delivery/i, // Sendmail
]

/** The server's own name for the message in a 250 reply, or ''. */
export function serverIdOf(text: string): string {
  for (const pattern of SERVER_IDS) {
    const id = pattern.exec(text)?.[1]
    if (id !== undefined) return id.slice(0, 200)
  }
  return ''
}
