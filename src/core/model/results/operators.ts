import type { Operator, Permission, Role } from '../role.ts'

export interface OperatorsResult {
  readonly kind: 'operators'
  /** Who is asking, by the name that the list goes by. */
  readonly you: string
  /** Whether the list restricts anybody: an empty one does not. */
  readonly restricted: boolean
  readonly operators: readonly (Operator & { readonly permissions: readonly Permission[] })[]
}

export interface RolesResult {
  readonly kind: 'roles'
  readonly roles: readonly Role[]
}
