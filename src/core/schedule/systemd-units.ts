import type { ScheduledJob } from '../model/schedule.ts'

/** Stands in every unit of ours: a file without it belongs to somebody else. */
export const MARK = '# cfdi-mail schedule'

export interface Unit {
  readonly name: string
  readonly text: string
}

/** Exit codes that are no failure: something needs a person, another one is running, a signal. */
const FINE = '1 75 129 130 143'
/** A message in hand may take so long (see ../channels). */
const STOP_SECONDS = 1200

/** The units of a job, the one to enable first: a timer with its service, or a service that stays. */
export function unitsOf(job: ScheduledJob): readonly [Unit, ...Unit[]] {
  const service = { name: `${job.name}.service`, text: serviceText(job) }
  return job.stay === 'resident' ? [service] : [{ name: `${job.name}.timer`, text: timerText(job) }, service]
}

function serviceText(job: ScheduledJob): string {
  const [program = '', ...rest] = job.words
  const command = [quoted(program), ...rest.map((word) => quoted(word).replaceAll('$', '$$$$'))].join(' ')
  const environment = Object.entries(job.environment).map(
    ([name, value]) => `Environment=${quoted(`${name}=${value}`)}`,
  )
  const isSystem = job.scope === 'system'
  return lines([
    MARK,
    '[Unit]',
    description(job.titles.job),
    ...(isSystem ? ['Wants=network-online.target', 'After=network-online.target'] : []),
    '',
    '[Service]',
    ...(job.stay === 'resident'
      ? ['Type=exec', 'Restart=on-failure', 'RestartSec=30', 'RestartPreventExitStatus=64 66 77 78']
      : ['Type=oneshot']),
    `ExecStart=${command}`,
    ...environment,
    ...(isSystem ? [`User=${quoted(job.user)}`] : []),
    `SuccessExitStatus=${FINE}`,
    `TimeoutStopSec=${STOP_SECONDS}`,
    'UMask=0077',
    ...(job.stay === 'resident'
      ? ['', '[Install]', `WantedBy=${isSystem ? 'multi-user.target' : 'default.target'}`]
      : []),
  ])
}

function timerText(job: ScheduledJob): string {
  return lines([
    MARK,
    '[Unit]',
    description(job.titles.timer),
    '',
    '[Timer]',
    'OnActiveSec=10s',
    `OnUnitActiveSec=${job.every / 1000}s`,
    'AccuracySec=10s',
    '',
    '[Install]',
    'WantedBy=timers.target',
  ])
}

function description(title: string): string {
  return `Description=cfdi-mail: ${title.replaceAll('%', '%%')}`
}

/** One word of a unit file: `%` begins a specifier, and quotes and backslashes are read as in C (systemd.syntax(7)). */
function quoted(word: string): string {
  const text = word.replaceAll('%', '%%')
  return /^[\w@:,./=+%-]+$/.test(text) ? text : `"${text.replace(/["\\]/g, '\\$&')}"`
}

function lines(texts: readonly string[]): string {
  return `${texts.join('\n')}\n`
}
