import type { AnyProfile } from '../model/lanes.ts'
import { listProfiles } from '../store/profiles.ts'
import { listWhatsAppProfiles } from '../store/whatsapp-profiles.ts'
import type { Ctx } from './ctx.ts'

/** Every profile, mail's first. */
export async function allProfiles(ctx: Ctx): Promise<AnyProfile[]> {
  return [...(await listProfiles(ctx.db)), ...(await listWhatsAppProfiles(ctx.db))]
}
