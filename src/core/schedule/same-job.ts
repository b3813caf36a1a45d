import type { ScheduleFile } from '../model/schedule.ts'

/**
 * Whether two plans start the same thing at the same times. What a unit is called does not count: who looks in another language
 * than the one it was installed in would find it changed.
 */
export function isSameJob(some: readonly ScheduleFile[], others: readonly ScheduleFile[]): boolean {
  return whole(some) === whole(others)
}

function whole(files: readonly ScheduleFile[]): string {
  return files
    .map(({ path, text }) => `${path}\n${text.replaceAll(/^Description=.*$/gm, '')}`)
    .sort()
    .join('\n')
}
