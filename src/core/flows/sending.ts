import type { PackagingType } from '../model/packaging-type.ts'
import type { StoredProfile } from '../model/profile.ts'
import type { ClaimedOrder } from '../store/claims.ts'

/** One claimed order and who sends it. */
export interface Sending {
  readonly order: ClaimedOrder
  readonly token: string
  readonly profile: StoredProfile
  readonly type: PackagingType | undefined
}
