import type { Generated } from 'kysely'

export interface EventTable {
  seq: Generated<number>
  at: string
  level: string
  event: string
  order_id: string | null
  customer: string | null
  uuid: string | null
  recipient: string | null
  detail: string
  /** Operating-system user whose command wrote it; null before this was kept. */
  operator: string | null
  /** Hash of the event before; '' for the first. */
  prev_hash: string
  /** See event-chain.ts. */
  hash: string
}

/** Digests for the administrator: never customers' deliveries, so they have a table of their own. */
export interface NoticeTable {
  id: string
  recipient: string
  message_id: string
  created_at: string
  /** The events told are those after the first number, up to the last. */
  after_seq: number
  last_seq: number
  facts: number
  subject: string
  state: string
  attempts: number
  due_at: string
  code: number
  reply: string
  finished_at: string | null
}

/** One row: the last event that a notice told. */
export interface NoticeMarkTable {
  id: number
  seq: number
}

/** One row: where the store was last used (model/store-identity.ts). */
export interface StoreIdentityTable {
  id: string
  folder: string
  machine: string
  stamp: string
  runs: number
}
