import type { Credential, OpenedSession } from '../channels/channel.ts'
import type { AnyProfile } from '../model/lanes.ts'
import { isWhatsApp, type StoredWhatsAppProfile } from '../model/whatsapp-profile.ts'
import type { Ctx } from './ctx.ts'

/** A session over the profile's own channel. */
export async function openSession(
  ctx: Ctx,
  profile: AnyProfile,
  credential: Credential,
): Promise<OpenedSession> {
  if (!isWhatsApp<StoredWhatsAppProfile>(profile)) return await ctx.channel.open(profile, credential)
  // Only mail signs in with tokens that have to be renewed.
  if (typeof credential !== 'string') throw new TypeError('WhatsApp takes an access token')
  return await ctx.whatsapp.open(profile, credential)
}
