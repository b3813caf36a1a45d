import type { ScheduledJob } from '../model/schedule.ts'
import { blockIn, cronBlock, withBlock, withoutBlock } from './cron-table.ts'
import { mustRun, runProgram, schedulerError } from './programs.ts'
import { byHand, type SchedulePlan, type Scheduler } from './scheduler.ts'

/** The crontab of the user who installs it. All its other lines stay as they are. */
export const cron: Scheduler = {
  plan,
  async installed(job) {
    const table = await readTable(job).catch(() => '')
    const block = blockIn(table, job)
    return block === null ? null : [{ path: 'crontab', text: block }]
  },
  async install(job) {
    const table = await readTable(job)
    const wanted = withBlock(table, job, cronBlock(job))
    if (wanted !== table) await mustRun(['crontab', '-'], byHand(plan(job)), wanted)
  },
  async remove(job) {
    const table = await readTable(job)
    const rest = withoutBlock(table, job)
    if (rest === table) return false
    await mustRun(['crontab', '-'], '', rest)
    return true
  },
}

function plan(job: ScheduledJob): SchedulePlan {
  return { files: [{ path: 'crontab', text: cronBlock(job) }], steps: ['crontab -e'] }
}

/**
 * The whole table. Having none yet is told as a failure; any other failure must not end in a table that replaces one that
 * could not be read.
 */
async function readTable(job: ScheduledJob): Promise<string> {
  const words = ['crontab', '-l']
  const ran = await runProgram(words)
  if (ran.ok) return ran.stdout
  if (!ran.isMissing && /no crontab/i.test(ran.detail)) return ''
  throw schedulerError(words, ran, byHand(plan(job)))
}
