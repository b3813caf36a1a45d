import { answerText } from '../model/answer-text.ts'
import { jsonObject, textOf } from '../model/json-object.ts'
import { redact } from '../model/redact.ts'
import { oneLine } from '../model/reply.ts'

/** What a token endpoint gave. A refusal and a dead server are answers, never exceptions. */
export type TokenReply =
  | {
      readonly outcome: 'token'
      readonly accessToken: string
      /** A new one that takes the place of the old one, or null when the old one stays good. */
      readonly refreshToken: string | null
      /** Seconds that the access token lives. */
      readonly expiresIn: number
    }
  /** `error` is RFC 6749's code, or `http_<status>` where there is none. */
  | { readonly outcome: 'refused'; readonly error: string; readonly words: string }
  | { readonly outcome: 'unavailable'; readonly words: string }

/** A form for an endpoint. */
export interface FormPost {
  readonly url: string
  /** Fields with an empty value are left out. */
  readonly fields: Readonly<Record<string, string>>
  /** Texts that must not be repeated in any words that come back. */
  readonly secrets: readonly string[]
  readonly signal?: AbortSignal
}

/** A whole answer: its status and the fields of its JSON object. */
export type FormReply =
  | { readonly outcome: 'answer'; readonly status: number; readonly body: Readonly<Record<string, unknown>> }
  | { readonly outcome: 'unavailable'; readonly words: string }

/** Milliseconds for one request and its answer. */
const REQUEST_MS = 30_000
/** Bytes of an answer that are read. */
const LONGEST_ANSWER = 256 * 1024
/** Seconds a token lives whose server does not say (RFC 6749 § 5.1 leaves it open). */
const USUAL_LIFE = 3600

/** Request Timeout, Too Many Requests. */
const PASSING_STATUSES = [408, 429]
/** Error codes that time may cure, whatever the status. */
const PASSING = ['temporarily_unavailable', 'server_error', 'slow_down']

/** Asks for an access token (RFC 6749 §§ 4.4, 6; RFC 8628 § 3.4). */
export async function requestToken(post: FormPost): Promise<TokenReply> {
  const reply = await postForm(post)
  if (reply.outcome === 'unavailable') return reply
  if (reply.status !== 200) return refusalOf(reply, post.secrets)
  const accessToken = textOf(reply.body['access_token'])
  if (accessToken === '') return { outcome: 'unavailable', words: 'the answer holds no access token' }
  const refreshToken = textOf(reply.body['refresh_token'])
  return {
    outcome: 'token',
    accessToken,
    refreshToken: refreshToken === '' ? null : refreshToken,
    expiresIn: secondsOf(reply.body['expires_in'], USUAL_LIFE),
  }
}

/** What an answer without a token means: no, or not now. */
export function refusalOf(
  { status, body }: Extract<FormReply, { readonly outcome: 'answer' }>,
  secrets: readonly string[],
): Exclude<TokenReply, { readonly outcome: 'token' }> {
  const error = codeOf(body['error'])
  const said = `${error} ${hide(oneLine(textOf(body['error_description'])), secrets)}`.trim()
  const words = said === '' ? `HTTP ${status}` : said
  const isFinal =
    status >= 400 && status < 500 && !PASSING_STATUSES.includes(status) && !PASSING.includes(error)
  if (!isFinal) return { outcome: 'unavailable', words: oneLine(`HTTP ${status} ${said}`) }
  return { outcome: 'refused', error: error === '' ? `http_${status}` : error, words }
}

/** Posts a form and reads a JSON object. A redirection is refused: it could lead secrets elsewhere. */
export async function postForm({ url, fields, secrets, signal }: FormPost): Promise<FormReply> {
  const filled = Object.entries(fields).filter(([, value]) => value !== '')
  const late = AbortSignal.timeout(REQUEST_MS)
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { accept: 'application/json' },
      body: new URLSearchParams(filled),
      redirect: 'error',
      signal: signal === undefined ? late : AbortSignal.any([signal, late]),
    })
    return {
      outcome: 'answer',
      status: response.status,
      body: jsonObject(await answerText(response, LONGEST_ANSWER)),
    }
  } catch (error) {
    return { outcome: 'unavailable', words: hide(oneLine(`${hostOf(url)}: ${wordsOf(error)}`), secrets) }
  }
}

/** An error's code (RFC 6749 § 5.2), or '' for what is none: it is shown, so it may hold nothing else. */
function codeOf(value: unknown): string {
  return typeof value === 'string' && /^[a-z_]{1,60}$/.test(value) ? value : ''
}

/** A positive number of seconds, also when it came as text. */
export function secondsOf(value: unknown, otherwise: number): number {
  const seconds = typeof value === 'string' ? Number(value) : value
  return typeof seconds === 'number' && Number.isFinite(seconds) && seconds > 0 ? seconds : otherwise
}

/** Secrets in the forms in which an endpoint may repeat them. */
function hide(words: string, secrets: readonly string[]): string {
  const forms = secrets.flatMap((secret) => [secret, encodeURIComponent(secret), ...base64Of(secret)])
  return redact(words, forms)
}

/** Base64 of a text at each of the three places that it can begin in, without the ends that its neighbours share. */
function base64Of(text: string): readonly string[] {
  return [0, 1, 2].map((before) => {
    const encoded = Buffer.concat([Buffer.alloc(before), Buffer.from(text)]).toString('base64')
    return encoded.slice(before === 0 ? 0 : 4, -4)
  })
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url
}

/** fetch says only "fetch failed"; why is in its cause. */
function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const inner = error.cause instanceof Error ? error.cause : error
  const code = 'code' in inner && typeof inner.code === 'string' ? `${inner.code}: ` : ''
  return `${code}${inner.message === '' ? error.message : inner.message}`
}
