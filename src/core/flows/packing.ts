import type { OrderSpool } from '../files/order-spool.ts'
import type { AddendaWishes } from '../model/addenda.ts'
import type { Period } from '../model/period.ts'

/** How chosen documents are packed. */
export interface Packing {
  /** Packaging type asked for, or null for each customer's own: only told. */
  readonly type: string | null
  readonly repetition: 'once' | 'again'
  readonly reason: string | null
  readonly mode: 'write' | 'dry-run'
  readonly addenda?: AddendaWishes | undefined
  /** Writes order files for another mailer there instead of queueing; left out to queue. */
  readonly spool?: OrderSpool
  /** The range that was asked for, which archives in destination folders are named after. */
  readonly period?: Period
  /** Left out for `whole`. */
  readonly views?: Views
}

/**
 * What of a dry run is seen: its orders with what they would attach; its documents, with orders that wait for somebody; or how
 * many they are, in whatever order they come.
 */
export type Views = 'whole' | 'told' | 'counted'
