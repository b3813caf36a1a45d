import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ScheduledJob } from '../model/schedule.ts'
import { mustRun, runProgram } from './programs.ts'
import { byHand, type SchedulePlan, type Scheduler } from './scheduler.ts'
import { taskXml, utf16 } from './windows-task.ts'

/** A task of the Windows Task Scheduler. */
export const windows: Scheduler = {
  plan,
  async installed(job) {
    const ran = await runProgram(['schtasks', '/Query', '/TN', job.name, '/XML'])
    if (!ran.ok) return null
    const { files } = plan(job)
    return isSame(ran.stdout, files) ? files : [{ path: `${job.name}.xml`, text: ran.stdout }]
  },
  async install(job) {
    const folder = mkdtempSync(join(tmpdir(), 'cfdi-mail-'))
    try {
      const file = join(folder, `${job.name}.xml`)
      writeFileSync(file, utf16(taskXml(job)))
      await mustRun(['schtasks', '/Create', '/TN', job.name, '/XML', file, '/F'], byHand(plan(job)))
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
  async remove(job) {
    if ((await windows.installed(job)) === null) return false
    await mustRun(['schtasks', '/Delete', '/TN', job.name, '/F'], '')
    return true
  },
}

function plan(job: ScheduledJob): SchedulePlan {
  const file = `${job.name}.xml`
  return {
    files: [{ path: file, text: taskXml(job) }],
    steps: [`schtasks /Create /TN ${job.name} /XML ${file} /F`],
  }
}

/** The Task Scheduler gives a task back in an order and with additions of its own: what it does and how often is what counts. */
function isSame(found: string, files: SchedulePlan['files']): boolean {
  const parts = files.flatMap(
    ({ text }) => text.match(/<(Command|Arguments|Interval|LogonType)>.*?<\/\1>/g) ?? [],
  )
  return parts.every((part) => found.includes(part))
}
