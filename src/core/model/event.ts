/** The event log (bitácora): facts with a time, written in the same commit as the state they explain. */
export const EVENT_KINDS = [
  'packaged',
  'held',
  'filed',
  'after-send',
  'sent',
  'deferred',
  'failed',
  'unknown',
  'dead',
  'put-back',
  'lease-expired',
  'released',
  'resolved',
  'resent',
  'cancelled',
  'bounced',
  'delivered',
  'delayed',
  'bounce-noted',
  'quarantined',
  'quarantine-released',
  'addressed',
  'profile-saved',
  'profile-held',
  'profile-released',
  'document-cancelled',
  'document-restored',
  'customer-saved',
  'customer-removed',
  'type-saved',
  'type-removed',
  'document-rejected',
  'notice-sent',
  'notice-deferred',
  'notice-failed',
  'store-adopted',
  'operator-saved',
  'operator-removed',
  'role-saved',
  'role-removed',
  'group-saved',
  'group-removed',
  'portal-access-given',
  'portal-access-saved',
  'order-file-refused',
  'order-file-ignored',
  'exported',
  'addenda-added',
  'receipt-saved',
  'receipt-removed',
] as const
export type EventKind = (typeof EVENT_KINDS)[number]

export const EVENT_LEVELS = ['info', 'warning', 'error'] as const
export type EventLevel = (typeof EVENT_LEVELS)[number]

export interface NewEvent {
  readonly at: string
  readonly level: EventLevel
  readonly event: EventKind
  readonly order: string | null
  readonly customer: string | null
  readonly uuid: string | null
  readonly recipient: string | null
  /** The server's words, an operator's reason: one line. */
  readonly detail: string
}

export interface LogEvent extends NewEvent {
  readonly seq: number
  /** Operating-system user whose command wrote it; not there in events from before this was kept. */
  readonly operator?: string
}
