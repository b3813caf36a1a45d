import { listProfiles } from '../store/profiles.ts'
import { resendOldUnknowns } from '../store/unknowns.ts'
import type { Ctx } from './ctx.ts'

/**
 * The policy `resend-after`: unknown deliveries of profiles that have it are due again when they are old enough. Every other
 * profile's stay as they are; nothing else ever sends an unknown delivery again by itself.
 */
export async function resendByPolicy(ctx: Ctx): Promise<void> {
  const now = ctx.now()
  for (const { name, isDefault, onUnknown, resendAfterHours } of await listProfiles(ctx.db)) {
    if (onUnknown !== 'resend-after' || resendAfterHours === null) continue
    await resendOldUnknowns(ctx.db, {
      lanes: isDefault ? [name, null] : [name],
      before: new Date(now.getTime() - resendAfterHours * 3_600_000),
      now,
      detail: `policy of profile ${name}: resend-after:${resendAfterHours}h`,
    })
  }
}
