import { CfdiMailError } from '../model/errors.ts'
import type { OAuthClient } from '../model/oauth.ts'
import { requestDeviceCode, waitForConsent } from '../oauth/device-code.ts'
import { type FreshTokens, freshTokens } from './access-tokens.ts'
import type { Ctx } from './ctx.ts'

/**
 * Lets a person consent in a browser, on this machine or another: shows where and with which code, and waits.
 * @throws NO_DEVICE_CODE when the provider has no such way, SERVER_UNREACHABLE, CONSENT_REFUSED (refused, too late, aborted)
 */
export async function askConsent(
  ctx: Ctx,
  { client, clientSecret }: { readonly client: OAuthClient; readonly clientSecret: string },
): Promise<FreshTokens & { readonly refreshToken: string }> {
  const { provider, grant, deviceUrl } = client
  if (deviceUrl === '' || grant !== 'refresh-token') throw new CfdiMailError('NO_DEVICE_CODE', { provider })
  const sign = { client, clientSecret, signal: ctx.signal }
  const asked = await requestDeviceCode(sign)
  if (asked.outcome === 'unavailable')
    throw new CfdiMailError('SERVER_UNREACHABLE', { host: deviceUrl, detail: asked.words })
  if (asked.outcome === 'refused') throw new CfdiMailError('CONSENT_REFUSED', { detail: asked.words })
  const { url, userCode, expiresIn } = asked.code
  ctx.tell({ notice: 'device-code', url, code: userCode, minutes: Math.ceil(expiresIn / 60) })
  const tokens = freshTokens(await waitForConsent(sign, asked.code), ctx.now())
  if ('fault' in tokens) throw new CfdiMailError('CONSENT_REFUSED', { detail: tokens.fault.reply })
  const { refreshToken, access } = tokens
  if (refreshToken === null) throw new CfdiMailError('CONSENT_REFUSED', { detail: 'no refresh_token' })
  return { refreshToken, access }
}
