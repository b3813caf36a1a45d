import { createHash } from 'node:crypto'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import type { SettingOrigins } from '../model/settings.ts'
import type { Launch } from '../model/schedule.ts'
import type { Environment } from './load.ts'

/** This run: how it was started, and what it found. */
export interface Launched {
  /** Interpreter, script, and the rest. */
  readonly argv: readonly string[]
  readonly environment: Environment
  readonly platform: string
  /** Data folder of all companies, and whether it is where data usually are. */
  readonly home: string
  readonly place: 'usual' | 'other'
  readonly company: string | null
  /** Settings file that was named, or null. */
  readonly config: string | null
  readonly origins: SettingOrigins
}

/** Where the key and the settings are looked for, besides what the settings themselves were taken from. */
const CARRIED = ['CFDI_MAIL_KEY_FILE', 'XDG_CONFIG_HOME']
/** Said by a flag of the job itself: beside it the variable could only name another company. */
const SAID_BY_FLAG = ['CFDI_MAIL_COMPANY']

/**
 * How a scheduler, which has another working folder and hardly any environment, starts this program so that it finds what this
 * run found. A key in the environment is a secret and is not carried: doctor says where it should be.
 */
export function launchOf(run: Launched): Launch {
  const { home, company, environment } = run
  const names = new Set([...CARRIED, ...Object.values(run.origins)])
  const variables = [...names].flatMap((name) => {
    const value = environment[name]
    return value === undefined || value === '' || SAID_BY_FLAG.includes(name) ? [] : [[name, value] as const]
  })
  return {
    program: run.argv.slice(0, 2).map((path) => resolve(path)),
    options: [
      ...['--data', home],
      ...(company === null ? [] : ['--company', company]),
      ...(run.config === null ? [] : ['--config', resolve(run.config)]),
    ],
    environment: Object.fromEntries(variables),
    company,
    suffix: [company?.toLowerCase() ?? '', run.place === 'usual' ? '' : markOf(home)]
      .filter(Boolean)
      .join('-'),
    configHome: environment['XDG_CONFIG_HOME'] || join(homedir(), '.config'),
    platform: run.platform,
  }
}

/** Two data folders must not take each other's place in the scheduler. */
function markOf(home: string): string {
  return createHash('sha256').update(home).digest('hex').slice(0, 6)
}
