import type { PackagingType } from '../model/packaging-type.ts'
import { defaultProfile, findProfile } from '../store/profiles.ts'
import type { Ctx } from './ctx.ts'

/** Who a message is from. */
export interface Sender {
  readonly address: string
  readonly name: string
  /** '' for none. */
  readonly replyTo: string
}

/**
 * The sender of a packaging type's messages: the type's own address, else that of its profile or of the default one; named
 * after the profile, the company of the settings, or the issuer.
 * @returns null while there is no profile and the type names no address
 */
export async function senderFor(
  ctx: Ctx,
  { type, issuerName }: { readonly type: PackagingType; readonly issuerName: string },
): Promise<Sender | null> {
  const profile =
    type.profile === null ? await defaultProfile(ctx.db) : await findProfile(ctx.db, type.profile)
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
