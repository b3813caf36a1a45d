import { existsSync, mkdtempSync } from 'node:fs'
import { homedir, tmpdir, userInfo } from 'node:os'
import { join, resolve } from 'node:path'
import { buffer as readAll } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import type { CommonFlags } from './cli/common-flags.ts'
import type { Host } from './cli/host.ts'
import type { Invocation } from './cli/parser.ts'
import { launchOf } from './core/config/launch.ts'
import { loadSettings } from './core/config/load.ts'
import type { Ask, Ctx, DataFolders } from './core/flows/ctx.ts'
import { companiesIn, companyFolder } from './core/files/companies.ts'
import { networkFileSystem } from './core/files/health.ts'
import { CfdiMailError } from './core/model/errors.ts'
import { type Fault, NO_FAULT, parseFault } from './core/model/fault.ts'
import type { Launch } from './core/model/schedule.ts'
import type { SettingOrigins, Settings } from './core/model/settings.ts'
import { type Leave, makeAsk, unlessSignalled } from './ui/ask.ts'
import { makeJobTitles } from './ui/job-titles.ts'
import { makeTell } from './ui/tell.ts'

export interface OpenedContext {
  readonly ctx: Ctx
  close(): Promise<void>
}

/** Where the data of a run are, and the settings that hold for it. */
export interface Located {
  /** Data folder of all companies. */
  readonly home: string
  readonly folders: DataFolders
  readonly settings: Settings
  readonly origins: SettingOrigins
  readonly launch: Launch
}

/**
 * Finds data and settings without opening anything: the company's own file comes last and only adds what differs from the
 * shared ones.
 * @throws BAD_SETTINGS, BAD_CHOICE for a company, FILE_NOT_FOUND for a --config that is not there
 */
export function locate(host: Host, common: CommonFlags, opens: Opens): Located {
  const base =
    opens === 'throw-away' ? mkdtempSync(join(tmpdir(), 'cfdi-mail-')) : dataHome(host, common.data)
  const files = settingsFiles(host, base, common.config)
  const shared = loadSettings(files, host.env)
  const company = opens === 'throw-away' ? null : (common.company ?? shared.settings.company)
  const folders = foldersOf(base, company)
  const hasOwn = company !== null && common.config === undefined
  const loaded = hasOwn ? loadSettings([...files, folders.settings], host.env) : shared
  const place = base === usualDataHome(host) ? 'usual' : 'other'
  const launch = launchOf({
    ...{ argv: host.argv, environment: host.env, platform: host.platform },
    ...{ home: base, place, company, config: common.config ?? null, origins: loaded.origins },
  })
  return { home: base, folders, ...loaded, launch }
}

type Opens = NonNullable<Invocation['command']['opens']>

export interface Opening {
  readonly located: Located
  readonly language: CommonFlags['language']
  readonly leaving: Leave
}

/**
 * The only place that opens things: store, channels, secrets, clock. What they need is loaded here, because help only asks
 * where the settings are.
 * @throws NO_STORE and what else the store says
 */
export async function openContext(
  host: Host,
  { common, command }: Invocation,
  { located, language, leaving }: Opening,
): Promise<OpenedContext> {
  const { openStore, storeHealth } = await import('./core/store/open.ts')
  const { channelsOnDemand } = await import('./core/channels/on-demand.ts')
  const { decodeText } = await import('./core/files/decode-text.ts')
  const { keyFileSecrets } = await import('./core/secrets/key-file.ts')
  const { keyFiles } = await import('./core/secrets/key-change.ts')
  const { makeProgress } = await import('./ui/progress.ts')
  const { makeEvidencePage } = await import('./ui/pages.ts')
  const { folders, settings } = located
  const { signal } = leaving
  const opens = command.opens ?? 'existing'
  const fault = await faultOf(host, folders.store)
  const file = opens === 'nothing' ? ':memory:' : folders.store
  const operator = operatorOf(host)
  const db = await openStore(file, opens === 'existing' ? 'existing' : 'create', {
    fault,
    journal: networkFileSystem(folders.data) === null ? 'wal' : 'rollback',
    operator,
  }).catch(namingCompanies(located.home))
  const progress = await makeProgress(host.stderr, {
    language,
    shown: !common.quiet && !common.json,
    clock: () => performance.now(),
  })
  const ctx: Ctx = {
    db,
    ...{ folders, settings, origins: located.origins, launch: located.launch },
    ...channelsOnDemand({ fault, signal }),
    secrets: keyFileSecrets({ env: host.env, home: homedir() }),
    keys: keyFiles({ env: host.env, home: homedir() }),
    now: () => new Date(),
    sleep: (ms) => sleep(ms, undefined, { signal }).catch(() => undefined),
    random: Math.random,
    signal,
    fault,
    ...{ progress: progress.show, idle: progress.stop },
    ask: askAt(host, common, { language, ...leaving }),
    tell: makeTell(host.stderr, language),
    jobTitles: makeJobTitles(language),
    readStdin: async () => decodeText(await unlessSignalled(leaving, () => readAll(host.stdin))),
    evidencePage: makeEvidencePage({
      words: host.argv.slice(2),
      environment: host.env,
      settings: settings.language,
    }),
    storeHealth: () => storeHealth(db),
    ...{ operator, reader: common.json ? 'script' : common.quiet ? 'nobody' : 'person' },
  }
  return {
    ctx,
    async close() {
      progress.stop()
      await db.destroy()
    },
  }
}

/** A store that is not there, where others are: whoever forgot the company, or misspelt it, needs its name and not a new store. */
function namingCompanies(home: string): (error: unknown) => never {
  return (error) => {
    const companies = companiesIn(home)
    if (!(error instanceof CfdiMailError) || error.code !== 'NO_STORE' || companies.length === 0) throw error
    const params = { ...error.params, companies: companies.join(', '), variant: 'companies' }
    throw new CfdiMailError('NO_STORE', params, { cause: error })
  }
}

/**
 * Who is at the keyboard. On a shared host people run the program as its own user through sudo, which says who they are; it
 * proves nothing about somebody who could write the store's file anyway.
 */
function operatorOf({ env }: Host): string {
  return env['SUDO_USER'] || userInfo().username
}

/** Nobody is asked where nobody can answer: in cron, in a pipe, in a script that wants JSON. */
function askAt(
  { stdin, stdout, stderr }: Host,
  common: CommonFlags,
  { language, ...leaving }: Leave & Pick<Opening, 'language'>,
): Ask | null {
  if (!stdin.isTTY || !stdout.isTTY || common.json) return null
  return makeAsk({ stdin, stderr, ...leaving }, language)
}

/** A fault that a test asks for. A misspelt one is an error: the test would pass for nothing. */
async function faultOf(host: Host, file: string): Promise<Fault> {
  const text = host.env['CFDI_FAULT']
  if (text === undefined || text === '') return NO_FAULT
  const spec = parseFault(text)
  if (spec === null) throw new CfdiMailError('BAD_SETTINGS', { problems: `CFDI_FAULT: ${text}` })
  const { armedFault } = await import('./core/store/faults.ts')
  return armedFault(spec, { file, kill: () => host.kill(host.pid, 'SIGKILL') })
}

/** Per user and platform, unless a flag or CFDI_MAIL_DATA says otherwise. */
function dataHome(host: Host, flag: string | undefined): string {
  const said = flag ?? host.env['CFDI_MAIL_DATA']
  return said !== undefined && said !== '' ? resolve(said) : usualDataHome(host)
}

function usualDataHome(host: Host): string {
  switch (host.platform) {
    case 'win32':
      return join(host.env['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local'), 'cfdi-mail')
    case 'darwin':
      return join(homedir(), 'Library', 'Application Support', 'cfdi-mail')
    default:
      return join(host.env['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share'), 'cfdi-mail')
  }
}

/** The most general first. A file named with --config stands for all of them. */
function settingsFiles(host: Host, data: string, config: string | undefined): string[] {
  if (config !== undefined) {
    if (!existsSync(config)) throw new CfdiMailError('FILE_NOT_FOUND', { path: resolve(config) })
    return [resolve(config)]
  }
  const user = join(host.env['XDG_CONFIG_HOME'] ?? join(homedir(), '.config'), 'cfdi-mail', 'config.yaml')
  return ['/etc/cfdi-mail.yaml', user, join(data, SETTINGS_NAME)]
}

const SETTINGS_NAME = 'cfdi-mail.yaml'

function foldersOf(home: string, company: string | null): DataFolders {
  if (company !== null && !/^[A-Za-z0-9_-]{1,40}$/.test(company)) {
    throw new CfdiMailError('BAD_CHOICE', { flag: 'company', value: company, choices: 'A-Z a-z 0-9 _ -' })
  }
  const data = company === null ? home : companyFolder(home, company)
  return {
    data,
    store: join(data, 'store.db'),
    spool: join(data, 'spool'),
    lock: join(data, 'send.lock'),
    settings: join(data, SETTINGS_NAME),
  }
}
