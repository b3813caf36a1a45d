import type { ImapServer } from '../bounces/imap.ts'
import type { AccessTokens } from '../channels/channel.ts'
import { CfdiMailError } from '../model/errors.ts'
import { type BounceMailbox, findBounceMailbox } from '../store/bounce-mailboxes.ts'
import { findOAuth } from '../store/oauth.ts'
import { defaultProfile, findProfile } from '../store/profiles.ts'
import { accessTokens } from './access-tokens.ts'
import type { Ctx } from './ctx.ts'
import { storedKeeper } from './oauth-keeper.ts'
import type { PasswordSource } from './profile-password.ts'

/** Which mailbox to read; what is left out is the profile's, or the usual. */
export interface MailboxWishes {
  /** Profile whose mailbox it is; the default one when left out. */
  readonly profile: string | undefined
  readonly host: string | undefined
  readonly port: number | undefined
  readonly user: string | undefined
  readonly password: PasswordSource | undefined
  readonly mailbox: string | undefined
  readonly archive: string | undefined
  readonly caFile: string | undefined
}

/** A mailbox and what signs in to it. */
export interface ReadableMailbox {
  readonly mailbox: Omit<BounceMailbox, 'secret'>
  readonly server: Omit<ImapServer, 'secret'>
  readonly signIn: MailboxPassword | AccessTokens
}

/** A password in clear text, and the form in which it is kept; null is sealed when the mailbox is kept. */
export interface MailboxPassword {
  readonly clear: string
  readonly stored: string | null
}

/** What of a mailbox is not said and not kept. */
const USUAL = { host: '', port: 993, user: '', mailbox: 'INBOX', archive: '', caFile: '' }

/**
 * The mailbox that is meant, and what signs in: a password from where it was said to be or as it was kept, the access tokens of
 * the profile where that has some, or a password that is asked for.
 * @throws PROFILE_NOT_FOUND, NO_BOUNCE_MAILBOX when neither flags nor the profile name one, NO_PASSWORD, and what the secrets say
 */
export async function findMailbox(ctx: Ctx, wishes: MailboxWishes): Promise<ReadableMailbox> {
  const profile = await profileName(ctx, wishes.profile)
  const saved = await findBounceMailbox(ctx.db, profile)
  const oauth = wishes.password === undefined ? await tokensOf(ctx, profile) : null
  const mailbox = { ...USUAL, ...oauth?.usual, ...saved, ...said(wishes), profile }
  const { host, port, user, caFile } = mailbox
  if (host === '' || user === '')
    throw new CfdiMailError('NO_BOUNCE_MAILBOX', { profile, variant: profile === '' ? 'no-profile' : '' })
  const kept = keptFor(saved, { host, user })
  const useTokens = oauth !== null && kept === ''
  const signIn = useTokens ? oauth.tokens : await passwordOf(ctx, { wishes, profile, user, kept })
  return { mailbox, server: { host, port, user, caFile }, signIn }
}

/** What was kept for one account is never offered to another server. */
function keptFor(
  saved: BounceMailbox | undefined,
  { host, user }: Pick<ImapServer, 'host' | 'user'>,
): string {
  return saved?.user === user && saved.host === host ? saved.secret : ''
}

/** The tokens that the profile itself signs in with, and its user; null for a profile with a password. */
async function tokensOf(ctx: Ctx, name: string) {
  const profile = await findProfile(ctx.db, name)
  if (profile === undefined || (await findOAuth(ctx.db, name)) === undefined) return null
  return { tokens: accessTokens(ctx, storedKeeper(ctx, name)), usual: { user: profile.user } }
}

/** Only what was typed, so that it can be laid over what is kept. */
function said({ host, port, user, mailbox, archive, caFile }: MailboxWishes): Partial<BounceMailbox> {
  const typed = Object.entries({ host, port, user, mailbox, archive, caFile })
  return Object.fromEntries(typed.filter(([, value]) => value !== undefined))
}

async function profileName(ctx: Ctx, name: string | undefined): Promise<string> {
  if (name === undefined) return (await defaultProfile(ctx.db))?.name ?? ''
  if ((await findProfile(ctx.db, name)) === undefined) throw new CfdiMailError('PROFILE_NOT_FOUND', { name })
  return name
}

interface Wanted {
  readonly wishes: MailboxWishes
  readonly profile: string
  readonly user: string
  /** '' for none. */
  readonly kept: string
}

async function passwordOf(ctx: Ctx, { wishes, profile, user, kept }: Wanted): Promise<MailboxPassword> {
  const place = mailboxSecretPlace(profile)
  const { password: source } = wishes
  if (typeof source === 'object') {
    return { clear: await ctx.secrets.reveal(place, source.reference), stored: source.reference }
  }
  if (source === undefined && kept !== '') {
    return { clear: await ctx.secrets.reveal(place, kept), stored: kept }
  }
  if (source === undefined && ctx.ask === null) throw new CfdiMailError('NO_PASSWORD', { user })
  const clear =
    source === 'stdin'
      ? (await ctx.readStdin()).replace(/\r?\n[^]*$/, '')
      : ((await ctx.ask?.secret('password')) ?? '')
  return { clear, stored: null }
}

/** Place of the secret of a profile's bounce mailbox, part of its seal. */
export function mailboxSecretPlace(profile: string): string {
  return `bounces:${profile}:secret`
}
