import { packedFrom } from '../files/packed-list.ts'
import { CfdiMailError } from '../model/errors.ts'
import type { EventLevel } from '../model/event.ts'
import type { Period } from '../model/period.ts'
import type { LogResult } from '../model/results/outbox.ts'
import { eachEvent, type EventFilter } from '../store/event-log.ts'
import { orderIdOf } from '../store/orders.ts'
import type { Ctx } from './ctx.ts'
import { orderCustomers } from './order-customers.ts'

/** Which events to show. Every part that is set narrows it. */
export interface LogRequest {
  /** A customer code, or `?` to search. */
  readonly client: string | null
  /** Days of this machine's calendar. */
  readonly period: Period
  readonly level: EventLevel | null
  /** A fiscal folio, or the end of it. */
  readonly uuid: string | null
  /** An order's id, or the end of it. */
  readonly order: string | null
  /** Only the newest so many. */
  readonly limit: number | null
}

/**
 * The event log, oldest first.
 * @throws CUSTOMER_NOT_FOUND, CHOOSE_CUSTOMER, ORDER_NOT_FOUND, AMBIGUOUS_ID, BAD_UUID
 */
export async function showLog(ctx: Ctx, request: LogRequest): Promise<LogResult> {
  const { client, level, uuid, order, limit } = request
  const customer = client === null ? undefined : (await orderCustomers(ctx, [client]))?.[0]
  const events = eachEvent(ctx.db, {
    ...instants(request.period),
    ...(customer === undefined ? {} : { customer }),
    ...(level === null ? {} : { level }),
    ...(uuid === null ? {} : { uuid: checkedUuid(uuid) }),
    ...(order === null ? {} : { order: await orderIdOf(ctx.db, order) }),
    ...(limit === null ? {} : { limit }),
  })
  return { kind: 'log', events: await packedFrom(events), limit }
}

const UUID_FORM = 'xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx'

/** Lists show the last twelve signs, and those are what people copy. A serie and folio is not taken for an end. */
function checkedUuid(text: string): string {
  const uuid = text.trim().toUpperCase()
  const form = uuid.replace(/[0-9A-F]/g, 'x')
  if (uuid.length < 4 || !UUID_FORM.endsWith(form))
    throw new CfdiMailError('BAD_UUID', { value: text, variant: 'end' })
  return uuid
}

/**
 * Days of this machine's calendar as instants, the end not included. Events are written as instants, and "what happened
 * yesterday" is asked by somebody who looks at this machine's clock. It is the one place where days become instants through
 * local time: a document's own date never does.
 */
function instants({ from, to }: Period): Pick<EventFilter, 'from' | 'to'> {
  return {
    ...(from === null ? {} : { from: midnight(from, 0) }),
    ...(to === null ? {} : { to: midnight(to, 1) }),
  }
}

function midnight(day: string, later: number): string {
  const [year, month, date] = [Number(day.slice(0, 4)), Number(day.slice(5, 7)), Number(day.slice(8, 10))]
  return new Date(year, month - 1, date + later).toISOString()
}
