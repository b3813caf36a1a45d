/** What a server says of itself and of what it took. */

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
