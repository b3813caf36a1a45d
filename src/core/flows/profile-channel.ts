import type { OrderChannel } from '../model/channel.ts'
import { CfdiMailError } from '../model/errors.ts'
import { channelOfProfile } from '../store/profiles.ts'
import type { Ctx } from './ctx.ts'

/**
 * Profiles of all channels share their names, because an order says only the name.
 * @throws PROFILE_OTHER_CHANNEL when there is one of that name and it is of another channel
 */
export async function refuseOtherChannel(ctx: Ctx, name: string, channel: OrderChannel): Promise<void> {
  const found = await channelOfProfile(ctx.db, name)
  if (found !== null && found !== channel)
    throw new CfdiMailError('PROFILE_OTHER_CHANNEL', { name, variant: found })
}
