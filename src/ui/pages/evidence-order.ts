import type { OrderChannel } from '../../core/model/channel.ts'
import type { ChainedEvent } from '../../core/model/audit.ts'
import type {
  AttachmentEvidence,
  AttemptEvidence,
  DeliveryEvidence,
  OrderEvidence,
  SourceFact,
} from '../../core/model/results/evidence.ts'
import type { MessageKey } from '../messages/index.ts'
import type { MessageParams } from '../messages/translate.ts'
import { documentName } from '../views/document-name.ts'
import { eventDetail } from '../views/event-detail.ts'
import { exactTime } from '../views/local-time.ts'
import { html, type Html, htmlFacts, htmlTable, type Part } from './html.ts'

/** The words of a page, in its language. */
export type Words = (key: MessageKey, params?: MessageParams) => string

/** Digits of a hash that tell two events of one page apart; events.json has all of them. */
const SHORT_HASH = 12

/** One order: who it went to and what became of it, its message, attachments, attempts and history. */
export function orderSection(evidence: OrderEvidence, uuid: string, t: Words): Html {
  const { order, deliveries, attachments, events } = evidence
  const { channel } = order
  const customer = `${order.customer} ${order.customerName}`
  return html`<section class="order">
    <h2>${t('page.order', { id: order.id })}</h2>
    <p>${t('page.created', { at: exactTime(order.createdAt), customer })}</p>
    ${
      order.resendOf === null
        ? ''
        : html`<p>${t('page.repeats', { id: order.resendOf, reason: order.reason ?? '' })}</p>`
    }
    ${othersLine(evidence, uuid, t)}
    <h3>${t('page.recipients')}</h3>
    ${htmlTable(
      [
        [t('page.recipient'), 34],
        [t('page.state'), 33],
        [t('page.reply'), 33],
      ],
      deliveries.map((delivery) => deliveryRow(delivery, channel, t)),
    )}
    <h3>${t('page.message')}</h3>
    ${messageFacts(evidence, t)}
    <h3>${t('page.attachments')}</h3>
    ${htmlTable(
      [
        [t('page.name'), 33],
        [t('page.size'), 9],
        ['SHA-256', 34],
        [t('page.source'), 24],
      ],
      attachments.flatMap((attachment) => attachmentRows(attachment, t)),
    )}
    <h3>${t('page.attempts')}</h3>
    ${attemptTable(deliveries, t)}
    <h3>${t('page.history')}</h3>
    ${htmlTable(
      [
        [t('page.number'), 7],
        [t('page.when'), 17],
        [t('page.event'), 14],
        [t('page.about'), 22],
        [t('page.detail'), 27],
        [t('page.hash'), 13],
      ],
      events.map((event) => eventRow(event, t)),
    )}
  </section>`
}

/** What the message carries besides the document that was asked about; one asked about by its order says all of it above. */
function othersLine({ order }: OrderEvidence, uuid: string, t: Words): Part {
  if (uuid === '') return ''
  const others = order.documents.filter((document) => document.uuid !== uuid).map(documentName)
  return others.length === 0 ? '' : html`<p>${t('page.others', { documents: others.join(', ') })}</p>`
}

function deliveryRow(delivery: DeliveryEvidence, channel: OrderChannel, t: Words): Part[] {
  const { recipient, rule, state, heldReason, reply, serverId, finishedAt } = delivery
  return [
    html`<strong>${recipient === '' ? t('outbox.no-recipient') : recipient}</strong>
      <div class="small">${t('page.rule', { rule: t(`rule.${rule}`) })}</div>`,
    html`<strong class="state ${state}">${t(`state.${state}`)}</strong>
      ${finishedAt === null ? '' : html`<div>${exactTime(finishedAt)}</div>`}
      <div class="small">
        ${t(proofKey(delivery, channel))} ${heldReason === null ? '' : t(`held.${heldReason}`)}
      </div>`,
    html`<span class="code">${reply}</span> ${
        serverId === '' ? '' : html`<div class="small">${t('page.queue', { id: serverId })}</div>`
      }`,
  ]
}

/** `sent` by a person's word, after an uncertain outcome, is not what a server said. */
function proofKey({ state, attemptList }: DeliveryEvidence, channel: OrderChannel): MessageKey {
  const isAccepted = attemptList.some(({ outcome }) => outcome === 'accepted')
  if (state !== 'sent') return `proof.${state}`
  if (!isAccepted) return 'proof.resolved'
  return channel === 'whatsapp' ? 'proof.sent.whatsapp' : 'proof.sent'
}

function messageFacts({ order, message }: OrderEvidence, t: Words): Html {
  const file = `${order.id}/message.eml`
  return htmlFacts([
    [t('page.from'), message.from],
    [t('page.subject'), order.subject],
    [
      t(order.channel === 'whatsapp' ? 'page.reference' : 'page.message-id'),
      html`<span class="code">${order.messageId}</span>`,
    ],
    [t('page.size'), message.bytes === null ? '' : t('page.bytes', { count: message.bytes })],
    ['SHA-256', message.sha256 === null ? '' : html`<span class="code">${message.sha256}</span>`],
    [
      t('page.file'),
      message.problem === null
        ? html`<a href="${file}">${file}</a>: ${t('page.exact')}`
        : html`<span class="${message.problem === 'whatsapp' ? 'small' : 'bad'}"
            >${t(`message-problem.${message.problem}`)}</span
          >`,
    ],
  ])
}

function attachmentRows(attachment: AttachmentEvidence, t: Words): Part[][] {
  const { bytes, kept, entries } = attachment
  return [
    factRow(attachment, kept ? String(bytes) : html`${bytes} <span class="bad">${t('page.lost')}</span>`, t),
    ...entries.map((entry) => factRow(entry, t('page.inside'), t)),
  ]
}

function factRow(fact: SourceFact, size: Part, t: Words): Part[] {
  const { name, sha256, source, sourceFile, sourceSha256 } = fact
  return [
    name,
    size,
    html`<span class="code">${sha256}</span>`,
    html`${sourceSha256 === null ? t(`source.${source}`) : t('source.derived', { sha256: sourceSha256 })}
      <div class="small">${sourceFile}</div>`,
  ]
}

function attemptTable(deliveries: readonly DeliveryEvidence[], t: Words): Html {
  const attempts = deliveries
    .flatMap(({ recipient, attemptList }) => attemptList.map((attempt) => ({ recipient, ...attempt })))
    .sort((a, b) => a.at.localeCompare(b.at))
  if (attempts.length === 0) return html`<p>${t('page.no-attempts')}</p>`
  const columns = [
    [t('page.when'), 17],
    [t('page.recipient'), 26],
    [t('page.outcome'), 14],
    [t('page.reply'), 31],
    [t('page.profile'), 12],
  ] as const
  const rows = attempts.map(({ at, recipient, outcome, reply, profile }) => [
    ...[exactTime(at), recipient, t(`outcome.${outcome}`)],
    html`<span class="code">${reply}</span>`,
    profile,
  ])
  return html`${htmlTable(columns, rows)} ${connectionLines(attempts, t)}`
}

/** What protected the sessions: once for each profile and certificate, since when. */
function connectionLines(attempts: readonly AttemptEvidence[], t: Words): Html[] {
  const first = new Map<string, AttemptEvidence>()
  for (const attempt of attempts) {
    const key = `${attempt.profile} ${attempt.tls}`
    if (!first.has(key)) first.set(key, attempt)
  }
  return [...first.values()].map(
    ({ at, profile, tls }) =>
      html`<p class="small">
        ${t('page.connection', { profile, at: exactTime(at) })} ${tls === '' ? t('page.clear') : tls}
      </p>`,
  )
}

function eventRow(entry: ChainedEvent, t: Words): Part[] {
  const { seq, at, event, recipient, hash } = entry
  return [
    seq,
    exactTime(at),
    t(`event.${event}`),
    recipient ?? '',
    eventDetail(entry, t),
    html`<span class="code">${hash.slice(0, SHORT_HASH)}</span>`,
  ]
}
