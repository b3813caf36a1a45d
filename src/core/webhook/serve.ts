import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { isSameText, isSigned } from './signature.ts'

export interface WebhookOptions {
  /** Address to listen on; this machine alone unless a person says otherwise. */
  readonly host: string
  readonly port: number
  readonly appSecret: string
  readonly verifyToken: string
  /** Given each signed body. Meta sends again, for up to 7 days, what this did not take. */
  readonly take: (body: string) => Promise<void>
}

export interface Webhook {
  /** `127.0.0.1:8080` */
  readonly place: string
  close(): Promise<void>
}

/** Meta's own bodies are a few kilobytes. */
const LARGEST_BODY = 1024 * 1024
const HEADERS_MS = 5_000
const REQUEST_MS = 10_000
const MOST_CONNECTIONS = 100

/**
 * Listens for Meta's webhook behind a proxy that does TLS. Only what carries Meta's signature is taken; nothing else gets more
 * than a number as its answer.
 * @throws what the system says when the port cannot be had
 */
export async function serveWebhook(options: WebhookOptions): Promise<Webhook> {
  const server = createServer((request, response) => {
    answer(request, options)
      .catch(() => ({ status: 500, text: '' }))
      .then(({ status, text }) => send(response, status, text))
      .catch(() => response.destroy())
  })
  server.headersTimeout = HEADERS_MS
  server.requestTimeout = REQUEST_MS
  server.maxConnections = MOST_CONNECTIONS
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, options.host, () => resolve())
  })
  const { address, port } = server.address() as AddressInfo
  return {
    place: `${address}:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

interface Answer {
  readonly status: number
  readonly text: string
}

const NO: Answer = { status: 403, text: '' }

async function answer(request: IncomingMessage, options: WebhookOptions): Promise<Answer> {
  if (request.method === 'GET') return handshake(request, options.verifyToken)
  if (request.method !== 'POST') return { status: 405, text: '' }
  const body = await readBody(request)
  if (body === null) return { status: 413, text: '' }
  const header = request.headers['x-hub-signature-256']
  if (!isSigned(body, typeof header === 'string' ? header : undefined, options.appSecret)) return NO
  await options.take(body.toString('utf8'))
  return { status: 200, text: '' }
}

/** Meta asks once, when the webhook is set up, whether the token is ours, and wants its challenge back. */
function handshake(request: IncomingMessage, verifyToken: string): Answer {
  const query = new URL(request.url ?? '/', 'http://localhost').searchParams
  const challenge = query.get('hub.challenge') ?? ''
  const isOurs = verifyToken !== '' && isSameText(query.get('hub.verify_token') ?? '', verifyToken)
  if (query.get('hub.mode') !== 'subscribe' || !isOurs || !/^[\w-]{1,200}$/.test(challenge)) return NO
  return { status: 200, text: challenge }
}

/** The raw body, or null when it is larger than anything Meta sends. */
async function readBody(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > LARGEST_BODY) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function send(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'text/plain', 'x-content-type-options': 'nosniff' }).end(text)
}
