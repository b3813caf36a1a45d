import { CfdiMailError } from './errors.ts'

/** A range of calendar days, both ends included, `YYYY-MM-DD`. Null means open on that side. */
export interface Period {
  readonly from: string | null
  readonly to: string | null
}

/** Which date of a document a period is of: its own, or, of payroll, when it is paid, or the last day that it pays. */
export const PERIOD_DATES = ['issued', 'paid', 'pay-period'] as const
export type PeriodDate = (typeof PERIOD_DATES)[number]

export const ALWAYS: Period = { from: null, to: null }

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/

/**
 * Checks one day of the Gregorian calendar.
 * @param text what was typed, `YYYY-MM-DD`
 * @throws BAD_DATE for another form or a day that does not exist (2023-02-29)
 */
export function calendarDay(text: string): string {
  const parts = DAY.exec(text)
  if (parts === null) throw new CfdiMailError('BAD_DATE', { text })
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])]
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month))
    throw new CfdiMailError('BAD_DATE', { text })
  return text
}

/**
 * A period from its two ends; either may be left out.
 * @throws BAD_DATE for an end that is no day, BAD_PERIOD when it ends before it begins
 */
export function period(from: string | undefined, to: string | undefined): Period {
  const ends = {
    from: from === undefined ? null : calendarDay(from),
    to: to === undefined ? null : calendarDay(to),
  }
  if (ends.from !== null && ends.to !== null && ends.from > ends.to) {
    throw new CfdiMailError('BAD_PERIOD', { from: ends.from, to: ends.to })
  }
  return ends
}

/**
 * The whole month.
 * @param text `YYYY-MM`
 * @throws BAD_DATE for another form
 */
export function monthPeriod(text: string): Period {
  const [year, month] = [Number(text.slice(0, 4)), Number(text.slice(5, 7))]
  if (!/^\d{4}-\d{2}$/.test(text) || month < 1 || month > 12) throw new CfdiMailError('BAD_DATE', { text })
  return { from: `${text}-01`, to: `${text}-${String(daysIn(year, month)).padStart(2, '0')}` }
}

/** The period of one day. */
export function dayPeriod(day: string): Period {
  return { from: day, to: day }
}

/** The day before, in the Gregorian calendar. */
export function dayBefore(day: string): string {
  const [year, month, date] = [Number(day.slice(0, 4)), Number(day.slice(5, 7)), Number(day.slice(8, 10))]
  if (date > 1) return `${day.slice(0, 8)}${String(date - 1).padStart(2, '0')}`
  const [lastYear, lastMonth] = month > 1 ? [year, month - 1] : [year - 1, 12]
  return `${lastYear}-${String(lastMonth).padStart(2, '0')}-${String(daysIn(lastYear, lastMonth)).padStart(2, '0')}`
}

/**
 * Whether a document of that date is inside.
 * @param issuedAt @Fecha as written. It is local time of the place of issue without a zone (Anexo 20), so it is compared as
 *   text: through Date an invoice of the 31st at 23:30 would fall outside or inside depending on the machine's zone.
 */
export function contains(range: Period, issuedAt: string): boolean {
  const day = issuedAt.slice(0, 10)
  return (range.from === null || day >= range.from) && (range.to === null || day <= range.to)
}

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}
