import type { ReportedRecipient } from '../model/bounce.ts'
import { oneLine } from '../model/reply.ts'

/** Words of mail that only announces: it is still being tried. */
const DELAYED =
  /delivery (?:status notification )?\(?delay|(?:has been|is) delayed|not yet been delivered|will (?:be retried|keep trying|continue to try|retry)|se (?:seguirá|continuará) intentando|retras(?:o|ada)/i

/** Subjects that mail systems give to what they return. */
const SUBJECTS =
  /undeliver|not delivered|delivery (?:status notification|failure|has failed|to the following|problem)|failure notice|returned mail|mail delivery (?:failed|failure|system)|message not delivered|no se (?:puede|pudo|ha podido) entregar|no entregad|entrega (?:fallida|con errores)|devuelto al remitente/i

/** Senders that are programs of a mail system. */
const DAEMONS = /^(?:mailer-daemon|postmaster|mail-daemon|microsoftexchange\w*)@/i

/** What the start of a mail says. */
export interface BounceSigns {
  readonly sender: string
  readonly subject: string
  /** The envelope sender was empty (RFC 5321 § 4.5.5). */
  readonly hasNullSender: boolean
  /** Value of `X-Failed-Recipients`, or ''. */
  readonly failedRecipients: string
}

/** Whether mail without a delivery status is a bounce in words: two signs of three, or the header that names who failed. */
export function isWordedBounce(signs: BounceSigns): boolean {
  if (signs.failedRecipients !== '') return true
  const found = [DAEMONS.test(signs.sender), SUBJECTS.test(signs.subject), signs.hasNullSender]
  return found.filter(Boolean).length >= 2
}

const ADDRESS = /[^\s<>()[\]",;:@=]{1,64}@[^\s<>()[\]",;:@=]{1,253}\.[a-z0-9-]{2,63}/gi
const MOST_ADDRESSES = 50
const LONGEST_WORDS = 64 * 1024

/** Where the copy of the returned message begins: its header names everybody it went to. */
const COPY = /^[> \t]*(?:return-path|received|message-id|dkim-signature|mime-version):/im

/** Who a worded bounce speaks of: every address in it. Whose they are shows when they are compared with the order's. */
export function readWordedBounce(text: string, subject: string, named: string): ReportedRecipient[] {
  const words = text.slice(0, LONGEST_WORDS).split(COPY)[0] ?? ''
  const found = [...(named.match(ADDRESS) ?? []), ...(words.match(ADDRESS) ?? [])]
  const addresses = [...new Set(found.map((address) => address.replace(/\.+$/, '').toLowerCase()))]
  const diagnostic = diagnosticOf(words)
  const [status = ''] = /\b[45]\.\d{1,3}\.\d{1,3}\b/.exec(diagnostic) ?? []
  const action = DELAYED.test(`${subject}\n${words}`) ? 'delayed' : 'failed'
  return addresses.slice(0, MOST_ADDRESSES).map((address) => {
    return { addresses: [address], action, status, diagnostic }
  })
}

/** The line with the remote server's reply, or the first that says what is wrong. */
function diagnosticOf(words: string): string {
  const lines = words.split(/\r?\n/).map((line) => line.trim())
  const found =
    lines.find((line) => /(?:^|\D)[45]\d\d[ -#]+[45]\.\d{1,3}\.\d{1,3}\b/.test(line)) ??
    lines.find((line) => /(?:^|\s)#?[45]\d\d[ -]\S/.test(line)) ??
    lines.find((line) => /#[45]\.\d{1,3}\.\d{1,3}\b/.test(line)) ??
    lines.find((line) =>
      /unknown|not found|does(?:n't| not) (?:have|exist)|full|rejected|no existe/i.test(line),
    )
  return oneLine(found ?? lines.find((line) => line !== '') ?? '')
}
