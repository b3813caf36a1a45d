import { moduleLane, profileFor } from '../model/lanes.ts'
import type { PackagingType } from '../model/packaging-type.ts'
import type { ProfileModule, StoredProfile } from '../model/profile.ts'
import type { Ctx } from './ctx.ts'
import { freshFacts, type OrderFacts } from './order-facts.ts'

/** Who a message is from. */
export interface Sender {
  readonly address: string
  readonly name: string
  /** '' for none. */
  readonly replyTo: string
}

/** What an order's profile follows from. */
export interface SenderFacts {
  readonly type: PackagingType
  /** Names the sender where neither profile nor settings do; '' when it is not known. */
  readonly issuerName: string
  readonly module: ProfileModule | null
}

/**
 * The sender of a message: the packaging type's own address, else that of the profile that would send it now.
 * @returns null while there is no profile and the type names no address
 */
export async function senderFor(
  ctx: Ctx,
  { module, ...facts }: SenderFacts,
  { profiles }: Pick<OrderFacts, 'profiles'> = freshFacts(ctx.db),
): Promise<Sender | null> {
  const lane = facts.type.profile ?? moduleLane(module)
  return senderOf(ctx, profileFor(await profiles(), lane), facts)
}

/** The sender of a message by that profile, named after the profile, the company of the settings, or the issuer. */
export function senderOf(
  ctx: Ctx,
  profile: StoredProfile | undefined,
  { type, issuerName }: Omit<SenderFacts, 'module'>,
): Sender | null {
  const address = type.sender ?? profile?.from ?? ''
  if (address === '') return null
  return {
    address,
    name:
      [profile?.fromName, ctx.settings.companyName, issuerName].find(
        (name) => name !== undefined && name !== null && name !== '',
      ) ?? '',
    replyTo: profile?.replyTo ?? '',
  }
}
