import { heldForPerson } from '../model/held-for.ts'
import type { Attention } from '../model/results/outbox.ts'
import { countInState } from '../store/delivery-counts.ts'
import { heldByReason } from '../store/due-orders.ts'
import { countLost } from '../store/repeats.ts'
import type { Ctx } from './ctx.ts'

/** Deliveries that wait for a person. What another order repeats, or goes on by itself, does not. */
export async function attentionOf({ db }: Pick<Ctx, 'db'>): Promise<Attention> {
  const held = await heldByReason(db)
  const { failed, dead, bounced } = await countLost(db)
  return {
    ...{ unknown: await countInState(db, 'unknown'), failed: failed + dead, bounced },
    ...heldForPerson((reason) => held.get(reason) ?? 0),
  }
}
