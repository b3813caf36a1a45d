import type { ResultOf } from '../../core/model/result.ts'
import { recipientOf, shortId } from './outbox.ts'
import { stripControls } from './plain.ts'
import type { View, ViewContext } from './view.ts'

/** `audit verify`: whether the log is whole, its head, and the first event that is not good. */
export const auditView: View<ResultOf<'audit'>> = ({ events, head, bad, wanted, found }, context) => {
  const { t, paint } = context
  if (bad !== null) {
    return [
      paint('bad', t(`audit.${bad.problem}`, { seq: bad.seq })),
      t('audit.good', { count: events }),
    ].join('\n')
  }
  const lines = events === 0 ? [t('audit.empty')] : [t('audit.whole', { count: events })]
  if (wanted !== null) lines.push(wantedLine(found, context))
  if (events > 0) lines.push(t('audit.head', { head: head.hash }))
  return [...lines, ...(events > 0 && wanted === null ? [t('audit.keep')] : [])].join('\n')
}

function wantedLine(found: number | null, { t, paint }: ViewContext): string {
  return found === null ? paint('bad', t('audit.not-found')) : t('audit.found', { seq: found })
}

/** `evidence`: where it is, a line a recipient, and what could not be proved. */
export const evidenceView: View<ResultOf<'evidence'>> = (result, context) => {
  const { t, paint } = context
  const { bad } = result.chain
  return [
    ...result.orders.flatMap(({ order, message }) => [
      ...order.deliveries.map((delivery) =>
        stripControls(
          `${shortId(order.id)}  ${recipientOf(delivery, context)}: ${t(`state.${delivery.state}`)}  ${delivery.reply}`.trimEnd(),
        ),
      ),
      ...(message.problem === null
        ? []
        : [
            paint(
              'warn',
              t('evidence.problem', {
                order: shortId(order.id),
                problem: t(`message-problem.${message.problem}`),
              }),
            ),
          ]),
    ]),
    ...(bad === null ? [] : [paint('bad', t(`audit.${bad.problem}`, { seq: bad.seq }))]),
    t('evidence.written', { folder: result.folder }),
    t('evidence.open', { file: `${result.folder}/index.html` }),
  ].join('\n')
}
