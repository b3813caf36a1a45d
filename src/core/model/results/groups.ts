import type { CustomerGroup, GroupEvent, GroupNotice } from '../customer-group.ts'

export interface GroupView extends CustomerGroup {
  /** How many customers belong to it. */
  readonly customers: number
}

export interface GroupsResult {
  readonly kind: 'groups'
  readonly groups: readonly GroupView[]
}

export interface GroupResult extends GroupView {
  readonly kind: 'group'
  readonly notices: readonly GroupNotice[]
}

export interface GroupNotifiedResult {
  readonly kind: 'group-notified'
  readonly group: string
  readonly event: GroupEvent
  readonly customer: string
  /** The send order that carries it. */
  readonly order: string
  readonly recipients: readonly string[]
  readonly state: 'pending' | 'held'
  /** Held for a person. */
  readonly needsPerson: boolean
}
