import type { ChannelFault, Credential } from '../channels/channel.ts'
import { CfdiMailError } from '../model/errors.ts'
import type { AnyProfile } from '../model/lanes.ts'
import { holdReason } from '../model/profile.ts'
import { holdProfile, releaseProfile } from '../store/profiles.ts'
import { wordsOfSecretError } from './access-tokens.ts'
import type { Ctx } from './ctx.ts'
import { credentialOf } from './profile-credential.ts'
import { holdUntil } from './quota-hold.ts'

/** A secret that cannot be read is the profile's fault like a wrong password: nothing is tried, a person has to look. */
export async function openCredential(ctx: Ctx, profile: AnyProfile): Promise<Credential | null> {
  try {
    return await credentialOf(ctx, profile)
  } catch (error) {
    if (!(error instanceof CfdiMailError)) throw error
    const reason = holdReason('secret-unreadable', wordsOfSecretError(error))
    await holdProfile(ctx.db, profile.name, { at: ctx.now().toISOString(), reason, until: null, strikes: 0 })
    return null
  }
}

/** How a lane ended for its profile. */
export interface LaneEnd {
  readonly profile: AnyProfile
  readonly fault: ChannelFault | null
  /** Recipients whose message the server took. */
  readonly delivered: number
}

/** After a fault the profile waits: for a person when the fault is its own, by itself and longer each time when it is the host's. */
export async function settleProfile(ctx: Ctx, { profile, fault, delivered }: LaneEnd): Promise<void> {
  const now = ctx.now()
  if (fault === null) {
    if (profile.hold !== null && delivered > 0) await releaseProfile(ctx.db, profile.name, now.toISOString())
    return
  }
  const strikes = delivered > 0 ? 1 : (profile.hold?.strikes ?? 0) + 1
  await holdProfile(ctx.db, profile.name, {
    at: now.toISOString(),
    reason: holdReason(fault.cause, fault.reply),
    until: await holdUntil(ctx, { profile, fault, strikes }),
    strikes,
  })
}
