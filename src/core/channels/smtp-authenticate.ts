import type { CheckCause, SmtpProfile } from '../model/profile.ts'
import { parseReply } from '../model/reply.ts'
import type { AccessTokens, Credential } from './channel.ts'
import { profileFault, SmtpFault } from './smtp-errors.ts'
import { finished, introductionFault, login, type Peer, withoutSecrets } from './smtp-login.ts'
import { initialResponse, TOKEN_METHOD } from './smtp-xoauth2.ts'

export interface Authentication {
  readonly credential: Credential
  /** Milliseconds that one try may take. */
  readonly ms: number
}

/**
 * Signs in with what the profile has: a password is tried once; a token that is refused gives way to a fresh one, once.
 * @returns the server's words
 * @throws SmtpFault; no secret is in any of its texts
 */
export async function authenticate(
  peer: Peer,
  profile: SmtpProfile,
  { credential, ms }: Authentication,
): Promise<string> {
  if (typeof credential === 'string') return login(peer, profile, { password: credential, ms })
  if (!peer.extensions.auth.includes('XOAUTH2'))
    throw profileFault('no-auth-offered', `AUTH ${peer.extensions.auth.join(' ')}`.trim())
  const stale = await tokenOf(credential, null)
  const attempt = { user: profile.user, ms }
  try {
    return await present(peer, { ...attempt, token: stale })
  } catch (error) {
    // A token may have been revoked, or its clock be another's: only a fresh one tells. Whatever else failed stays.
    if (!(error instanceof SmtpFault) || error.fault.scope !== 'profile') throw error
    return await present(peer, { ...attempt, token: await tokenOf(credential, stale) })
  }
}

async function tokenOf(tokens: AccessTokens, refused: string | null): Promise<string> {
  const answer = await tokens.get(refused)
  if (!answer.ok) throw new SmtpFault(answer.fault)
  return answer.token
}

interface Attempt {
  readonly user: string
  readonly token: string
  readonly ms: number
}

async function present(peer: Peer, { user, token, ms }: Attempt): Promise<string> {
  const trouble = await finished({
    connection: peer.connection,
    ms,
    start: (done) => peer.connection.login({ user, pass: token, method: TOKEN_METHOD }, done),
  })
  if (trouble === null) return parseReply(peer.transcript.lastRaw()).text
  const { fault } = withoutSecrets(introductionFault(trouble, peer.host, 'auth'), [
    token,
    initialResponse(user, token),
  ])
  throw new SmtpFault(
    fault.scope === 'profile' ? { ...fault, cause: causeOf(fault.reply, fault.cause) } : fault,
  )
}

/** Advice about passwords would mislead; a mailbox that may not send by SMTP at all is its own case. */
function causeOf(reply: string, cause: CheckCause): CheckCause {
  if (/SmtpClientAuthentication is disabled/i.test(reply)) return 'm365-basic-auth-off'
  return cause === 'encryption-required' ? cause : 'oauth-refused'
}
