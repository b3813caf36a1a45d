import { PERSON_HOLDS } from '../../core/model/delivery.ts'
import type { Attention } from '../../core/model/results/outbox.ts'
import type { ViewContext } from './view.ts'

/** What a person can do about deliveries that wait for one, in the order in which it is told. */
const KINDS = ['unknown', 'failed', 'bounced'] as const satisfies readonly (keyof Attention)[]

/**
 * A line for each kind of delivery that waits for a person, with what to type next: where they are listed, or, under the list
 * itself, what is done about one. Nothing when none waits.
 */
export function attentionLines(
  attention: Attention,
  place: 'status' | 'outbox',
  { t }: Pick<ViewContext, 't'>,
): string[] {
  const told = KINDS.filter((kind) => attention[kind] > 0)
  return [
    ...told.map((kind) => t(`${place}.${kind}`, { count: attention[kind] })),
    ...heldLines(attention, place, t),
  ]
}

/** What is done about a held one depends on why; where they are listed does not. */
function heldLines({ held, heldFor }: Attention, place: 'status' | 'outbox', t: ViewContext['t']): string[] {
  if (held === 0) return []
  if (place === 'status') return [t('status.held', { count: held })]
  return PERSON_HOLDS.filter((reason) => heldFor[reason] > 0).map((reason) =>
    t(`outbox.held.${reason}`, { count: heldFor[reason] }),
  )
}
