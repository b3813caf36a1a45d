import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { cronTimes, isoSpan, type ScheduledJob } from '../../src/core/model/schedule.ts'
import { blockIn, cronBlock, withBlock, withoutBlock } from '../../src/core/schedule/cron-table.ts'
import { isSameJob } from '../../src/core/schedule/same-job.ts'
import { unitsOf } from '../../src/core/schedule/systemd-units.ts'
import { taskXml, utf16 } from '../../src/core/schedule/windows-task.ts'
import { program } from '../support/programs.ts'
import { tempFolder } from '../support/temp.ts'

/** All that quoting has to live through. */
const NASTY = `/srv/Facturación 100% "A" 'B' $HOME \\z`

const JOB: ScheduledJob = {
  titles: { job: 'CFDI por correo', timer: 'CFDI por correo, 100 % a tiempo' },
  name: 'cfdi-mail',
  words: ['/usr/bin/node', '/opt/cfdi-mail/bin/cfdi-mail', 'send', '--data', NASTY],
  environment: { CFDI_MAIL_KEY_FILE: '/etc/llave 100%' },
  every: 300_000,
  stay: 'timer',
  scope: 'user',
  user: 'facturas',
}

/** A program that shows its arguments and one variable, a line each. */
function showingProgram(folder: string): string {
  const file = join(folder, 'show')
  writeFileSync(file, '#!/bin/sh\nprintf "%s\\n" "$@" "$CFDI_MAIL_KEY_FILE" > "$0.out"\n')
  chmodSync(file, 0o755)
  return file
}

describe('a crontab', () => {
  test('every five minutes, the words whole, percent signs kept from cron', () => {
    const [, line = ''] = cronBlock(JOB).split('\n')
    assert.match(line, /^\*\/5 \* \* \* \* CFDI_MAIL_KEY_FILE='/)
    assert.match(line, /Facturación 100\\% /)
    assert.equal(/[^\\]%/.test(line), false)
  })

  test('what cron hands to the shell gives the program its very arguments', (t) => {
    const folder = tempFolder(t)
    const show = showingProgram(folder)
    const [, line = ''] = cronBlock({ ...JOB, words: [show, '--data', NASTY] }).split('\n')
    // crontab(5): a percent sign behind a backslash loses the backslash, in quotes too.
    execFileSync('/bin/sh', ['-c', line.split(' ').slice(5).join(' ').replaceAll('\\%', '%')])
    const shown = execFileSync('cat', [`${show}.out`], { encoding: 'utf8' })
    assert.equal(shown, `--data\n${NASTY}\n/etc/llave 100%\n`)
  })

  test('installing twice leaves one block and every other line; removing gives the table back', () => {
    const mine = '# mío\nMAILTO=yo@example.com\n0 3 * * * respaldo $& $1'
    const once = withBlock(mine, JOB, cronBlock(JOB))
    assert.ok(once.startsWith(`${mine}\n`))
    assert.equal(withBlock(once, JOB, cronBlock(JOB)), once)
    const hourly = withBlock(once, JOB, cronBlock({ ...JOB, every: 3_600_000 }))
    assert.equal(hourly.match(/BEGIN cfdi-mail/g)?.length, 1)
    assert.match(hourly, /^0 \* \* \* \* /m)
    assert.equal(withoutBlock(once, JOB), `${mine}\n`)
    assert.equal(blockIn(once, { name: 'cfdi-mail-otra' }), null)
  })

  test('two companies have a block each', () => {
    const other = { ...JOB, name: 'cfdi-mail-acme' }
    const both = withBlock(withBlock('', JOB, cronBlock(JOB)), other, cronBlock(other))
    assert.equal(withoutBlock(both, JOB), cronBlock(other))
  })

  test('intervals that cron can keep, and those that it cannot', () => {
    const minutes = (n: number) => cronTimes(n * 60_000)
    assert.deepEqual([1, 15, 60, 120, 1440].map(minutes), [
      '* * * * *',
      '*/15 * * * *',
      '0 * * * *',
      '0 */2 * * *',
      '0 0 * * *',
    ])
    for (const n of [0.5, 7, 90, 300]) assert.throws(() => minutes(n), { code: 'BAD_INTERVAL' })
  })
})

describe('units of systemd', () => {
  const analyze = program('systemd-analyze')

  test('specifiers, variables and quotes of a path are kept from systemd', () => {
    const text = unitsOf(JOB)[1]?.text ?? ''
    assert.match(text, /^ExecStart=.*"\/srv\/Facturación 100%% \\"A\\" 'B' \$\$HOME \\\\z"$/m)
    assert.match(text, /^Environment="CFDI_MAIL_KEY_FILE=\/etc\/llave 100%%"$/m)
  })

  test('say what they are in the words that they are given, and of different words are still the same job', () => {
    const files = (titles: ScheduledJob['titles']) =>
      unitsOf({ ...JOB, titles }).map(({ name, text }) => ({ path: name, text }))
    const [spanish, english] = [files(JOB.titles), files({ job: 'CFDI by mail', timer: 'CFDI by mail' })]
    assert.match(spanish[0]?.text ?? '', /^Description=cfdi-mail: CFDI por correo, 100 %% a tiempo$/m)
    assert.match(english[1]?.text ?? '', /^Description=cfdi-mail: CFDI by mail$/m)
    assert.ok(isSameJob(spanish, english))
    const other = files(JOB.titles).map(({ path, text }) => ({
      path,
      text: text.replace(' send ', ' watch '),
    }))
    assert.ok(!isSameJob(spanish, other))
  })

  for (const scope of ['user', 'system'] as const) {
    for (const stay of ['timer', 'resident'] as const) {
      test(`systemd finds nothing wrong with a ${stay} of the ${scope}`, { skip: analyze.skip }, (t) => {
        const folder = join(tempFolder(t), 'units')
        mkdirSync(folder)
        const units = unitsOf({
          ...JOB,
          words: [process.execPath, ...JOB.words.slice(1)],
          scope,
          stay,
          user: 'root',
        })
        for (const { name, text } of units) writeFileSync(join(folder, name), text)
        const files = units.map(({ name }) => join(folder, name))
        // It exits with an error, and says why, when a line is wrong; what it says of other units is not ours.
        const said = execFileSync(analyze.path, ['verify', `--${scope}`, '--man=no', ...files], {
          encoding: 'utf8',
          stdio: 'pipe',
          env: { ...process.env, XDG_RUNTIME_DIR: folder },
        })
        assert.equal(said, '')
      })
    }
  }
})

describe('a task for Windows', () => {
  const xmllint = program('xmllint')

  test(
    'is UTF-16 with its mark, well-formed, and says what the page asks for',
    { skip: xmllint.skip },
    (t) => {
      const file = join(tempFolder(t), 'task.xml')
      writeFileSync(file, utf16(taskXml(JOB)))
      const read = (path: string) =>
        execFileSync(xmllint.path, ['--xpath', `string(//*[local-name()='${path}'])`, file], {
          encoding: 'utf8',
        }).trimEnd()
      assert.equal(read('Interval'), 'PT5M')
      assert.equal(read('Description'), 'cfdi-mail schedule: CFDI por correo')
      assert.equal(read('RunLevel'), 'HighestAvailable')
      assert.equal(read('LogonType'), 'InteractiveToken')
      assert.equal(read('DisallowStartIfOnBatteries'), 'false')
      assert.equal(
        read('Arguments'),
        `/opt/cfdi-mail/bin/cfdi-mail send --data "/srv/Facturación 100% \\"A\\" 'B' $HOME \\z"`,
      )
    },
  )

  test('a folder that ends in a backslash does not swallow the quote behind it', () => {
    const text = taskXml({ ...JOB, words: ['node.exe', '--data', 'C:\\Mis datos\\'] })
    assert.match(text, /<Arguments>--data "C:\\Mis datos\\\\"<\/Arguments>/)
  })

  test('whole minutes only', () => {
    assert.equal(isoSpan(90 * 60_000), 'PT90M')
    assert.throws(() => isoSpan(30_000), { code: 'BAD_INTERVAL' })
  })
})
