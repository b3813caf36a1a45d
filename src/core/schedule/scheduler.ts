import type { ScheduledJob, ScheduleFile } from '../model/schedule.ts'

/** One way to have a job started: the same four things of each. */
export interface Scheduler {
  /**
   * What would be written, and the commands that make it count, which a person could type.
   * @throws BAD_INTERVAL
   */
  plan(job: ScheduledJob): SchedulePlan
  /** What is there now under the job's name, as it would be compared with the plan; null when nothing is. */
  installed(job: ScheduledJob): Promise<readonly ScheduleFile[] | null>
  /** @throws SCHEDULER_MISSING, SCHEDULER_REFUSED, SCHEDULE_FOREIGN, NO_ACCESS */
  install(job: ScheduledJob): Promise<void>
  /**
   * Takes out what is ours, and nothing else.
   * @returns whether there was anything
   */
  remove(job: ScheduledJob): Promise<boolean>
}

export interface SchedulePlan {
  readonly files: readonly ScheduleFile[]
  readonly steps: readonly string[]
}

/** A plan as a person would do it by hand. */
export function byHand({ files, steps }: SchedulePlan): string {
  return [...files.map(({ path, text }) => `${path}\n\n${text}`), ...steps].join('\n')
}
