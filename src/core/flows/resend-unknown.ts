import { lanesOf } from '../model/lanes.ts'
import { resendOldUnknowns } from '../store/unknowns.ts'
import { allProfiles } from './all-profiles.ts'
import type { Ctx } from './ctx.ts'

/**
 * The policy `resend-after`: unknown deliveries of profiles that have it are due again when they are old enough. Every other
 * profile's stay as they are; nothing else ever sends an unknown delivery again by itself.
 */
export async function resendByPolicy(ctx: Ctx): Promise<void> {
  const now = ctx.now()
  const profiles = await allProfiles(ctx)
  for (const profile of profiles) {
    const { name, onUnknown, resendAfterHours } = profile
    if (onUnknown !== 'resend-after' || resendAfterHours === null) continue
    await resendOldUnknowns(ctx.db, {
      lanes: lanesOf(profile, profiles),
      before: new Date(now.getTime() - resendAfterHours * 3_600_000),
      now,
      detail: `policy of profile ${name}: resend-after:${resendAfterHours}h`,
    })
  }
}
