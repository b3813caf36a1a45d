import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { CfdiMailError } from '../model/errors.ts'
import type { ScheduledJob, ScheduleFile } from '../model/schedule.ts'
import { mustRun, runProgram } from './programs.ts'
import { byHand, type Scheduler } from './scheduler.ts'
import { MARK, unitsOf } from './systemd-units.ts'

/**
 * Units of systemd, for the user or for the machine.
 * @param configHome where the user's own units are
 */
export function systemd(configHome: string): Scheduler {
  const folderOf = ({ scope }: ScheduledJob) =>
    scope === 'user' ? join(configHome, 'systemd', 'user') : '/etc/systemd/system'
  const plan: Scheduler['plan'] = (job) => {
    const units = unitsOf(job)
    const files = units.map(({ name, text }) => ({ path: join(folderOf(job), name), text }))
    const steps = [[...systemctl(job), 'daemon-reload'], enabling(job)].map((words) => words.join(' '))
    return { files, steps: job.scope === 'user' ? [...steps, `loginctl enable-linger ${job.user}`] : steps }
  }
  const installed: Scheduler['installed'] = (job) => {
    const files = bothUnits(folderOf(job), job).filter(({ text }) => text !== null)
    return Promise.resolve(files.length === 0 ? null : (files as ScheduleFile[]))
  }
  return {
    plan,
    installed,
    async install(job) {
      const planned = plan(job)
      refuseForeign(folderOf(job), job)
      // Asked before anything is written: there may be no systemd, or none that answers this user.
      await mustRun([...systemctl(job), 'daemon-reload'], byHand(planned))
      // A timer that a resident service replaces would start it twice.
      if (job.stay === 'resident') await drop(folderOf(job), job, `${job.name}.timer`)
      for (const file of planned.files) write(folderOf(job), file)
      await mustRun([...systemctl(job), 'daemon-reload'], byHand(planned))
      await mustRun(enabling(job), byHand(planned))
      if (job.stay === 'resident')
        await mustRun([...systemctl(job), 'restart', `${job.name}.service`], byHand(planned))
    },
    async remove(job) {
      refuseForeign(folderOf(job), job)
      const dropped = [
        await drop(folderOf(job), job, `${job.name}.timer`),
        await drop(folderOf(job), job, `${job.name}.service`),
      ].includes(true)
      if (dropped) await runProgram([...systemctl(job), 'daemon-reload'])
      return dropped
    },
  }
}

function systemctl({ scope }: ScheduledJob): readonly string[] {
  return scope === 'user' ? ['systemctl', '--user'] : ['systemctl']
}

function enabling(job: ScheduledJob): readonly string[] {
  return [...systemctl(job), 'enable', '--now', unitsOf(job)[0].name]
}

/** Stops a unit of ours and takes it away. */
async function drop(folder: string, job: ScheduledJob, unit: string): Promise<boolean> {
  const path = join(folder, unit)
  if (!existsSync(path)) return false
  await runProgram([...systemctl(job), 'disable', '--now', unit])
  rmSync(path)
  return true
}

function bothUnits(folder: string, { name }: ScheduledJob) {
  return [`${name}.timer`, `${name}.service`].map((unit) => {
    const path = join(folder, unit)
    return { path, text: existsSync(path) ? readFileSync(path, 'utf8') : null }
  })
}

function refuseForeign(folder: string, job: ScheduledJob): void {
  const foreign = bothUnits(folder, job).find(({ text }) => text !== null && !text.startsWith(MARK))
  if (foreign !== undefined) throw new CfdiMailError('SCHEDULE_FOREIGN', { path: foreign.path })
}

function write(folder: string, { path, text }: ScheduleFile): void {
  try {
    mkdirSync(folder, { recursive: true })
    writeFileSync(path, text)
    // Others may read a unit: it holds no secret, and systemd complains of one that they may not.
    chmodSync(path, 0o644)
  } catch (error) {
    throw new CfdiMailError('NO_ACCESS', { file: path }, { cause: error })
  }
}
