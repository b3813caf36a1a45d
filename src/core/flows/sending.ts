import type { PackagingType } from '../model/packaging-type.ts'
import type { AnyProfile } from '../model/lanes.ts'
import type { ClaimedOrder } from '../store/claimed-orders.ts'

/** One claimed order and who sends it. */
export interface Sending {
  readonly order: ClaimedOrder
  readonly token: string
  readonly profile: AnyProfile
  readonly type: PackagingType | undefined
}
