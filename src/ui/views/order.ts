import type { ResultOf } from '../../core/model/result.ts'
import type { DeliveryView, OrderView } from '../../core/model/send-order.ts'
import { documentName } from './document-name.ts'
import { heldWords } from './held-words.ts'
import { localTime } from './local-time.ts'
import { eventLine } from './log.ts'
import { recipientOf } from './outbox.ts'
import { fallbackReason, noticeReason } from './own-words.ts'
import { paperName } from './paper-name.ts'
import { stripControls } from './plain.ts'
import type { View, ViewContext } from './view.ts'

/** `outbox show`: all of an order. Nothing is cut: this is where one looks when the list does not say enough. */
export const orderView: View<ResultOf<'order'>> = ({ order, events }, context) => {
  const { t, paint } = context
  return [
    paint('bold', t('order.title', { id: order.id })),
    ...factLines(order, context),
    '',
    t('order.documents'),
    ...order.documents.map((document) =>
      stripControls(
        `  ${documentName(document)}  ${document.issuedAt.slice(0, 10)}  ${document.total} ${document.currency}  ${document.uuid}`,
      ),
    ),
    ...order.papers.map((paper) =>
      stripControls(
        `  ${paperName(paper, t)}  ${paper.date ?? ''}  ${paper.amount} ${paper.currency}  ${paper.file}`.trimEnd(),
      ),
    ),
    t('order.attachments'),
    ...order.attachments.map(({ name, bytes, sha256 }) =>
      stripControls(`  ${name}  ${Math.ceil(bytes / 1024)} KB  ${sha256.slice(0, 16)}…`),
    ),
    t('order.recipients'),
    ...order.deliveries.flatMap((delivery) => deliveryLines(order, delivery, context)),
    '',
    t('order.history'),
    ...events.map((event) => `  ${eventLine(event, context)}`),
  ].join('\n')
}

function factLines(order: OrderView, { t, language }: ViewContext): string[] {
  const facts: readonly (readonly [string, string])[] = [
    [t('order.state'), t(`state.${order.state}`)],
    [t('order.customer'), `${order.customer} ${order.customerName}`],
    [t('order.type'), order.type],
    [t('order.profile'), profileOf(order, { t })],
    [t('order.created'), localTime(order.createdAt, language)],
    [t('order.subject'), order.subject],
    [t('order.message-id'), order.messageId],
    [t('order.resend-of'), order.resendOf ?? ''],
    [t('order.reason'), reasonOf(order, t)],
  ]
  const width = Math.max(...facts.map(([label]) => label.length)) + 2
  return facts
    .filter(([, value]) => value !== '')
    .map(([label, value]) => label.padEnd(width) + stripControls(value))
}

/** A person's reason stands as it was typed; what carries no document may be a notice of a group. */
function reasonOf({ reason, documents, papers }: OrderView, t: ViewContext['t']): string {
  const readers = [fallbackReason, ...(documents.length + papers.length === 0 ? [noticeReason] : [])]
  for (const reader of readers) {
    const words = reader(reason ?? '', t)
    if (words !== null) return words
  }
  return reason ?? ''
}

/** The profile that sends it, and why that one. */
function profileOf({ profile, module, goesBy }: OrderView, { t }: Pick<ViewContext, 't'>): string {
  if (profile !== null || goesBy === null) return profile ?? ''
  return module === null
    ? t('order.by-default', { profile: goesBy })
    : t('order.by-module', { profile: goesBy, module: t(`module.${module}`) })
}

function deliveryLines(order: OrderView, delivery: DeliveryView, context: ViewContext): string[] {
  const { t, language } = context
  const { rule, state, heldReason, attempts, dueAt, finishedAt, reply } = delivery
  const facts = [
    heldReason === null
      ? t(`state.${state}`)
      : `${t(`state.${state}`)}: ${heldWords(order, heldReason, context)}`,
    attempts === 0 ? '' : t('order.tries', { count: attempts }),
    state === 'deferred' && dueAt !== null ? t('outbox.next', { at: localTime(dueAt, language) }) : '',
    finishedAt === null ? '' : localTime(finishedAt, language),
  ].filter((fact) => fact !== '')
  const source = rule === 'none' ? '' : ` (${t(`rule.${rule}`)})`
  return [
    stripControls(`  ${recipientOf(delivery, context)}${source}: ${facts.join(', ')}`),
    ...(reply === '' ? [] : [`    ${stripControls(reply)}`]),
  ]
}
