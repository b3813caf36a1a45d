/**
 * A real Postfix as a submission server: STARTTLS, passwords by Dovecot's auth service, delivery into one Maildir. All of its
 * files are in a folder of its own and it listens on 127.0.0.1; nothing of the system's configuration is read or touched.
 */
import { execFileSync, spawn } from 'node:child_process'
import { chmodSync, chownSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { TestContext } from 'node:test'
import { certificates } from './certificates.ts'
import { answers, freePort } from './ports.ts'
import { program } from './programs.ts'
import { tempFolder } from './temp.ts'

export interface Postfix {
  /** Offers STARTTLS; takes mail only after a password. */
  readonly port: number
  readonly user: string
  readonly password: string
  /** Ends at once, connections and all, and starts again on the same port with the same queue. */
  restart(): Promise<void>
  /** Waits until its queue is empty; everything that was ever delivered. */
  delivered(): Promise<readonly Delivered[]>
  /** Files in its queue and its mailbox at this moment. */
  count(): number
  log(): string
}

export interface Delivered {
  readonly recipient: string
  /** As it was sent: without the lines that Postfix puts on top, with CRLF line ends. */
  readonly raw: Buffer
}

const USER = 'ventas@emisor.example'
const PASSWORD = 'postfix-canary-5e8'
const NOBODY = 65534

/** Why there is no Postfix to test with, or false. It changes users, so only root can run it. */
export function noPostfix(): string | false {
  const missing = program('postfix').skip || program('dovecot').skip || program('openssl').skip
  if (missing !== false) return missing
  return process.getuid?.() === 0 ? false : 'Postfix can only be started by root'
}

/** Starts it with further lines of main.cf; it ends with the test. */
export async function startPostfix(t: TestContext, settings: readonly string[] = []): Promise<Postfix> {
  const folder = tempFolder(t)
  chmodSync(folder, 0o711)
  const port = await freePort()
  makeFolders(folder)
  writeConfiguration({ folder, port, settings })
  const passwords = await startPasswords(folder)
  let master = await startMaster(folder, port)
  t.after(async () => {
    await master.end()
    await passwords.end()
  })
  return {
    ...{ port, user: USER, password: PASSWORD },
    async restart() {
      await master.end()
      master = await startMaster(folder, port)
    },
    async delivered() {
      for (let tries = 0; filesIn(folder, QUEUES).some(isWhole); tries++) {
        if (tries === 200) throw new Error(`Postfix keeps mail in its queue: ${logOf(folder)}`)
        await sleep(50)
      }
      return filesIn(folder, ['mail/box/new']).map((file) => deliveredIn(readFileSync(file, 'latin1')))
    },
    count: () => filesIn(folder, [...QUEUES, 'mail/box/new']).length,
    log: () => logOf(folder),
  }
}

const QUEUES = ['incoming', 'active', 'deferred', 'maildrop'].map((name) => `queue/${name}`)

function filesIn(folder: string, places: readonly string[]): string[] {
  return places.flatMap((place) => {
    const entries = readdirSync(join(folder, place), { recursive: true, withFileTypes: true })
    return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  })
}

/**
 * Postfix makes a file of its queue executable when the message in it is whole. What a restart cut short lies there for an hour,
 * and is nobody's mail.
 */
function isWhole(file: string): boolean {
  return ((statSync(file, { throwIfNoEntry: false })?.mode ?? 0) & 0o100) !== 0
}

const logOf = (folder: string) => readFileSync(join(folder, 'log'), 'utf8')

/** Postfix adds Return-Path, X-Original-To, Delivered-To and Received, each with its further lines, above all others. */
function deliveredIn(text: string): Delivered {
  const recipient = /^X-Original-To: (.*)$/m.exec(text)?.[1] ?? ''
  const sent = text.replace(
    /^(?:(?:Return-Path|X-Original-To|Delivered-To|Received):.*\n(?:[ \t].*\n)*)+/,
    '',
  )
  return { recipient, raw: Buffer.from(sent.replaceAll('\n', '\r\n'), 'latin1') }
}

/** The queue's folders, with the owners that Postfix insists on. */
function makeFolders(folder: string): void {
  const postfix = { uid: idOf('user', 'postfix'), gid: idOf('group', 'postfix') }
  const postdrop = { uid: postfix.uid, gid: idOf('group', 'postdrop') }
  const make = (path: string, mode: number, owner = { uid: 0, gid: 0 }) => {
    mkdirSync(join(folder, path), { recursive: true })
    chmodSync(join(folder, path), mode)
    chownSync(join(folder, path), owner.uid, owner.gid)
  }
  make('queue', 0o755)
  for (const name of PRIVATE_FOLDERS) make(`queue/${name}`, 0o700, { ...postfix, gid: 0 })
  make('queue/maildrop', 0o730, postdrop)
  make('queue/public', 0o710, postdrop)
  make('queue/pid', 0o755)
  make('state', 0o700, postfix)
  for (const name of ['mail', 'mail/box', 'mail/box/new', 'mail/box/cur', 'mail/box/tmp'])
    make(name, 0o700, { uid: NOBODY, gid: NOBODY })
}

const PRIVATE_FOLDERS = [
  ...['active', 'bounce', 'corrupt', 'defer', 'deferred', 'flush'],
  ...['hold', 'incoming', 'private', 'saved', 'trace'],
]

function idOf(kind: 'user' | 'group', name: string): number {
  const line = execFileSync('getent', [kind === 'user' ? 'passwd' : 'group', name], { encoding: 'utf8' })
  return Number(line.split(':')[2])
}

interface Place {
  readonly folder: string
  readonly port: number
  readonly settings: readonly string[]
}

function writeConfiguration({ folder, port, settings }: Place): void {
  const { good } = certificates()
  mkdirSync(join(folder, 'etc'))
  const write = (name: string, text: string, mode = 0o644) =>
    writeFileSync(join(folder, 'etc', name), text, { mode })
  write('cert.pem', good.cert)
  write('key.pem', good.key, 0o600)
  write('main.cf', [...mainSettings(folder), ...settings, ''].join('\n'))
  write('master.cf', masterTable(port))
  write('dovecot.conf', passwordService(folder))
}

/** Header rewriting is off: what a client on this machine sends is otherwise completed. */
function mainSettings(folder: string): string[] {
  return [
    'compatibility_level = 3.6',
    `queue_directory = ${folder}/queue`,
    `data_directory = ${folder}/state`,
    `maillog_file = ${folder}/log`,
    `maillog_file_prefixes = ${folder}`,
    'myhostname = postfix.test',
    'mydestination =',
    'local_recipient_maps =',
    'alias_maps =',
    'mynetworks =',
    'inet_interfaces = 127.0.0.1',
    'inet_protocols = ipv4',
    'local_header_rewrite_clients =',
    'virtual_mailbox_domains = static:all',
    `virtual_mailbox_base = ${folder}/mail`,
    'virtual_mailbox_maps = static:box/',
    'virtual_mailbox_limit = 0',
    'virtual_minimum_uid = 1',
    `virtual_uid_maps = static:${NOBODY}`,
    `virtual_gid_maps = static:${NOBODY}`,
    'smtpd_tls_security_level = encrypt',
    `smtpd_tls_cert_file = ${folder}/etc/cert.pem`,
    `smtpd_tls_key_file = ${folder}/etc/key.pem`,
    'smtpd_sasl_auth_enable = yes',
    'smtpd_sasl_type = dovecot',
    'smtpd_sasl_path = private/auth',
    'smtpd_relay_restrictions = permit_sasl_authenticated, reject',
  ]
}

/** The services that take, queue and deliver; master.cf(5). */
function masterTable(port: number): string {
  const internal = (name: string, changes: { wakeup?: string; max?: string; command?: string } = {}) =>
    `${name} unix - - n ${changes.wakeup ?? '-'} ${changes.max ?? '-'} ${changes.command ?? name}`
  return [
    `127.0.0.1:${port} inet n - n - - smtpd`,
    'cleanup unix n - n - 0 cleanup',
    'qmgr unix n - n 300 1 qmgr',
    'postlog unix-dgram n - n - 1 postlogd',
    internal('rewrite', { command: 'trivial-rewrite' }),
    internal('tlsmgr', { wakeup: '1000?', max: '1' }),
    ...['bounce', 'defer', 'trace'].map((name) => internal(name, { max: '0', command: 'bounce' })),
    internal('anvil', { max: '1' }),
    internal('error'),
    // Privileged: it writes as the mailbox's owner.
    'virtual unix - n n - - virtual',
    '',
  ].join('\n')
}

/** Dovecot without any protocol: it only tells Postfix whether a password is right. */
function passwordService(folder: string): string {
  return `
base_dir = ${folder}/dovecot/run
state_dir = ${folder}/dovecot/state
log_path = ${folder}/dovecot.log
protocols =
ssl = no
auth_mechanisms = plain login
passdb {
  driver = static
  args = password=${PASSWORD}
}
userdb {
  driver = static
  args = uid=${NOBODY} gid=${NOBODY} home=/nonexistent
}
service auth {
  unix_listener ${folder}/queue/private/auth {
    mode = 0660
    user = postfix
    group = postfix
  }
}
service anvil {
  chroot =
}
service stats {
  chroot =
}
`
}

interface Running {
  end(): Promise<void>
}

async function startPasswords(folder: string): Promise<Running> {
  const running = start(program('dovecot').path, ['-F', '-c', join(folder, 'etc/dovecot.conf')])
  const socket = join(folder, 'queue/private/auth')
  for (let tries = 0; !(await answers(socket)); tries++) {
    if (tries === 200) throw new Error(`dovecot: ${readFileSync(`${folder}/dovecot.log`, 'utf8')}`)
    await sleep(25)
  }
  return running
}

/** Postfix's master daemon without the shell scripts around it, which would look into the system's own folders. */
async function startMaster(folder: string, port: number): Promise<Running> {
  const daemons = execFileSync('postconf', ['-d', '-h', 'daemon_directory'], { encoding: 'utf8' }).trim()
  const running = start(join(daemons, 'master'), ['-d', '-c', join(folder, 'etc')])
  for (let tries = 0; !(await answers(port)); tries++) {
    if (tries === 200) throw new Error(`Postfix does not listen: ${logOf(folder)}`)
    await sleep(25)
  }
  return running
}

/** In a process group of its own: at its end, Postfix's master ends its group. */
function start(path: string, words: readonly string[]): Running {
  const child = spawn(path, words, { stdio: 'ignore', detached: true })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  return {
    async end() {
      child.kill('SIGTERM')
      // Dovecot has been seen to live on for minutes.
      const deaf = setTimeout(() => child.kill('SIGKILL'), 5_000)
      await ended
      clearTimeout(deaf)
    },
  }
}
