import type { CustomAuthenticationContext } from 'nodemailer/lib/smtp-connection'

/** The library's name for it here. Under its own name the library would send the token with PLAIN where a server offers both. */
export const TOKEN_METHOD = 'TOKEN'

/**
 * SASL XOAUTH2 for the library, with the access token as the password. A server that refuses may first send the reason as a
 * challenge (334 and base64 JSON), which an empty line answers; its refusal follows.
 */
export async function xoauth2(context: CustomAuthenticationContext): Promise<void> {
  const { user, pass } = context.auth.credentials
  const first = await context.sendCommand(`AUTH XOAUTH2 ${initialResponse(user, pass)}`)
  const last = first.status === 334 ? await context.sendCommand('') : first
  if (last.status !== 235) throw new Error('refused')
}

/** What is sent: the user, a bearer token (RFC 6750), and two marks of the end, in base64. */
export function initialResponse(user: string, token: string): string {
  return Buffer.from(`user=${user}\u0001auth=Bearer ${token}\u0001\u0001`).toString('base64')
}
