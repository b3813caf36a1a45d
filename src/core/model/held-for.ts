import { PERSON_HOLDS } from './delivery.ts'
import type { Attention } from './results/outbox.ts'

/**
 * How many held deliveries wait for a person.
 * @param countOf how many are held for a reason
 */
export function heldForPerson(
  countOf: (reason: (typeof PERSON_HOLDS)[number]) => number,
): Pick<Attention, 'held' | 'heldFor'> {
  const heldFor = Object.fromEntries(
    PERSON_HOLDS.map((reason) => [reason, countOf(reason)]),
  ) as Attention['heldFor']
  return { held: Object.values(heldFor).reduce((sum, count) => sum + count, 0), heldFor }
}
