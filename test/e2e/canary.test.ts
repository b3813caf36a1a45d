/** Secrets that can be recognised go through every command; afterwards they are looked for wherever anything was written. */
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PassThrough, Writable } from 'node:stream'
import { describe, test, type TestContext } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Host } from '../../src/cli/host.ts'
import { main } from '../../src/cli/main.ts'
import type { AnyCommand, CommandGroup } from '../../src/commands/command.ts'
import { COMMANDS } from '../../src/commands/index.ts'
import { cli, finished } from '../support/cli.ts'
import { GRAPH, graphApi } from '../support/graph-api.ts'
import { rawSmtp } from '../support/raw-smtp.ts'
import { smtpServer } from '../support/smtp-server.ts'
import { tempFolder } from '../support/temp.ts'
import { tokenEndpoint } from '../support/token-endpoint.ts'

const FIXTURES = fileURLToPath(new URL('../../fixtures/', import.meta.url))
const USER = 'facturas@example.com'
/** Has what JSON, shells, URLs and XML each write in their own way. */
const canary = (name: string) => `${name}/"&+%ñ<'${randomBytes(9).toString('hex')}`
const CANARIES = {
  password: canary('clave'),
  refused: canary('rechazada'),
  clientSecret: canary('secreto'),
  refreshToken: canary('renueva'),
  accessToken: canary('acceso'),
  // Meta's tokens are letters and digits.
  whatsappToken: `EAAG${randomBytes(12).toString('hex')}`,
}

/** A text as it may turn up: clear, escaped, and in base64 at each of the three places that it can begin in. */
function forms(secret: string): readonly string[] {
  const shifted = [0, 1, 2].map((pad) => {
    const text = Buffer.concat([Buffer.alloc(pad), Buffer.from(secret)]).toString('base64')
    // What comes before and after shares the first and the last characters.
    return text.slice(pad === 0 ? 0 : 4, -4)
  })
  return [
    ...[secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)],
    ...[new URLSearchParams({ s: secret }).toString().slice(2), Buffer.from(secret).toString('hex')],
    // The random part alone, whatever was done to the rest.
    ...[
      secret.slice(-18),
      ...shifted,
      ...shifted.map((text) => text.replaceAll('+', '-').replaceAll('/', '_')),
    ],
  ]
}

/** The canaries that can be found in some bytes. */
function found(bytes: Buffer | string): readonly string[] {
  const text = Buffer.from(bytes).toString('latin1')
  return Object.entries(CANARIES).flatMap(([name, secret]) =>
    forms(secret).some((form) => text.includes(Buffer.from(form).toString('latin1'))) ? [name] : [],
  )
}

/** Runs the program in this process: there are too many commands to start one for each. */
function program(home: string) {
  const written: Buffer[] = []
  const env = {
    HOME: home,
    XDG_CONFIG_HOME: join(home, 'config'),
    CFDI_MAIL_DATA: join(home, 'data'),
    LANG: 'C',
  }
  const sink = () =>
    new Writable({
      write(chunk: Buffer, _encoding, done) {
        written.push(Buffer.from(chunk))
        done()
      },
    })
  return {
    written,
    async run(words: readonly string[], input = ''): Promise<number> {
      const stdin = new PassThrough()
      stdin.end(input)
      const streams = { stdin, stdout: sink(), stderr: sink() }
      const idle = { on: () => undefined, off: () => undefined, exit: () => undefined, kill: () => true }
      const facts = {
        argv: ['node', 'cfdi-mail', ...words],
        env,
        platform: process.platform,
        pid: process.pid,
      }
      return await main({ ...streams, ...idle, ...facts } as unknown as Host)
    },
  }
}

type Entry = AnyCommand | CommandGroup

const BACKUP = tempFolder() + '/respaldo'

/** Every command, with a word in each place that wants one. */
function everyCommand(
  entries: readonly Entry[],
  above: readonly string[] = [],
): readonly (readonly string[])[] {
  return entries.flatMap((entry) => {
    const path = [...above, entry.name]
    if ('commands' in entry) return everyCommand(entry.commands, path)
    const required = (entry.positionals ?? []).filter((positional) => positional.required)
    const words = required.map(({ name }) => (name === 'folder' ? BACKUP : 'oficina'))
    return [[...path, ...words, ...(TAME[path.join(' ')] ?? [])]]
  })
}

/** What would stay, or change the machine itself, does its work once or only shows it. */
const TAME: Readonly<Record<string, readonly string[]>> = {
  watch: ['--once'],
  'schedule install': ['--print'],
  'schedule remove': ['--kind', 'windows'],
}

/** The last ones: they end what the others look at, or take long. */
const LATE = ['demo', 'profiles remove oficina', 'store adopt', `restore ${BACKUP}`]

function filesUnder(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}

/** Three profiles: a password that is good, one that the server refuses, and tokens whose endpoint repeats what it is sent. */
async function setUp(t: TestContext, run: (words: readonly string[], input?: string) => Promise<number>) {
  const { password, refused, clientSecret, refreshToken, accessToken } = CANARIES
  const good = await smtpServer(t, { login: { user: USER, password } })
  const echo = { AUTH: `535 5.7.8 no: ${refused} ${Buffer.from(`\0${USER}\0${refused}`).toString('base64')}` }
  const bad = await rawSmtp(t, { script: echo, extensions: ['AUTH PLAIN'] })
  const tokens = { user: USER, accepts: () => true }
  const oauth = await smtpServer(t, { tokens })
  const endpoint = await tokenEndpoint(t, (form, turn) =>
    turn === 1
      ? { body: { access_token: accessToken, expires_in: 60 } }
      : { status: 400, body: { error: 'invalid_grant', error_description: JSON.stringify(form) } },
  )
  await run(['init', '--yes', '--source', join(FIXTURES, 'erp')])
  await run(['customers', 'import', join(FIXTURES, 'customers.csv')])
  const server = (port: number) => [
    '--host',
    '127.0.0.1',
    '--port',
    String(port),
    '--security',
    'none',
    '--user',
    USER,
  ]
  const application = ['--oauth', 'custom', '--client-id', 'app', '--token-url', endpoint.url]
  const stdin = ['--client-secret-stdin', '--refresh-token-stdin']
  const codes = [
    await run(['smtp-test', ...server(good.port), '--password-stdin', '--save', 'oficina'], password),
    await run(['smtp-test', ...server(bad.port), '--password-stdin', '--save', 'mala', '--verbose'], refused),
    await run(
      ['smtp-test', ...server(oauth.port), ...application, ...stdin, '--save', 'nube', '--default'],
      `${clientSecret}\n${refreshToken}\n`,
    ),
  ]
  const { whatsappToken } = CANARIES
  const graph = await graphApi(t, { token: whatsappToken })
  const number = ['--phone-id', GRAPH.phoneId, '--template', GRAPH.template, '--base-url', graph.url]
  codes.push(await run(['whatsapp-test', ...number, '--token-stdin', '--save', 'mensajes'], whatsappToken))
  return {
    codes,
    // Meta's stand-in takes requests with that token only.
    heard: [
      ...[...good.logins, ...bad.commands, ...oauth.logins, JSON.stringify(endpoint.requests)],
      ...(graph.requests.length > 0 ? [whatsappToken] : []),
    ],
  }
}

describe('secrets', () => {
  test('row 128: are in no output and no file, whichever command runs and whatever fails', async (t) => {
    const home = tempFolder(t)
    const { written, ...host } = program(home)
    const run = (words: readonly string[], input?: string) => host.run(words, input)
    const { codes, heard } = await setUp(t, run)
    assert.deepEqual(codes, [0, 77, 0, 0], Buffer.concat(written).toString())
    // The search finds what is there: each of them did go over the wire.
    assert.deepEqual(found(heard.join('\n')), Object.keys(CANARIES))
    await run(['package', '--client', 'C00001', '--all', '--verbose'])
    const commands = everyCommand(COMMANDS)
    assert.ok(commands.length > 40)
    const isLate = (words: readonly string[]) => LATE.includes(words.join(' '))
    const early = commands.filter((words) => !isLate(words))
    // The tokens end while nobody looks: this `send` asks for more and is refused, in the words that it sent.
    for (const words of [
      ...early,
      ['profiles', 'show', 'nube'],
      ['smtp-test', 'nube'],
      ...commands.filter(isLate),
    ]) {
      await run([...words, '--verbose'])
      if (!isLate(words)) await run([...words, '--verbose', '--json'])
    }
    const output = Buffer.concat(written)
    assert.match(output.toString(), /invalid_grant/)
    assert.deepEqual(found(output), [])
    const files = [...filesUnder(home), ...filesUnder(BACKUP)]
    assert.ok(files.some((file) => file.endsWith('store.db')) && files.some((file) => file.includes('spool')))
    for (const file of files) assert.deepEqual(found(readFileSync(file)), [], file)
  })

  test('row 127: have no flag of their own, and are in no process list while the program signs in', async (t) => {
    const flags = (entries: readonly Entry[]): readonly string[] =>
      entries.flatMap((entry) =>
        'commands' in entry
          ? flags(entry.commands)
          : Object.entries(entry.flags).flatMap(([name, { type }]) => (type === 'string' ? [name] : [])),
      )
    const typed = flags(COMMANDS).filter((name) => /password|secret|token/.test(name))
    assert.deepEqual([...new Set(typed)].sort(), [
      'app-secret-ref',
      'client-secret-ref',
      // What a mail says of a file's password; a mail that says the password itself does not leave.
      'password-hint',
      'password-ref',
      // Names what a file's password is made of, never the password.
      'password-rule',
      'token-ref',
      'token-url',
      'verify-token-ref',
    ])
    if (process.platform !== 'linux')
      return t.diagnostic('no /proc on this system: the list is not looked at')
    const server = await rawSmtp(t, { script: { AUTH: 'HANG' }, extensions: ['AUTH PLAIN'] })
    const installed = cli(t)
    await installed.run(['init', '--yes'])
    const words = ['smtp-test', '--host', '127.0.0.1', '--port', String(server.port), '--security', 'none']
    const child = installed.start([...words, '--user', USER, '--password-stdin'])
    const ended = finished(child)
    child.stdin?.end(CANARIES.password)
    for (let tries = 0; server.count('AUTH') === 0 && tries < 200; tries++) await wait(50)
    assert.deepEqual(found(server.commands.join('\n')), ['password'])
    for (const name of ['cmdline', 'environ'])
      assert.deepEqual(found(readFileSync(`/proc/${child.pid}/${name}`)), [], name)
    child.kill('SIGKILL')
    await ended
  })
})
