import { durationText } from '../model/duration.ts'
import { CfdiMailError } from '../model/errors.ts'
import type { ScheduleResult } from '../model/results/schedule.ts'
import type { JobStay, Launch, ScheduledJob, SchedulerKind } from '../model/schedule.ts'
import { cron } from '../schedule/cron.ts'
import { runProgram } from '../schedule/programs.ts'
import { isSameJob } from '../schedule/same-job.ts'
import type { Scheduler } from '../schedule/scheduler.ts'
import { systemd } from '../schedule/systemd.ts'
import { windows } from '../schedule/windows.ts'
import { writePlan } from '../schedule/write-plan.ts'
import type { Ctx } from './ctx.ts'

export interface ScheduleRequest {
  /** Null for the platform's own. */
  readonly scheduler: SchedulerKind | null
  /** Milliseconds between two runs, or two sendings of one that stays. */
  readonly every: number
  readonly stay: JobStay
  /** `all` packages and sends; `send` only sends; null packages where there are source folders or a folder of order files. */
  readonly job: 'all' | 'send' | null
  readonly scope: 'user' | 'system'
  /** Operating-system user for the machine's own; null for the one who installs it. */
  readonly user: string | null
}

/**
 * Has the system start this program by itself, with the data, the company and the settings of this run. Done twice it is as
 * done once.
 * @param request.folder writes the files there instead, and activates nothing
 * @throws SCHEDULER_MISSING, SCHEDULER_REFUSED, SCHEDULE_FOREIGN, BAD_INTERVAL, BAD_SELECTION, NEEDS_SYSTEM, NO_ACCESS
 */
export async function installSchedule(
  ctx: Ctx,
  request: ScheduleRequest & { readonly folder: string | null },
): Promise<ScheduleResult> {
  const { kind, scheduler, job } = await jobOf(ctx, request)
  const { files, steps } = scheduler.plan(job)
  if (request.folder !== null) {
    const written = writePlan(files, request.folder)
    return {
      ...factsOf(kind, job),
      action: 'written',
      files: written,
      installed: null,
      current: false,
      steps,
    }
  }
  await scheduler.install(job)
  const left = steps.filter((step) => step.startsWith('loginctl'))
  return { ...factsOf(kind, job), action: 'installed', files, installed: files, current: true, steps: left }
}

/** What would be installed, and what is. Changes nothing. */
export async function showSchedule(ctx: Ctx, request: ScheduleRequest): Promise<ScheduleResult> {
  const { kind, scheduler, job } = await jobOf(ctx, request)
  const { files, steps } = scheduler.plan(job)
  const installed = await scheduler.installed(job)
  const current = installed !== null && isSameJob(installed, files)
  return { ...factsOf(kind, job), action: 'shown', files, installed, current, steps: current ? [] : steps }
}

/**
 * Takes out what `installSchedule` put in, and nothing else.
 * @throws SCHEDULER_MISSING, SCHEDULER_REFUSED, SCHEDULE_FOREIGN
 */
export async function removeSchedule(ctx: Ctx, request: ScheduleRequest): Promise<ScheduleResult> {
  const { kind, scheduler, job } = await jobOf(ctx, request)
  const installed = await scheduler.installed(job)
  const action = (await scheduler.remove(job)) ? 'removed' : 'absent'
  return { ...factsOf(kind, job), action, files: [], installed, current: false, steps: [] }
}

interface Chosen {
  readonly kind: SchedulerKind
  readonly scheduler: Scheduler
  readonly job: ScheduledJob
}

async function jobOf(ctx: Ctx, request: ScheduleRequest): Promise<Chosen> {
  const { launch } = ctx
  const kind = request.scheduler ?? (await usualScheduler(launch))
  checkScope(kind, request)
  const scheduler = { systemd: systemd(launch.configHome), cron, windows }[kind]
  const words = [...launch.program, ...commandOf(ctx, request), ...launch.options]
  const broken = words.find((word) => /\p{Cc}/u.test(word))
  if (broken !== undefined)
    throw new CfdiMailError('BAD_CHOICE', { flag: 'data', value: broken, choices: 'path' })
  const { environment } = launch
  const { every, stay, scope } = request
  const user = request.user ?? ctx.operator
  const name = `cfdi-mail${launch.suffix === '' ? '' : `-${launch.suffix}`}`
  const titles = ctx.jobTitles
  return { kind, scheduler, job: { titles, name, words, environment, every, stay, scope, user } }
}

/** What this scheduler would leave aside: a crontab is a user's own, and systemd starts a user's own units as that user. */
function checkScope(kind: SchedulerKind, { scope, user }: ScheduleRequest): void {
  if (kind === 'cron' && scope === 'system')
    throw new CfdiMailError('BAD_SELECTION', { flags: '--kind cron, --system' })
  if (kind !== 'windows' && scope === 'user' && user !== null) throw new CfdiMailError('NEEDS_SYSTEM')
}

/**
 * In English whoever installs it: they are the names in docs/automatic.md, so that what an administrator reads in a crontab or in
 * the list of processes can be looked up, and two who chose different languages see one job and not each other's as changed. A
 * reader of Spanish can type them as they are. Only what the job is called is in the language chosen.
 */
function commandOf({ settings }: Ctx, { job, stay, every }: ScheduleRequest): string[] {
  // `send` alone never looks at the folder of order files: what an ERP drops there would wait for ever.
  const arrives = settings.sources.length > 0 || settings.mailerDir !== null
  const often = ['--every', durationText(every)]
  if (job === 'all' || (job === null && arrives))
    return ['watch', '--send', ...(stay === 'resident' ? often : ['--once', '--quiet'])]
  return ['send', ...(stay === 'resident' ? ['--watch', ...often] : ['--quiet'])]
}

async function usualScheduler({ platform }: Launch): Promise<SchedulerKind> {
  if (platform === 'win32') return 'windows'
  if (platform !== 'linux') return 'cron'
  return (await runProgram(['systemctl', '--version'])).ok ? 'systemd' : 'cron'
}

function factsOf(scheduler: SchedulerKind, { name, scope, stay, every, words }: ScheduledJob) {
  return {
    kind: 'schedule',
    ...{ scheduler, name, scope, resident: stay === 'resident', every: every / 1000, command: words },
  } as const
}
