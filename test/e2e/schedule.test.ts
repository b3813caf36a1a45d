import assert from 'node:assert/strict'
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { cli } from '../support/cli.ts'
import { tempFolder } from '../support/temp.ts'

/** `crontab` as Debian's behaves, with the table in a file; `systemctl` writes down what it is asked. */
function schedulers(t: TestContext) {
  const folder = tempFolder(t)
  const [table, asked] = [join(folder, 'table'), join(folder, 'asked')]
  const put = (name: string, script: string) => {
    writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`)
    chmodSync(join(folder, name), 0o755)
  }
  put(
    'crontab',
    `if [ "$1" = -l ]; then [ -e "${table}" ] && exec cat "${table}"; echo "no crontab for $USER" >&2; exit 1; fi; cat > "${table}"`,
  )
  put('systemctl', `echo "$@" >> "${asked}"`)
  const path = [folder, process.env['PATH'] ?? ''].join(delimiter)
  return { folder, table, asked, path }
}

test('a crontab line is installed once, shown, and taken out again; the other lines stay', async (t) => {
  const { table, path } = schedulers(t)
  const program = cli(t, { PATH: path })
  await program.run(['init', '--yes'])
  const install = ['programar', 'instalar', '--medio', 'cron', '--cada', '10m', '--lang', 'es']
  const first = await program.run(install)
  assert.deepEqual([first.code, first.stderr], [0, ''])
  assert.match(first.stdout, /^Programado con cron: cfdi-mail-[0-9a-f]{6}, cada 10m\./)
  const written = readFileSync(table, 'utf8')
  assert.ok(written.includes(`send --quiet --data ${program.data}`), written)
  writeFileSync(table, `0 3 * * * respaldo\n${written}`)
  assert.equal((await program.run(install)).code, 0)
  assert.equal(readFileSync(table, 'utf8'), `0 3 * * * respaldo\n${written}`)
  const shown = await program.json<{ current: boolean }>([
    'schedule',
    'show',
    '--kind',
    'cron',
    '--every',
    '10m',
  ])
  assert.equal(shown.current, true)
  const removed = await program.json<{ action: string }>(['schedule', 'remove', '--kind', 'cron'])
  assert.equal(removed.action, 'removed')
  assert.equal(readFileSync(table, 'utf8'), '0 3 * * * respaldo\n')
  const again = await program.json<{ action: string }>(['schedule', 'remove', '--kind', 'cron'])
  assert.equal(again.action, 'absent')
})

test('units of systemd are written for the user and enabled; what somebody else wrote is left alone', async (t) => {
  const { asked, path } = schedulers(t)
  const config = tempFolder(t)
  const program = cli(t, { PATH: path, XDG_CONFIG_HOME: config })
  await program.run(['init', '--yes', '--source', config])
  const install = ['schedule', 'install', '--kind', 'systemd']
  const done = await program.json<{ name: string; files: { path: string; text: string }[] }>(install)
  const [timer, service] = done.files
  assert.ok(readFileSync(service?.path ?? '', 'utf8').includes(' watch --send --once --quiet --data '))
  assert.match(readFileSync(asked, 'utf8'), new RegExp(`--user enable --now ${done.name}.timer`))
  const resident = await program.json<{ files: { path: string }[] }>([...install, '--resident'])
  assert.equal(resident.files.length, 1)
  assert.ok(!existsSync(timer?.path ?? ''), 'the timer would start it a second time')
  assert.equal((await program.json<{ action: string }>(['schedule', 'remove'])).action, 'removed')
  assert.ok(!existsSync(service?.path ?? ''))
  writeFileSync(service?.path ?? '', '[Service]\n')
  assert.equal((await program.json<{ code: string }>(install)).code, 'SCHEDULE_FOREIGN')
})

test('without a scheduler the error gives the text to do it by hand, and --folder needs none', async (t) => {
  const empty = tempFolder(t)
  const program = cli(t, { PATH: empty })
  await program.run(['init', '--yes'])
  const refused = await program.run(['schedule', 'install', '--lang', 'en'])
  assert.equal(refused.code, 78)
  assert.match(
    refused.stderr,
    /crontab is not on this machine[\s\S]*# BEGIN cfdi-mail[\s\S]*\*\/5 \* \* \* \*/,
  )
  const folder = join(empty, 'task')
  mkdirSync(folder)
  const done = await program.json<{ files: { path: string }[] }>([
    ...['schedule', 'install', '--kind', 'windows', '--resident', '--folder', folder],
  ])
  const bytes = readFileSync(done.files[0]?.path ?? '')
  assert.deepEqual([...bytes.subarray(0, 4)], [0xff, 0xfe, 0x3c, 0])
})

// `programar instalar` called its units in English, and `show` in another language would have found them changed.
test('units are called in the language of who installs them, start the same command, and are the same in any', async (t) => {
  const { path } = schedulers(t)
  const program = cli(t, { PATH: path, XDG_CONFIG_HOME: tempFolder(t) })
  await program.run(['init', '--yes'])
  await program.run(['programar', 'instalar', '--medio', 'systemd', '--lang', 'es'])
  for (const [language, wanted] of [
    ['es', 'CFDI por correo'],
    ['en', 'CFDI by mail'],
  ] as const) {
    const shown = await program.json<{
      current: boolean
      command: string[]
      files: { text: string }[]
      installed: { text: string }[]
    }>(['schedule', 'show', '--kind', 'systemd', '--lang', language])
    assert.ok(shown.current)
    assert.ok(shown.command.includes('send'))
    for (const { text } of shown.files) assert.ok(text.includes(`Description=cfdi-mail: ${wanted}`), text)
    for (const { text } of shown.installed) assert.ok(text.includes('Description=cfdi-mail: CFDI por correo'))
  }
})

// Whoever drops order files alone had `send` scheduled, which never takes them: they waited for ever and nothing said so.
test('where only a folder of order files is set, the job takes them too; --send-only still only sends', async (t) => {
  const { path } = schedulers(t)
  const program = cli(t, { PATH: path, MAILER_DIR: tempFolder(t) })
  await program.run(['init', '--yes'])
  const show = ['schedule', 'show', '--kind', 'cron']
  const { command } = await program.json<{ command: string[] }>(show)
  assert.deepEqual(command.slice(2, 6), ['watch', '--send', '--once', '--quiet'])
  const only = await program.json<{ command: string[] }>([...show, '--send-only'])
  assert.deepEqual(only.command.slice(2, 4), ['send', '--quiet'])
})

test('what the scheduler would leave aside is refused: a machine’s crontab, another user for a user’s own units', async (t) => {
  const { path } = schedulers(t)
  const program = cli(t, { PATH: path })
  await program.run(['init', '--yes'])
  const codeOf = async (...words: readonly string[]) =>
    (await program.json<{ code: string }>(['schedule', 'show', ...words])).code
  assert.equal(await codeOf('--kind', 'cron', '--system'), 'BAD_SELECTION')
  assert.equal(await codeOf('--kind', 'systemd', '--run-as', 'facturas'), 'NEEDS_SYSTEM')
  assert.equal(await codeOf('--kind', 'cron', '--run-as', 'facturas'), 'NEEDS_SYSTEM')
  const both = ['--kind', 'systemd', '--system', '--run-as', 'facturas']
  assert.match((await program.run(['schedule', 'show', ...both])).stdout, /User="?facturas/)
})

// The line for one company named another one in its variables, since the shell that installed it worked in that one.
test('the job of a company names that company alone, whichever the shell is in', async (t) => {
  const { path } = schedulers(t)
  const program = cli(t, { PATH: path, CFDI_MAIL_COMPANY: 'SUR' })
  for (const company of ['SUR', 'NORTE']) await program.run(['init', '--yes', '--company', company])
  const shown = await program.json<{ files: { text: string }[] }>([
    ...['schedule', 'show', '--kind', 'cron', '--company', 'NORTE'],
  ])
  const [table] = shown.files
  assert.match(table?.text ?? '', /--company NORTE/)
  assert.doesNotMatch(table?.text ?? '', /SUR/)
})
