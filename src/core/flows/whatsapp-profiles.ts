import { CfdiMailError } from '../model/errors.ts'
import type { LimitFields } from '../model/profile-limits.ts'
import type { WhatsAppProfileResult, WhatsAppProfileView } from '../model/results/whatsapp.ts'
import { type WhatsAppLimitFields, whatsappProfileFrom } from '../model/whatsapp-fields.ts'
import type { StoredWhatsAppProfile } from '../model/whatsapp-profile.ts'
import { findWhatsAppProfile, listWhatsAppProfiles, saveWhatsAppProfile } from '../store/whatsapp-profiles.ts'
import type { Ctx } from './ctx.ts'
import { formOfSecret } from './profile-credential.ts'

/** The WhatsApp profiles, without their secrets, by name. */
export async function whatsappViews(ctx: Ctx): Promise<WhatsAppProfileView[]> {
  return (await listWhatsAppProfiles(ctx.db)).map(toView)
}

/** The WhatsApp profile of that name, or null. */
export async function showWhatsAppProfile(ctx: Ctx, name: string): Promise<WhatsAppProfileResult | null> {
  const profile = await findWhatsAppProfile(ctx.db, name)
  return profile === undefined ? null : { kind: 'whatsapp-profile', profile: toView(profile) }
}

/**
 * Changes what a WhatsApp profile may send, when there is one of that name; needs no new test.
 * @returns null when there is none
 * @throws PROFILE_OTHER_CHANNEL for a limit that only mail has, NOTHING_TO_CHANGE, BAD_WHATSAPP_PROFILE
 */
export async function changeWhatsAppLimits(
  ctx: Ctx,
  name: string,
  { perMinute, perDay, onUnknown, pairSeconds, ...mail }: LimitFields & WhatsAppLimitFields,
): Promise<WhatsAppProfileResult | null> {
  const profile = await findWhatsAppProfile(ctx.db, name)
  if (profile === undefined) return null
  const isGiven = (value: unknown) => value !== undefined
  if (Object.values(mail).some(isGiven))
    throw new CfdiMailError('PROFILE_OTHER_CHANNEL', { name, variant: 'whatsapp-limits' })
  const fields = { perMinute, perDay, onUnknown, pairSeconds }
  if (!Object.values(fields).some(isGiven)) throw new CfdiMailError('NOTHING_TO_CHANGE')
  const changed = { ...profile, ...whatsappProfileFrom(profile, fields) }
  await saveWhatsAppProfile(ctx.db, changed, ctx.now().toISOString())
  return { kind: 'whatsapp-profile', profile: toView(changed) }
}

function toView({ secret, ...profile }: StoredWhatsAppProfile): WhatsAppProfileView {
  return { ...profile, token: formOfSecret(secret) }
}
