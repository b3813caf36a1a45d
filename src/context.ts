import { existsSync, mkdtempSync } from 'node:fs'
import { homedir, tmpdir, userInfo } from 'node:os'
import { join, resolve } from 'node:path'
import { text as readText } from 'node:stream/consumers'
import type { Host } from './cli/host.ts'
import type { Invocation } from './cli/parser.ts'
import { smtpChannel } from './core/channels/smtp-channel.ts'
import { loadSettings } from './core/config/load.ts'
import type { Ask, Ctx, DataFolders } from './core/flows/ctx.ts'
import { CfdiMailError } from './core/model/errors.ts'
import { keyFileSecrets } from './core/secrets/key-file.ts'
import { openStore, storeHealth } from './core/store/open.ts'
import { makeProgress } from './ui/progress.ts'
import { makeAsk } from './ui/ask.ts'

export interface OpenedContext {
  readonly ctx: Ctx
  close(): Promise<void>
}

/**
 * The only place that opens things: settings, store, channels, secrets, clock.
 * @throws BAD_SETTINGS, FILE_NOT_FOUND for a --config that is not there, NO_STORE and what else the store says
 */
export async function openContext(
  host: Host,
  invocation: Invocation,
  signal: AbortSignal,
): Promise<OpenedContext> {
  const opens = invocation.command.opens ?? 'existing'
  const { common } = invocation
  const home = dataHome(host, common.data)
  const base = opens === 'throw-away' ? mkdtempSync(join(tmpdir(), 'cfdi-mail-')) : home
  const { folders, settings, origins } = locate(host, invocation, base)
  const db = await openStore(folders.store, opens === 'existing' ? 'existing' : 'create')
  const progress = makeProgress(host.stderr, {
    language: common.language,
    shown: !common.quiet && !common.json,
  })
  const ctx: Ctx = {
    db,
    settings,
    origins,
    folders,
    channel: smtpChannel(),
    secrets: keyFileSecrets({ env: host.env, home: homedir() }),
    now: () => new Date(),
    random: Math.random,
    signal,
    progress: (stage, done, total) => {
      progress.show(stage, done, total)
    },
    ask: askAt(host, invocation),
    readStdin: () => readText(host.stdin),
    storeHealth: () => storeHealth(db),
    operator: userInfo().username,
  }
  return {
    ctx,
    async close() {
      progress.stop()
      await db.destroy()
    },
  }
}

/** The company's folder and its settings: its own file comes last and only adds what differs from the shared ones. */
function locate(host: Host, { common, command }: Invocation, base: string) {
  const files = settingsFiles(host, base, common.config)
  const shared = loadSettings(files, host.env)
  const company = command.opens === 'throw-away' ? null : (common.company ?? shared.settings.company)
  const folders = foldersOf(base, company)
  const hasOwn = company !== null && common.config === undefined
  return { folders, ...(hasOwn ? loadSettings([...files, folders.settings], host.env) : shared) }
}

/** Nobody is asked where nobody can answer: in cron, in a pipe, in a script that wants JSON. */
function askAt(host: Host, { common }: Invocation): Ask | null {
  if (!host.stdin.isTTY || !host.stdout.isTTY || common.json) return null
  const interrupt = () => host.exit(130)
  return makeAsk({ stdin: host.stdin, stderr: host.stderr, interrupt }, common.language)
}

/** Per user and platform, unless a flag or CFDI_MAIL_DATA says otherwise. */
function dataHome(host: Host, flag: string | undefined): string {
  const said = flag ?? host.env['CFDI_MAIL_DATA']
  if (said !== undefined && said !== '') return resolve(said)
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

/** Companies share the program and nothing else: each has a folder of its own. */
function foldersOf(home: string, company: string | null): DataFolders {
  if (company !== null && !/^[A-Za-z0-9_-]{1,40}$/.test(company)) {
    throw new CfdiMailError('BAD_CHOICE', { flag: 'company', value: company, choices: 'A-Z a-z 0-9 _ -' })
  }
  const data = company === null ? home : join(home, 'companies', company.toUpperCase())
  return {
    data,
    store: join(data, 'store.db'),
    spool: join(data, 'spool'),
    lock: join(data, 'send.lock'),
    settings: join(data, SETTINGS_NAME),
  }
}
