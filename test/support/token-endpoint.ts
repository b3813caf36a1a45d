/** A token endpoint on 127.0.0.1 that answers as told and remembers what it was asked. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { TestContext } from 'node:test'
import { text } from 'node:stream/consumers'
import { setTimeout as wait } from 'node:timers/promises'

export interface TokenAnswer {
  readonly status?: number
  readonly body: unknown
  /** Milliseconds before the answer. */
  readonly afterMs?: number
}

export interface TokenEndpoint {
  readonly url: string
  readonly deviceUrl: string
  /** The forms that were posted, in order. */
  readonly requests: Readonly<Record<string, string>>[]
}

/** Starts the endpoint; it goes when the test ends. `answer` is given each form and its number, from 1. */
export async function tokenEndpoint(
  t: TestContext,
  answer: (form: Readonly<Record<string, string>>, turn: number, path: string) => TokenAnswer,
): Promise<TokenEndpoint> {
  const requests: Readonly<Record<string, string>>[] = []
  const server = createServer((request, response) => {
    void text(request).then(async (posted) => {
      const form = Object.fromEntries(new URLSearchParams(posted))
      requests.push(form)
      const { status = 200, body, afterMs = 0 } = answer(form, requests.length, request.url ?? '')
      await wait(afterMs)
      response.writeHead(status, { 'content-type': 'application/json' })
      response.end(typeof body === 'string' ? body : JSON.stringify(body))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { url: `${base}/token`, deviceUrl: `${base}/devicecode`, requests }
}

/** Tokens that count: `access-1`, `access-2`, … */
export function countingTokens(changes: Readonly<Record<string, unknown>> = {}) {
  return (_form: unknown, turn: number): TokenAnswer => ({
    body: { token_type: 'Bearer', access_token: `access-${turn}`, expires_in: 3600, ...changes },
  })
}
