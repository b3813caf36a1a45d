import type { OAuthRequest } from '../core/flows/find-oauth.ts'
import { OAUTH_GRANTS, OAUTH_PROVIDERS } from '../core/model/oauth.ts'
import type { FlagSpecs, FlagValues } from './command.ts'

/** Flags of a sign-in with access tokens. No secret has a flag of its own: what is typed there, others can read. */
export const OAUTH_FLAGS = {
  oauth: { type: 'string', alias: 'autorizacion', choices: OAUTH_PROVIDERS },
  grant: { type: 'string', alias: 'concesion', choices: OAUTH_GRANTS },
  'client-id': { type: 'string', alias: 'id-aplicacion' },
  'client-secret-stdin': { type: 'boolean', alias: 'secreto-stdin' },
  'client-secret-ref': { type: 'string', alias: 'secreto-ref' },
  'refresh-token-stdin': { type: 'boolean', alias: 'token-stdin' },
  tenant: { type: 'string', alias: 'inquilino' },
  scope: { type: 'string', alias: 'alcance' },
  'token-url': { type: 'string', alias: 'url-token' },
  'device-url': { type: 'string', alias: 'url-dispositivo' },
} as const satisfies FlagSpecs

/** What the flags say. */
export function oauthRequest(flags: FlagValues<typeof OAUTH_FLAGS>): OAuthRequest {
  const reference = flags['client-secret-ref']
  return {
    provider: flags.oauth,
    ...{ grant: flags.grant, clientId: flags['client-id'], tenant: flags.tenant, scope: flags.scope },
    ...{ tokenUrl: flags['token-url'], deviceUrl: flags['device-url'] },
    clientSecret:
      flags['client-secret-stdin'] === true ? 'stdin' : reference === undefined ? undefined : { reference },
    refreshToken: flags['refresh-token-stdin'] === true ? 'stdin' : undefined,
  }
}
