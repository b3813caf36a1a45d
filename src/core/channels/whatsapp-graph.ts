import { answerText } from '../model/answer-text.ts'
import { jsonObject } from '../model/json-object.ts'
import { redact } from '../model/redact.ts'
import { oneLine } from '../model/reply.ts'

/** One request to the Graph API. */
export interface GraphCall {
  readonly method: 'GET' | 'POST'
  readonly url: string
  readonly token: string
  /** JSON as text, or a form with a file. */
  readonly body?: string | FormData
  /** Milliseconds for all of it: connecting, sending and the whole answer. */
  readonly ms: number
}

/** What came of it. A dead server is an answer, never an exception. */
export type GraphReply =
  | {
      readonly outcome: 'answer'
      readonly status: number
      readonly body: Readonly<Record<string, unknown>>
      /** What was said, on one line, without the token. */
      readonly words: string
    }
  /** `sent`: whether the request may have reached the server. Only a connection that never came about says `no`. */
  | {
      readonly outcome: 'silence'
      readonly sent: 'no' | 'perhaps'
      readonly code: string
      readonly words: string
    }

/** Bytes of an answer that are read; Meta's are below two thousand. */
const LONGEST_ANSWER = 256 * 1024

/**
 * Sends one request over a connection of its own: on one that is kept open, a server that just closed it could not be told
 * from one that took the message. No redirection is followed, since the token would go along.
 */
export async function askGraph({ method, url, token, body, ms }: GraphCall): Promise<GraphReply> {
  const headers: Record<string, string> = {
    accept: 'application/json',
    authorization: `Bearer ${token}`,
    connection: 'close',
    ...(typeof body === 'string' ? { 'content-type': 'application/json' } : {}),
  }
  try {
    const response = await fetch(url, {
      ...{ method, headers, redirect: 'manual', signal: AbortSignal.timeout(ms) },
      ...(body === undefined ? {} : { body }),
    })
    // Whatever is said about the answer later, the token is not in it.
    const text = (await answerText(response, LONGEST_ANSWER)).replaceAll(token, '***')
    const words = redact(oneLine(`HTTP ${response.status} ${text.slice(0, 400)}`), [token])
    return { outcome: 'answer', status: response.status, body: jsonObject(text), words }
  } catch (error) {
    const { code, words } = troubleOf(error)
    return {
      outcome: 'silence',
      sent: isUnsent(code) ? 'no' : 'perhaps',
      code,
      words: redact(words, [token]),
    }
  }
}

/** Errors of a connection that never came about: name, network, refusal, certificate. */
const UNSENT =
  /^(?:ECONNREFUSED|ENOTFOUND|EAI_\w+|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|UND_ERR_CONNECT_TIMEOUT|ERR_TLS_\w+|ERR_SSL_\w+|CERT_\w+|\w*SELF_SIGNED\w*|UNABLE_TO_\w+|HOSTNAME_MISMATCH)$/

function isUnsent(code: string): boolean {
  return UNSENT.test(code)
}

/** fetch says only "fetch failed"; why is in its cause. */
function troubleOf(error: unknown): { readonly code: string; readonly words: string } {
  if (!(error instanceof Error)) return { code: '', words: oneLine(String(error)) }
  const inner = error.cause instanceof Error ? error.cause : error
  const code = 'code' in inner && typeof inner.code === 'string' ? inner.code : ''
  const said = inner.message === '' ? error.message : inner.message
  if (inner.name === 'TimeoutError') return { code: 'ETIMEDOUT', words: 'no answer in time' }
  return { code, words: oneLine(code === '' || said.includes(code) ? said : `${code}: ${said}`) }
}
