import { type Expression, type ExpressionBuilder, sql, type SqlBool } from 'kysely'
import type { Period, PeriodDate } from '../model/period.ts'
import type { Schema } from './schema.ts'
import { isUnder } from './under-folder.ts'

/** Which rows of the index. */
export interface DocumentFilter {
  /** Absolute folders. */
  readonly sources: readonly string[]
  readonly period: Period
  /** The date that the period is of; left out for the document's own. One that has no such date is outside. */
  readonly periodOf?: PeriodDate | undefined
  /** Receivers, or null for all. */
  readonly receiverRfcs: readonly string[] | null
}

type Where = ExpressionBuilder<Schema, 'document'>

/** In one of its sources. */
export function isIn({ sources }: DocumentFilter): (where: Where) => Expression<SqlBool> {
  return (where) => where.or(sources.map((source) => isUnder(where, source)))
}

/** In its sources, of its receivers, inside its period. */
export function isSelected(filter: DocumentFilter): (where: Where) => Expression<SqlBool> {
  const { receiverRfcs } = filter
  return (where) =>
    where.and([
      isIn(filter)(where),
      ...inPeriod(where, filter),
      ...(receiverRfcs === null ? [] : [where('receiver_rfc', 'in', receiverRfcs)]),
    ])
}

/** Whether nothing narrows it but the sources. */
export function isEverything({ period, periodOf = 'issued', receiverRfcs }: DocumentFilter): boolean {
  return receiverRfcs === null && periodOf === 'issued' && period.from === null && period.to === null
}

export function inPeriod(
  where: Where,
  { period, periodOf = 'issued' }: DocumentFilter,
): Expression<SqlBool>[] {
  const date = DATES[periodOf]
  const parts: Expression<SqlBool>[] = periodOf === 'issued' ? [] : [where(date, '>', '')]
  if (period.from !== null) parts.push(where(date, '>=', period.from))
  // Later than any time of that day, as text: issued_at is local time without zone and never becomes a Date.
  if (period.to !== null) parts.push(where(date, '<=', `${period.to}T99`))
  return parts
}

const DATES = {
  issued: sql<string>`issued_at`,
  paid: sql<string>`json_extract(payroll, '$.paidOn')`,
  'pay-period': sql<string>`json_extract(payroll, '$.to')`,
} as const satisfies Record<PeriodDate, Expression<string>>
