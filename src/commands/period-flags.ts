import type { Ctx } from '../core/flows/ctx.ts'
import { CfdiMailError } from '../core/model/errors.ts'
import { dayBefore, dayPeriod, monthPeriod, type Period, period } from '../core/model/period.ts'

/** Flags of a range of the documents' own dates. */
export const PERIOD_FLAGS = {
  from: { type: 'string', alias: 'desde' },
  to: { type: 'string', alias: 'hasta' },
  month: { type: 'string', alias: 'mes' },
  today: { type: 'boolean', alias: 'hoy' },
  yesterday: { type: 'boolean', alias: 'ayer' },
} as const

/** What was typed of PERIOD_FLAGS. */
export interface PeriodFlags {
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly month?: string | undefined
  readonly today?: boolean | undefined
  readonly yesterday?: boolean | undefined
}

/**
 * The period that the flags say; open on both sides when none was typed. Today is the machine's calendar day, because that is
 * the day of the person who types it.
 * @throws BAD_SELECTION when ways to say it are mixed, BAD_DATE, BAD_PERIOD
 */
export function periodOf(ctx: Pick<Ctx, 'now'>, flags: PeriodFlags): Period {
  const ways = waysTyped(flags)
  if (ways.length > 1) throw new CfdiMailError('BAD_SELECTION', { flags: ways.join(', ') })
  if (flags.month !== undefined) return monthPeriod(flags.month)
  if (flags.today === true) return dayPeriod(localDay(ctx.now()))
  if (flags.yesterday === true) return dayPeriod(dayBefore(localDay(ctx.now())))
  return period(flags.from, flags.to)
}

/** The ways to say a period that were used, by a flag of each. */
function waysTyped({ from, to, month, today, yesterday }: PeriodFlags): string[] {
  const range = from === undefined ? '--to' : '--from'
  return [
    ...(from === undefined && to === undefined ? [] : [range]),
    ...(month === undefined ? [] : ['--month']),
    ...(today === true ? ['--today'] : []),
    ...(yesterday === true ? ['--yesterday'] : []),
  ]
}

function localDay(now: Date): string {
  const two = (n: number) => String(n).padStart(2, '0')
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`
}
