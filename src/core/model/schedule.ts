import { durationText } from './duration.ts'
import { CfdiMailError } from './errors.ts'

/** Programs of the system that start others by the clock. */
export const SCHEDULERS = ['systemd', 'cron', 'windows'] as const
export type SchedulerKind = (typeof SCHEDULERS)[number]

/** Started every so often and ends by itself, or started with the machine and stays. */
export type JobStay = 'timer' | 'resident'

/** What a job is called where the system lists its own, in the language of who installs it. Nothing is found by it. */
export interface JobTitles {
  readonly job: string
  /** Of a timer that starts it. */
  readonly timer: string
}

/** What is to be started, how often, and as whom. */
export interface ScheduledJob {
  readonly titles: JobTitles
  /** Names it among those of the system: one a company and data folder. Letters, digits and `-`. */
  readonly name: string
  /** Program and arguments, not quoted. */
  readonly words: readonly string[]
  /** Variables that it needs and that a scheduler does not have. Never a secret. */
  readonly environment: Readonly<Record<string, string>>
  /** Milliseconds. */
  readonly every: number
  readonly stay: JobStay
  /** Of the person who installs it, or of the whole machine. */
  readonly scope: 'user' | 'system'
  /** Operating-system user that it runs as. */
  readonly user: string
}

/** A file or table of the system's, as it would be. */
export interface ScheduleFile {
  /** Absolute path, or `crontab`. */
  readonly path: string
  readonly text: string
}

/** How this program is started again so that it finds the same data. */
export interface Launch {
  /** Interpreter and script, absolute. */
  readonly program: readonly string[]
  /** The flags that name data, company and settings. */
  readonly options: readonly string[]
  readonly environment: Readonly<Record<string, string>>
  /** The company whose data they are, or null. */
  readonly company: string | null
  /** Tells companies and data folders apart, '' for the usual ones. */
  readonly suffix: string
  /** The user's folder of settings, where systemd looks for the user's units. */
  readonly configHome: string
  /** As Node names it. */
  readonly platform: string
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/**
 * The five time fields of a crontab line for an interval that divides the hour or the day.
 * @throws BAD_INTERVAL for any other: cron would run it at uneven times
 */
export function cronTimes(every: number): string {
  const [minutes, hours] = [every / MINUTE, every / HOUR]
  if (Number.isInteger(minutes) && minutes < 60 && 60 % minutes === 0)
    return minutes === 1 ? '* * * * *' : `*/${minutes} * * * *`
  if (Number.isInteger(hours) && hours < 24 && 24 % hours === 0)
    return hours === 1 ? '0 * * * *' : `0 */${hours} * * *`
  if (every === DAY) return '0 0 * * *'
  throw new CfdiMailError('BAD_INTERVAL', { every: durationText(every), scheduler: 'cron' })
}

/**
 * A time span as ISO 8601 has it, for the Task Scheduler, whose shortest is a minute.
 * @throws BAD_INTERVAL
 */
export function isoSpan(every: number): string {
  if (every % MINUTE !== 0)
    throw new CfdiMailError('BAD_INTERVAL', { every: durationText(every), scheduler: 'windows' })
  return `PT${every / MINUTE}M`
}
