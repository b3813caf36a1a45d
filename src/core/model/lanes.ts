/** Lanes: what is due goes out by profile, and what names no profile by its channel's default one. Pure. */
import type { OrderChannel } from './channel.ts'
import type { StoredProfile } from './profile.ts'
import { isWhatsApp, type StoredWhatsAppProfile } from './whatsapp-profile.ts'

/** A profile of any channel. */
export type AnyProfile = StoredProfile | StoredWhatsAppProfile

/** Lane of WhatsApp orders that name no profile. No profile can have that name: a colon is not allowed in it. */
const WHATSAPP_LANE = 'whatsapp:'

/** The lane of orders of a channel that name no profile: null is mail's. */
export function defaultLane(channel: OrderChannel): string | null {
  return channel === 'whatsapp' ? WHATSAPP_LANE : null
}

/** The profile's name that an order names, or null when it takes the default one. */
export function profileOfLane(lane: string | null): string | null {
  return lane === WHATSAPP_LANE ? null : lane
}

/** Whether a profile sends what is due in a lane. */
export function servesLane(profile: AnyProfile, lane: string | null): boolean {
  const own = defaultLane(isWhatsApp<StoredWhatsAppProfile>(profile) ? 'whatsapp' : 'email')
  return lane === profile.name || (lane === own && profile.isDefault)
}
