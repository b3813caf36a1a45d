import { textOf } from '../model/json-object.ts'
import { setTimeout as wait } from 'node:timers/promises'
import type { OAuthClient } from '../model/oauth.ts'
import { postForm, refusalOf, requestToken, secondsOf, type TokenReply } from './token-endpoint.ts'

/** A code that a person types at a page of the provider (RFC 8628 § 3.2). */
export interface DeviceCode {
  /** Secret between this program and the provider. */
  readonly deviceCode: string
  /** What the person types. */
  readonly userCode: string
  /** Where the person types it. */
  readonly url: string
  /** Seconds until it ends. */
  readonly expiresIn: number
  /** Seconds between two questions. */
  readonly interval: number
}

export type DeviceCodeReply =
  { readonly outcome: 'code'; readonly code: DeviceCode } | Exclude<TokenReply, { readonly outcome: 'token' }>

/** The whole sign-in: its client, the secret of it (or ''), and how to stop waiting. */
export interface DeviceSignIn {
  readonly client: OAuthClient
  readonly clientSecret: string
  readonly signal: AbortSignal
  /** Seconds that `slow_down` adds to the interval; RFC 8628 § 3.5 says five. */
  readonly slowDown?: number
}

const GRANT_TYPE = 'urn:ietf:params:oauth:grant-type:device_code'
/** Seconds, where the server does not say (RFC 8628 § 3.2). */
const USUAL_INTERVAL = 5
const USUAL_LIFE = 900

/** Asks for a device code. */
export async function requestDeviceCode({ client, signal }: DeviceSignIn): Promise<DeviceCodeReply> {
  const fields = { client_id: client.clientId, scope: client.scope }
  const reply = await postForm({ url: client.deviceUrl, fields, secrets: [], signal })
  if (reply.outcome === 'unavailable') return reply
  const code = readCode(reply.body)
  return reply.status === 200 && code !== null ? { outcome: 'code', code } : refusalOf(reply, [])
}

/** Google calls the page's address `verification_url`, the RFC `verification_uri`. */
function readCode(body: Readonly<Record<string, unknown>>): DeviceCode | null {
  const code: DeviceCode = {
    deviceCode: textOf(body['device_code']),
    userCode: textOf(body['user_code']),
    url: textOf(body['verification_uri']) || textOf(body['verification_url']),
    expiresIn: secondsOf(body['expires_in'], USUAL_LIFE),
    interval: secondsOf(body['interval'], USUAL_INTERVAL),
  }
  return [code.deviceCode, code.userCode, code.url].includes('') ? null : code
}

/**
 * Waits until the person has consented: asks again and again, no oftener than the server wants (`slow_down` adds five seconds,
 * RFC 8628 § 3.5), until the code ends. A network that fails in between is asked again too.
 * @returns `refused` with `expired_token` when time ran out, `aborted` when the signal came
 */
export async function waitForConsent(sign: DeviceSignIn, code: DeviceCode): Promise<TokenReply> {
  const { client, clientSecret, signal, slowDown = 5 } = sign
  const fields = {
    grant_type: GRANT_TYPE,
    client_id: client.clientId,
    client_secret: clientSecret,
    device_code: code.deviceCode,
  }
  const end = performance.now() + code.expiresIn * 1000
  let interval = code.interval
  while (performance.now() < end) {
    try {
      await wait(interval * 1000, undefined, { signal })
    } catch {
      return { outcome: 'refused', error: 'aborted', words: 'aborted' }
    }
    const reply = await requestToken({
      ...{ url: client.tokenUrl, fields, signal },
      secrets: [clientSecret, code.deviceCode],
    })
    if (reply.outcome === 'token') return reply
    if (reply.outcome === 'refused' && reply.error !== 'authorization_pending') return reply
    if (reply.outcome === 'unavailable' && /\bslow_down\b/.test(reply.words)) interval += slowDown
  }
  return { outcome: 'refused', error: 'expired_token', words: 'expired_token' }
}
