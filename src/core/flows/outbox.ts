import { packedList } from '../files/packed-list.ts'
import { oneLine, parseReply } from '../model/reply.ts'
import { type DeliveryState, LOST_STATES } from '../model/delivery.ts'
import { CfdiMailError } from '../model/errors.ts'
import { heldForPerson } from '../model/held-for.ts'
import { ALWAYS, type Period } from '../model/period.ts'
import { whatsappCodeIn, whatsappRule } from '../model/whatsapp-rules.ts'
import { type ReplyPhase, ruleFor } from '../model/reply-rules.ts'
import type { Attention, OrderResult, OutboxResult, ReplyExplainedResult } from '../model/results/outbox.ts'
import type { OrderView } from '../model/send-order.ts'
import { listEvents } from '../store/event-log.ts'
import { eachOrder, listOrders, orderIdOf } from '../store/orders.ts'
import { repeatedAmong } from '../store/repeats.ts'
import type { Db } from '../store/schema.ts'
import type { Ctx } from './ctx.ts'
import { orderCustomers } from './order-customers.ts'

/** Which orders to list; null and [] do not narrow. */
export interface OutboxRequest {
  /** Customer codes, or `?` to search. */
  readonly clients: readonly string[]
  /** By the documents' own date. */
  readonly period: Period
  readonly states: readonly DeliveryState[] | null
  readonly uuid: string | null
  /** Only the newest so many. */
  readonly limit: number | null
}

/**
 * Orders with their deliveries, oldest first.
 * @throws CUSTOMER_NOT_FOUND, CHOOSE_CUSTOMER
 */
export async function listOutbox(ctx: Ctx, request: OutboxRequest): Promise<OutboxResult> {
  const { period, states, uuid, limit } = request
  const customers = await orderCustomers(ctx, request.clients)
  const orders = packedList<OrderView>()
  const attention = attentionAmong()
  const passing = eachOrder(ctx.db, {
    ...(customers === null ? {} : { customers }),
    ...(period.from === ALWAYS.from && period.to === ALWAYS.to ? {} : { period }),
    ...(states === null ? {} : { states }),
    ...(uuid === null ? {} : { uuid }),
    ...(limit === null ? {} : { limit }),
  })
  for await (const order of passing) {
    orders.add([order])
    attention.add(order)
  }
  return { kind: 'outbox', attention: await attention.of(ctx.db), orders, limit }
}

/** Counts what needs a person among orders that come one after another. */
function attentionAmong() {
  let unknown = 0
  const held = new Map<string | null, number>()
  const lost: { readonly id: string; readonly state: DeliveryState }[] = []
  return {
    add({ id, deliveries }: OrderView): void {
      for (const { state, heldReason } of deliveries) {
        if (state === 'unknown') unknown++
        if (state === 'held') held.set(heldReason, (held.get(heldReason) ?? 0) + 1)
        if (isLost(state)) lost.push({ id, state })
      }
    },
    async of(db: Db): Promise<Attention> {
      const repeated = await repeatedAmong(db, [...new Set(lost.map(({ id }) => id))])
      const open = lost.filter(({ id }) => !repeated.has(id))
      const bounced = open.filter(({ state }) => state === 'bounced').length
      return {
        ...{ unknown, failed: open.length - bounced, bounced },
        ...heldForPerson((reason) => held.get(reason) ?? 0),
      }
    },
  }
}

function isLost(state: DeliveryState): boolean {
  return LOST_STATES.some((lost) => lost === state)
}

/**
 * One order with all that happened to it.
 * @param typed its id, or the end of it
 * @throws ORDER_NOT_FOUND, AMBIGUOUS_ID
 */
export async function showOrder(ctx: Ctx, typed: string): Promise<OrderResult> {
  const id = await orderIdOf(ctx.db, typed)
  const [order] = await listOrders(ctx.db, { ids: [id] })
  if (order === undefined) throw new CfdiMailError('ORDER_NOT_FOUND', { id: typed })
  return { kind: 'order', order, events: await listEvents(ctx.db, { order: id }) }
}

/**
 * What a server's reply means, by the rules that `send` follows.
 * @param phase the command that was answered; most refusals that people see are about a recipient
 * @throws BAD_REPLY when it does not begin with the code of a refusal
 */
export function explainReply(text: string, phase: ReplyPhase = 'rcpt'): ReplyExplainedResult {
  const code = whatsappCodeIn(text)
  if (code !== null) return explainWhatsApp(text, code)
  const reply = parseReply(text.trim())
  if (reply.code < 400 || reply.code > 599) throw new CfdiMailError('BAD_REPLY', { reply: reply.text })
  const rule = ruleFor({ phase, ...reply })
  return {
    kind: 'reply-explained',
    reply: reply.text,
    phase,
    code: reply.code,
    enhanced: reply.enhanced,
    outcome: rule.outcome,
    scope: rule.scope,
    rule: rule.name,
    note: rule.note ?? '',
  }
}

function explainWhatsApp(text: string, code: number): ReplyExplainedResult {
  const { outcome, scope, name, note = '' } = whatsappRule(code, 0)
  return {
    ...{ kind: 'reply-explained', reply: oneLine(text), phase: 'whatsapp', code, enhanced: '' },
    ...{ outcome, scope, rule: name, note },
  }
}
