import type { ScheduleFile, SchedulerKind } from '../schedule.ts'

/** What is, or would be, started by the clock. */
export interface ScheduleResult {
  readonly kind: 'schedule'
  /** `written`: into a folder of the caller's, where nothing starts it. `absent`: there was nothing to remove. */
  readonly action: 'installed' | 'written' | 'shown' | 'removed' | 'absent'
  readonly scheduler: SchedulerKind
  readonly name: string
  readonly scope: 'user' | 'system'
  readonly resident: boolean
  /** Seconds. */
  readonly every: number
  /** The command that is started: program and arguments, not quoted. */
  readonly command: readonly string[]
  /** What would be, or was, written. */
  readonly files: readonly ScheduleFile[]
  /** What is there now under that name; null for nothing. */
  readonly installed: readonly ScheduleFile[] | null
  /** Whether that is what would be written now. */
  readonly current: boolean
  /** Commands that are left for a person. */
  readonly steps: readonly string[]
}
