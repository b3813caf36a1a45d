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
  return KINDS.filter((kind) => attention[kind] > 0).map((kind) =>
    t(`${place}.${kind}`, { count: attention[kind] }),
  )
}
