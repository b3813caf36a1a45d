import { cronTimes, type ScheduledJob } from '../model/schedule.ts'
import { shellWord } from '../model/shell-word.ts'

/**
 * The lines of a job in a crontab, between two marks. Standard output is thrown away, because cron would mail it every few
 * minutes; what ends a run early is an error, and still comes.
 * @throws BAD_INTERVAL
 */
export function cronBlock(job: ScheduledJob): string {
  const when = job.stay === 'resident' ? '@reboot' : cronTimes(job.every)
  const environment = Object.entries(job.environment).map(([name, value]) => `${name}=${shellWord(value)}`)
  // cron itself takes `%` for the end of the command, quoted or not (crontab(5)).
  const command = [...environment, ...job.words.map(shellWord), '>/dev/null'].join(' ').replaceAll('%', '\\%')
  return `${beginOf(job)}\n${when} ${command}\n${endOf(job)}\n`
}

/** The block of that name in a crontab, or null. */
export function blockIn(table: string, job: Pick<ScheduledJob, 'name'>): string | null {
  const [begin, end] = [beginOf(job), endOf(job)]
  const rows = table.split('\n')
  const [from, to] = [rows.indexOf(begin), rows.indexOf(end)]
  return from < 0 || to < from ? null : `${rows.slice(from, to + 1).join('\n')}\n`
}

/** The crontab with that block in place of the one of the same name, or at its end. All other lines stay as they are. */
export function withBlock(table: string, job: Pick<ScheduledJob, 'name'>, block: string): string {
  const before = blockIn(table, job)
  if (before !== null && table.includes(before)) return table.replace(before, () => block)
  const rest = withoutBlock(table, job)
  return `${rest}${rest === '' || rest.endsWith('\n') ? '' : '\n'}${block}`
}

export function withoutBlock(table: string, job: Pick<ScheduledJob, 'name'>): string {
  const block = blockIn(table, job)
  if (block === null) return table
  return table.includes(block) ? table.replace(block, '') : table.replace(block.trimEnd(), '')
}

/** The block is found by these two lines: they are the same in every language. */
function beginOf({ name }: Pick<ScheduledJob, 'name'>): string {
  return `# BEGIN ${name} (cfdi-mail schedule)`
}

function endOf({ name }: Pick<ScheduledJob, 'name'>): string {
  return `# END ${name} (cfdi-mail schedule)`
}
