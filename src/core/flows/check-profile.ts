import { resolve } from 'node:path'
import { testMessage } from '../message/test-message.ts'
import { domainOf, parseAddress } from '../model/address.ts'
import { CfdiMailError } from '../model/errors.ts'
import { checkedProfileName } from '../model/profile-checks.ts'
import { changesProfile, type ProfileFields, profileFrom } from '../model/profile-fields.ts'
import type { SmtpProfile, StoredProfile } from '../model/profile.ts'
import type { SmtpTestResult } from '../model/results/profiles.ts'
import { newId } from '../store/ids.ts'
import { defaultProfile, findProfile, markTested, saveProfile } from '../store/profiles.ts'
import type { Ctx } from './ctx.ts'
import { changesOAuth, type OAuthRequest } from './find-oauth.ts'
import { refuseOtherChannel } from './profile-channel.ts'
import type { FoundSignIn } from './profile-credential.ts'
import type { PasswordSource } from './profile-password.ts'
import { findSignIn } from './profile-sign-in.ts'

/** What to test, and what to do when it passes. */
export interface CheckRequest extends ProfileFields {
  /** A saved profile; without it the default one, unless a host or a provider is typed. */
  readonly name?: string | undefined
  readonly password?: PasswordSource | undefined
  /** Signs in with access tokens instead of a password. */
  readonly oauth?: OAuthRequest | undefined
  /** Sends a real message to this address. */
  readonly to?: string | undefined
  /** Saves the profile under this name when the test passed. */
  readonly save?: string | undefined
  /** Saves it as the default one. */
  readonly makeDefault?: boolean | undefined
}

/**
 * Tests a saved profile or one that is typed, step by step, and saves it only when every step passed. A passed test of a saved
 * profile ends its hold.
 * @throws PROFILE_NOT_FOUND, PROFILE_OTHER_CHANNEL, NO_PROFILE, BAD_PROFILE, BAD_ADDRESS, NO_PASSWORD, and what the secrets say
 */
export async function checkProfile(ctx: Ctx, request: CheckRequest): Promise<SmtpTestResult> {
  const saveAs = request.save === undefined ? null : checkedProfileName(request.save)
  if (saveAs !== null) await refuseOtherChannel(ctx, saveAs, 'email')
  const saved = await savedProfile(ctx, request)
  const caFile = request.caFile && resolve(request.caFile)
  const profile = profileFrom(saved, { ...request, caFile })
  const to = request.to === undefined ? null : address(request.to)
  const { password, oauth } = request
  const signIn = await findSignIn(ctx, { saved, profile, password, oauth })
  const { ok, steps, cause } = await ctx.channel.check(profile, signIn.credential, {
    to: to ?? profile.from,
    message: to === null ? null : messageTo(ctx, profile, to),
    onStep: () => undefined,
  })
  if (ok) await keep(ctx, request, { saveAs, saved, profile, signIn })
  return {
    kind: 'smtp-test',
    ok,
    host: profile.host,
    port: profile.port,
    steps,
    cause,
    remedy: null,
    saved: ok ? saveAs : null,
  }
}

interface Passed {
  readonly saveAs: string | null
  readonly saved: StoredProfile | undefined
  readonly profile: SmtpProfile
  readonly signIn: FoundSignIn
}

/** Saves what passed; or notes that what is saved passed just as it is saved. */
async function keep(
  ctx: Ctx,
  request: CheckRequest,
  { saveAs, saved, profile, signIn }: Passed,
): Promise<void> {
  if (saveAs !== null) {
    await save(ctx, { name: saveAs, profile, signIn, makeDefault: request.makeDefault ?? false })
  } else if (saved !== undefined && !changesSaved(request)) {
    await markTested(ctx.db, saved.name, ctx.now().toISOString())
  }
}

/** Whether anything was typed that the saved profile does not have. */
function changesSaved(request: CheckRequest): boolean {
  return changesProfile(request) || request.password !== undefined || changesOAuth(request.oauth)
}

async function savedProfile(
  ctx: Ctx,
  { name, host, provider }: CheckRequest,
): Promise<StoredProfile | undefined> {
  if (name !== undefined) {
    const profile = await findProfile(ctx.db, name)
    if (profile === undefined) await refuseOtherChannel(ctx, name, 'email')
    const isNew = host !== undefined || provider !== undefined
    if (profile === undefined)
      throw new CfdiMailError('PROFILE_NOT_FOUND', { name, ...(isNew ? { variant: 'new' } : {}) })
    return profile
  }
  if (host !== undefined || provider !== undefined) return undefined
  const profile = await defaultProfile(ctx.db)
  if (profile === undefined) throw new CfdiMailError('NO_PROFILE')
  return profile
}

function address(text: string): string {
  const read = parseAddress(text)
  if (!read.ok) throw new CfdiMailError('BAD_ADDRESS', { field: 'to', value: text, problem: read.problem })
  return read.address
}

function messageTo(ctx: Ctx, profile: SmtpProfile, to: string): readonly Buffer[] {
  const now = ctx.now()
  return testMessage({
    messageId: `${newId(now)}@${domainOf(profile.from)}`,
    date: now.toISOString(),
    sender: { address: profile.from, name: profile.fromName },
    to,
    server: `${profile.host}:${profile.port}`,
  })
}

interface Saving {
  readonly name: string
  readonly profile: SmtpProfile
  readonly signIn: FoundSignIn
  readonly makeDefault: boolean
}

async function save(ctx: Ctx, { name, profile, signIn, makeDefault }: Saving): Promise<void> {
  const at = ctx.now().toISOString()
  const secret = signIn.secretFor(name)
  await saveProfile(
    ctx.db,
    { ...profile, name, secret, isDefault: makeDefault, hold: null, testedAt: at },
    at,
  )
  await signIn.keepFor(name)
}
