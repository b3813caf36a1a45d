import { packedList } from '../files/packed-list.ts'
import type { DeliveryState } from '../model/delivery.ts'
import type { Listing } from '../model/results/listing.ts'
import type { SentDelivery, SentRun } from '../model/results/outbox.ts'

/** Takes what became of a run's deliveries, as soon as it is written. */
export interface SendingReport<List extends Listing<SentDelivery> = Listing<SentDelivery>> {
  readonly add: (deliveries: readonly SentDelivery[]) => void
  /** All that it was given. */
  readonly deliveries: List
  readonly totals: Pick<SentRun['totals'], 'sent' | 'deferred' | 'failed'>
}

/** Holds all of it: for some hundred deliveries. */
export function listedSending(): SendingReport<readonly SentDelivery[]> {
  const deliveries: SentDelivery[] = []
  return reportIn(deliveries, (more) => {
    for (const delivery of more) deliveries.push(delivery)
  })
}

/** Holds it packed, for any number of deliveries. */
export function packedSending(): SendingReport {
  const deliveries = packedList<SentDelivery>()
  return reportIn(deliveries, (more) => {
    deliveries.add(more)
  })
}

function reportIn<List extends Listing<SentDelivery>>(
  deliveries: List,
  keep: SendingReport['add'],
): SendingReport<List> {
  const totals = { sent: 0, deferred: 0, failed: 0 }
  return {
    add(more) {
      for (const { state } of more) {
        const total = TOTALS[state]
        if (total !== undefined) totals[total]++
      }
      keep(more)
    },
    deliveries,
    totals,
  }
}

const TOTALS: Readonly<Partial<Record<DeliveryState, keyof SendingReport['totals']>>> = {
  sent: 'sent',
  deferred: 'deferred',
  failed: 'failed',
  dead: 'failed',
}
