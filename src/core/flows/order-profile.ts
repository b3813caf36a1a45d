import { cleanLine } from '../model/clean.ts'
import type { OrderFile } from '../model/order-file.ts'
import type { StoredProfile } from '../model/profile.ts'
import type { Ignored } from '../model/results/order-files.ts'
import { defaultProfile, listProfiles } from '../store/profiles.ts'
import type { Ctx } from './ctx.ts'

/** The profile that an order goes by, and what it says of servers and senders to no effect. */
export interface OrderProfile {
  /** Null for the packaging type's, or the default one. */
  readonly name: string | null
  readonly ignored: readonly Ignored[]
}

/**
 * The profile that an order may use: one of this store that it names, or whose host and user are the ones it gives. What else a
 * file says of a server is never connected to: it would be given our password, or our mail.
 */
export async function profileOfOrder(ctx: Ctx, file: OrderFile): Promise<OrderProfile> {
  const profiles = await listProfiles(ctx.db)
  const named = profiles.find(({ name }) => name === file.profile)
  const profile = named ?? profiles.find((each) => isItsServer(each, file))
  const from = profile ?? (await defaultProfile(ctx.db))
  return {
    name: profile?.name ?? null,
    ignored: [
      ...ignoredIf(file.profile !== '' && named === undefined, 'profile', file.profile),
      ...ignoredIf(file.host !== '' && !same(profile?.host, file.host), 'server', serverOf(file)),
      ...ignoredIf(file.sender !== '' && !same(from?.from, file.sender), 'sender', file.sender),
    ],
  }
}

function isItsServer({ host, user }: StoredProfile, file: OrderFile): boolean {
  return file.host !== '' && same(host, file.host) && same(user, file.user)
}

function same(ours: string | undefined, theirs: string): boolean {
  return ours?.toLowerCase() === theirs.toLowerCase()
}

function serverOf({ user, host }: OrderFile): string {
  return [user, host].filter((text) => text !== '').join(' @ ')
}

function ignoredIf(isIgnored: unknown, part: Ignored['part'], value: string): Ignored[] {
  return isIgnored === true ? [{ part, value: cleanLine(value) }] : []
}
