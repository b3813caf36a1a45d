import { cleanLine } from './clean.ts'

/** Replies of a mail server: taken apart, and made fit for one line of a log. Pure. */

/** A complete reply. */
export interface Reply {
  readonly code: number
  /** RFC 3463 code such as `5.1.1`, or ''. */
  readonly enhanced: string
  /** All its lines as one, control characters out, at most 500 characters. */
  readonly text: string
}

const LONGEST = 500
const CODES = /^(\d{3})(?:[ -]([245]\.\d{1,3}\.\d{1,3}))?/

/** A server's words for the log: `cleanLine`, at most 500 characters. */
export function oneLine(text: string): string {
  return cleanLine(text).slice(0, LONGEST)
}

/** Reads one reply, single-line or multi-line; the codes that each further line repeats are left out of the text. */
export function parseReply(raw: string): Reply {
  const [, code = '0', enhanced = ''] = CODES.exec(raw) ?? []
  // Nearly every reply is one line.
  return {
    code: Number(code),
    enhanced,
    text: oneLine(raw.includes('\n') || raw[3] === '-' ? joined(raw) : raw),
  }
}

function joined(raw: string): string {
  const [first = '', ...rest] = raw.split(/\r?\n/)
  const more = rest.map((line) => line.replace(/^\d{3}(?:[ -]|$)(?:[245]\.\d{1,3}\.\d{1,3}(?: |$))?/, ''))
  return [first.replace(/^(\d{3})-/, '$1 '), ...more].join(' ')
}

/** Whether the server said yes (2yz). */
export function isPositive(reply: Reply | null): boolean {
  return reply !== null && reply.code >= 200 && reply.code < 300
}
