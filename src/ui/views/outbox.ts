import type { DeliveryView, OrderView } from '../../core/model/send-order.ts'
import type { ResultOf } from '../../core/model/result.ts'
import type { Attention } from '../../core/model/results/outbox.ts'
import { attentionLines } from './attention.ts'
import { documentName } from './document-name.ts'
import { heldWords } from './held-words.ts'
import { localTime } from './local-time.ts'
import type { LongView } from './long.ts'
import { newest } from './newest.ts'
import { paperName } from './paper-name.ts'
import { replyWords } from './reply-words.ts'
import { rowsOf, tableLines } from './table.ts'
import type { ViewContext } from './view.ts'

/** `outbox list`: a line an order, the newest last, next to the prompt. */
export const outboxView: LongView<ResultOf<'outbox'>> = ({ orders, limit, attention }, context) => {
  const { t, paint, width } = context
  if (orders.length === 0) return [t('outbox.none')]
  const shown = newest(orders, limit, context)
  const columns = [
    { title: t('column.order') },
    { title: t('column.customer') },
    { title: t('column.document'), flexible: true },
    { title: t('column.to'), flexible: true },
    { title: t('column.state') },
    { title: t('column.detail'), flexible: true },
  ] as const
  const rows = rowsOf(shown, (order) => [
    shortId(order.id),
    order.customer,
    contentsOf(order, t),
    recipientsOf(order, context),
    stateOf(order, context),
    detailOf(order, context),
  ])
  const older = orders.length - shown.length
  return [
    ...(older > 0 ? [paint('dim', t('outbox.older', { count: older }))] : []),
    tableLines(columns, rows, width),
    paint('dim', t('outbox.count', { count: orders.length })),
    ...cureLines(attention, orders, context),
  ]
}

/** Those of WhatsApp want a number where the others want an address. */
function cureLines(attention: Attention, orders: Iterable<OrderView>, context: ViewContext): string[] {
  const chats = attention.heldFor['no-address'] === 0 ? 0 : withoutNumber(orders)
  const mails = attention.heldFor['no-address'] - chats
  const byMail = { ...attention, heldFor: { ...attention.heldFor, 'no-address': mails } }
  const cure = context.t('outbox.held.no-number', { count: chats })
  return [...attentionLines(byMail, 'outbox', context), ...(chats === 0 ? [] : [cure])]
}

/** How many deliveries of WhatsApp are held because their customer has no number. */
function withoutNumber(orders: Iterable<OrderView>): number {
  let count = 0
  for (const { channel, deliveries } of orders) {
    if (channel === 'whatsapp')
      count += deliveries.filter(({ heldReason }) => heldReason === 'no-address').length
  }
  return count
}

/** Whom the state is about comes first: beside "failed 1/2" stood the address that had got it. */
function recipientsOf({ state, deliveries }: OrderView, context: ViewContext): string {
  const about = deliveries.filter((delivery) => delivery.state === state)
  const others = deliveries.filter((delivery) => delivery.state !== state)
  return andMore([...about, ...others].map((delivery) => recipientOf(delivery, context)))
}

/** Its documents and papers; what carries none, such as a notice, is known by its subject. */
function contentsOf({ documents, papers, subject }: OrderView, t: ViewContext['t']): string {
  const names = [...documents.map(documentName), ...papers.map((paper) => paperName(paper, t))]
  return names.length === 0 ? subject : andMore(names)
}

/** How people name an order: the end of its id, which `outbox show` takes. */
export function shortId(id: string): string {
  return id.slice(-8)
}

/** A delivery's address, or that there is none. */
export function recipientOf({ recipient }: Pick<DeliveryView, 'recipient'>, { t }: ViewContext): string {
  return recipient === '' ? t('outbox.no-recipient') : recipient
}

/** The first of several, and how many more. */
function andMore(texts: readonly string[]): string {
  const [first = '', ...others] = texts
  return others.length === 0 ? first : `${first} +${others.length}`
}

/** The order's state, and of how many recipients when the others are in another one. */
function stateOf({ state, deliveries }: OrderView, { t }: ViewContext): string {
  const count = deliveries.filter((delivery) => delivery.state === state).length
  return count === deliveries.length
    ? t(`state.${state}`)
    : `${t(`state.${state}`)} ${count}/${deliveries.length}`
}

/** What there is to know of the delivery that gives the order its state. */
function detailOf(order: OrderView, context: ViewContext): string {
  const { state, deliveries } = order
  const { t, language } = context
  const delivery = deliveries.find((each) => each.state === state)
  if (delivery === undefined) return ''
  if (delivery.heldReason !== null) return heldWords(order, delivery.heldReason, context)
  if (state === 'deferred' && delivery.dueAt !== null)
    return t('outbox.next', { at: localTime(delivery.dueAt, language) })
  if ((state === 'sent' || state === 'delivered') && delivery.finishedAt !== null)
    return localTime(delivery.finishedAt, language)
  return replyWords(delivery.reply, context)
}
