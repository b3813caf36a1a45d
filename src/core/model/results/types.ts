import type { PackagingType } from '../packaging-type.ts'

export interface TypesResult {
  readonly kind: 'types'
  readonly types: readonly PackagingType[]
}

export interface TypeResult extends PackagingType {
  readonly kind: 'type'
}
