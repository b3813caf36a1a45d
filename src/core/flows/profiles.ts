import { CfdiMailError } from '../model/errors.ts'
import { type LimitFields, withLimits } from '../model/profile-limits.ts'
import { MODULES, type ProfileModule, type StoredProfile } from '../model/profile.ts'
import type { DoneResult } from '../model/results/house.ts'
import type { OAuthView, ProfileResult, ProfilesResult, ProfileView } from '../model/results/profiles.ts'
import type { WhatsAppProfileResult } from '../model/results/whatsapp.ts'
import type { WhatsAppLimitFields } from '../model/whatsapp-fields.ts'
import { countOpenDeliveries } from '../store/delivery-counts.ts'
import { findOAuth, listOAuth, type StoredOAuth } from '../store/oauth.ts'
import { listPackagingTypes } from '../store/packaging-types.ts'
import * as store from '../store/profiles.ts'
import type { Ctx } from './ctx.ts'
import { refuseOtherChannel } from './profile-channel.ts'
import { formOfSecret } from './profile-credential.ts'
import { changeWhatsAppLimits, showWhatsAppProfile, whatsappViews } from './whatsapp-profiles.ts'

export async function listProfiles(ctx: Ctx): Promise<ProfilesResult> {
  const oauth = await listOAuth(ctx.db)
  const profiles = await store.listProfiles(ctx.db)
  return {
    kind: 'profiles',
    profiles: profiles.map((profile) => toView(profile, oauth.get(profile.name))),
    whatsapp: await whatsappViews(ctx),
  }
}

/** @throws PROFILE_NOT_FOUND */
export async function showProfile(ctx: Ctx, name: string): Promise<ProfileResult | WhatsAppProfileResult> {
  const whatsapp = await showWhatsAppProfile(ctx, name)
  if (whatsapp !== null) return whatsapp
  const profile = await existingProfile(ctx, name)
  return { kind: 'profile', profile: toView(profile, await findOAuth(ctx.db, name)) }
}

/**
 * Changes what a profile's server allows; needs no new test, since server, user and password stay.
 * @throws PROFILE_NOT_FOUND, NOTHING_TO_CHANGE, BAD_PROFILE that names the field
 */
export async function changeLimits(
  ctx: Ctx,
  name: string,
  limits: LimitFields & WhatsAppLimitFields,
): Promise<ProfileResult | WhatsAppProfileResult> {
  const whatsapp = await changeWhatsAppLimits(ctx, name, limits)
  if (whatsapp !== null) return whatsapp
  const { pairSeconds, ...fields } = limits
  const profile = await existingProfile(ctx, name)
  if (pairSeconds !== undefined)
    throw new CfdiMailError('PROFILE_OTHER_CHANNEL', { name, variant: 'mail-limits' })
  if (Object.values(fields).every((value) => value === undefined))
    throw new CfdiMailError('NOTHING_TO_CHANGE')
  const changed = withLimits(profile, fields)
  await store.saveLimits(ctx.db, changed, ctx.now().toISOString())
  return await showProfile(ctx, name)
}

/**
 * Removes a profile that nothing names any more.
 * @throws PROFILE_NOT_FOUND, PROFILE_IN_USE, PROFILE_HAS_ORDERS
 */
export async function removeProfile(ctx: Ctx, name: string): Promise<DoneResult> {
  await mustExist(ctx, name)
  const types = (await listPackagingTypes(ctx.db))
    .filter((type) => type.profile === name)
    .map(({ code }) => code)
  if (types.length > 0)
    throw new CfdiMailError('PROFILE_IN_USE', { name, types: types.join(', '), count: types.length })
  const orders = await countOpenDeliveries(ctx.db, name)
  if (orders > 0) throw new CfdiMailError('PROFILE_HAS_ORDERS', { name, orders })
  await store.removeProfile(ctx.db, name)
  return done('removed', name)
}

/** @throws PROFILE_NOT_FOUND */
export async function makeDefault(ctx: Ctx, name: string): Promise<DoneResult> {
  await mustExist(ctx, name)
  await store.setDefault(ctx.db, name)
  return done('made-default', name)
}

/**
 * Makes a profile the one that sends for modules; whichever profile had one of them has it no more.
 * @throws PROFILE_NOT_FOUND, PROFILE_OTHER_CHANNEL, NOTHING_TO_CHANGE without a module
 */
export async function assignModules(
  ctx: Ctx,
  name: string,
  modules: readonly ProfileModule[],
): Promise<ProfileResult | WhatsAppProfileResult> {
  if (modules.length === 0) throw new CfdiMailError('NOTHING_TO_CHANGE')
  return await changeModules(ctx, name, (own) =>
    MODULES.filter((module) => own.includes(module) || modules.includes(module)),
  )
}

/**
 * Takes modules from a profile: what is of them goes by the default one again.
 * @param modules [] for all that it has
 * @throws PROFILE_NOT_FOUND, PROFILE_OTHER_CHANNEL
 */
export async function unassignModules(
  ctx: Ctx,
  name: string,
  modules: readonly ProfileModule[],
): Promise<ProfileResult | WhatsAppProfileResult> {
  const gone = modules.length === 0 ? MODULES : modules
  return await changeModules(ctx, name, (own) => own.filter((module) => !gone.includes(module)))
}

async function changeModules(
  ctx: Ctx,
  name: string,
  changed: (own: readonly ProfileModule[]) => readonly ProfileModule[],
): Promise<ProfileResult | WhatsAppProfileResult> {
  await refuseOtherChannel(ctx, name, 'email')
  const profile = await existingProfile(ctx, name)
  const modules = changed(profile.modules)
  await store.saveModules(ctx.db, { name, modules }, ctx.now().toISOString())
  return await showProfile(ctx, name)
}

/**
 * Stops a profile until a person releases it.
 * @param reason a person's words, '' for none
 * @throws PROFILE_NOT_FOUND
 */
export async function holdProfile(ctx: Ctx, name: string, reason: string): Promise<DoneResult> {
  await mustExist(ctx, name)
  const words = reason === '' ? ctx.operator : `${ctx.operator}: ${reason}`
  await store.holdProfile(ctx.db, name, {
    at: ctx.now().toISOString(),
    reason: words,
    until: null,
    strikes: 0,
  })
  return done('held', name)
}

/** @throws PROFILE_NOT_FOUND */
export async function releaseProfile(ctx: Ctx, name: string): Promise<DoneResult> {
  await mustExist(ctx, name)
  await store.releaseProfile(ctx.db, name, ctx.now().toISOString())
  return done('released', name)
}

/** Of whatever channel. */
async function mustExist(ctx: Ctx, name: string): Promise<void> {
  if ((await store.channelOfProfile(ctx.db, name)) === null)
    throw new CfdiMailError('PROFILE_NOT_FOUND', { name })
}

async function existingProfile(ctx: Ctx, name: string): Promise<StoredProfile> {
  const profile = await store.findProfile(ctx.db, name)
  if (profile === undefined) throw new CfdiMailError('PROFILE_NOT_FOUND', { name })
  return profile
}

function done(action: DoneResult['action'], name: string): DoneResult {
  return { kind: 'done', action, subject: 'profile', names: [name] }
}

function toView({ secret, ...profile }: StoredProfile, oauth: StoredOAuth | undefined): ProfileView {
  return {
    ...profile,
    password: formOfSecret(secret),
    oauth: oauth === undefined ? null : toOAuthView(oauth),
  }
}

function toOAuthView({ access, ...oauth }: StoredOAuth): OAuthView {
  return {
    ...oauth,
    clientSecret: formOfSecret(oauth.clientSecret),
    refreshToken: oauth.refreshToken === '' ? 'none' : 'sealed',
    expiresAt: access?.expiresAt ?? null,
  }
}
