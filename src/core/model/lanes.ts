/** Lanes: what is due goes out by profile, and what names no profile by its module's, else by its channel's default one. Pure. */
import type { OrderChannel } from './channel.ts'
import { MODULES, type ProfileModule, type StoredProfile } from './profile.ts'
import { isWhatsApp, type StoredWhatsAppProfile } from './whatsapp-profile.ts'

/** A profile of any channel. */
export type AnyProfile = StoredProfile | StoredWhatsAppProfile

/** Lane of WhatsApp orders that name no profile. No profile can have that name: a colon is not allowed in it. */
const WHATSAPP_LANE = 'whatsapp:'
const MODULE_LANE = 'module:'

/** The lane of orders of a channel that name no profile and are of no module: null is mail's. */
export function defaultLane(channel: OrderChannel): string | null {
  return channel === 'whatsapp' ? WHATSAPP_LANE : null
}

/** The lane of mail that names no profile; which profile that is, is decided when it is sent. */
export function moduleLane(module: ProfileModule | null): string | null {
  return module === null ? null : `${MODULE_LANE}${module}`
}

/** The module whose orders are in a lane, or null. */
export function moduleOfLane(lane: string | null): ProfileModule | null {
  return MODULES.find((module) => moduleLane(module) === lane) ?? null
}

/** The profile's name that an order names, or null when another decides. */
export function profileOfLane(lane: string | null): string | null {
  return lane?.includes(':') === true ? null : lane
}

/** The profile that sends what is due in a lane as things are now, or undefined while there is none. */
export function profileFor<P extends AnyProfile>(profiles: readonly P[], lane: string | null): P | undefined {
  const name = profileOfLane(lane)
  if (name !== null) return profiles.find((profile) => profile.name === name)
  const channel = lane === WHATSAPP_LANE ? 'whatsapp' : 'email'
  const module = moduleOfLane(lane)
  const own = profiles.filter((profile) => channelOf(profile) === channel)
  return own.find((profile) => module !== null && serves(profile, module)) ?? own.find(isDefault)
}

/** Every lane that a profile sends as things are now, its own name first. */
export function lanesOf(profile: AnyProfile, profiles: readonly AnyProfile[]): (string | null)[] {
  const shared = [null, WHATSAPP_LANE, ...MODULES.map(moduleLane)]
  return [profile.name, ...shared.filter((lane) => profileFor(profiles, lane)?.name === profile.name)]
}

/** How many of the due deliveries each profile would send, by its name. */
export function waitingBy(
  profiles: readonly AnyProfile[],
  due: ReadonlyMap<string | null, number>,
): ReadonlyMap<string, number> {
  const waiting = new Map<string, number>()
  for (const [lane, count] of due) {
    const name = profileFor(profiles, lane)?.name
    if (name !== undefined) waiting.set(name, (waiting.get(name) ?? 0) + count)
  }
  return waiting
}

function channelOf(profile: AnyProfile): OrderChannel {
  return isWhatsApp<StoredWhatsAppProfile>(profile) ? 'whatsapp' : 'email'
}

function serves(profile: AnyProfile, module: ProfileModule): boolean {
  return !isWhatsApp<StoredWhatsAppProfile>(profile) && profile.modules.includes(module)
}

function isDefault(profile: AnyProfile): boolean {
  return profile.isDefault
}
