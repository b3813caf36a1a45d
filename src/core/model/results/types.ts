import type { ExplainedSetting } from '../explain-settings.ts'
import type { PackagingType } from '../packaging-type.ts'

export interface TypesResult {
  readonly kind: 'types'
  readonly types: readonly PackagingType[]
}

export interface TypeResult extends PackagingType {
  readonly kind: 'type'
  /** What each document setting of a kind that it sends comes to. */
  readonly settings: readonly ExplainedSetting[]
}
