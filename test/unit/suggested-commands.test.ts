import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { carriedFlags } from '../../src/cli/carried-flags.ts'
import type { AnyCommand, CommandGroup } from '../../src/commands/command.ts'
import { COMMANDS } from '../../src/commands/index.ts'
import { CfdiMailError } from '../../src/core/model/errors.ts'
import type { SmtpTestResult } from '../../src/core/model/results/profiles.ts'
import { makeEn } from '../../src/ui/messages/en/index.ts'
import { es } from '../../src/ui/messages/es/index.ts'
import { carrying } from '../../src/core/model/carrying.ts'
import { errorText } from '../../src/ui/messages/index.ts'
import { makeTell } from '../../src/ui/tell.ts'
import { makeViewContext } from '../../src/ui/view-context.ts'
import { folded } from '../../src/ui/views/fold.ts'
import { viewOf } from '../../src/ui/views/index.ts'

const NAMES = new Set(COMMANDS.flatMap(({ name, aliases }: AnyCommand | CommandGroup) => [name, ...aliases]))
/** A test without steps: what is told of it is words alone. */
const FAILED: SmtpTestResult = {
  ...{ kind: 'smtp-test', ok: false, host: 'smtp.x.mx', port: 587, steps: [], saved: null },
  ...{ cause: 'no-starttls', remedy: null },
}
const NOTHING = { data: undefined, config: undefined, company: undefined }

// With --empresa NORTE each screen ended in "Siguiente paso: cfdi-mail enviar", which sends for another company.
describe('a command that a text suggests', () => {
  test('has the flags of this run, wherever in a text it stands', () => {
    const wrong = [...Object.entries(es), ...Object.entries(makeEn())].flatMap(([key, text]) =>
      [...carrying(text, '--company NORTE').matchAll(/\bcfdi-mail (--company NORTE )?([\p{L}-]+)/gu)]
        .filter(([, flags, word = '']) => (flags !== undefined) !== NAMES.has(word))
        .map(([found]) => `${key}: ${found}`),
    )
    assert.deepEqual(wrong, [])
  })

  test('is as it was in a run that needed none, and so is what comes from data', () => {
    assert.equal(carrying('Next: cfdi-mail send', ''), 'Next: cfdi-mail send')
    const context = makeViewContext({
      ...{ language: 'es', width: undefined, color: 'off', verbosity: 'normal' },
      carried: '--empresa NORTE',
    })
    const command = ['/opt/cfdi-mail', 'send'].join(' ')
    assert.ok(context.t('packaged.next').endsWith('cfdi-mail --empresa NORTE enviar'))
    assert.ok(context.t('schedule.command', { command }).includes(command))
  })

  test('has them in the cure of an error too', () => {
    const reader = { language: 'en', carried: '--company NORTE', flags: {} } as const
    const { hint } = errorText(reader, new CfdiMailError('CUSTOMER_NOT_FOUND', { code: 'X' }))
    assert.equal(
      hint,
      'See them with cfdi-mail --company NORTE customers list, or find one with cfdi-mail --company NORTE customers search.',
    )
  })

  test('says by the reader’s names of flags what was typed, as a shell takes it for one word', () => {
    const linux = { platform: 'linux' } as const
    const typed = { ...NOTHING, company: 'NORTE', data: "/srv/Facturación d'Alba" }
    assert.equal(
      carriedFlags(linux, typed, 'es'),
      String.raw`--datos '/srv/Facturación d'\''Alba' --empresa NORTE`,
    )
    assert.equal(carriedFlags(linux, { ...NOTHING, company: 'NORTE' }, 'en'), '--company NORTE')
    assert.equal(carriedFlags(linux, NOTHING, 'es'), '')
    const windows = carriedFlags({ platform: 'win32' }, { ...NOTHING, data: 'C:\\Mis datos' }, 'en')
    assert.equal(windows, '--data "C:\\Mis datos"')
  })
})

// On 80 columns a hint was broken in the middle of "«sou|rces»".
describe('long prose on a narrow terminal', () => {
  test('is broken between words, under its own beginning', () => {
    assert.equal(folded('uno dos tres cuatro', 9), 'uno dos\ntres\ncuatro')
    assert.equal(folded('  uno: dos tres', 12), '  uno: dos\n    tres')
    assert.equal(folded('✓ uno dos tres', 11), '✓ uno dos\n  tres')
    assert.equal(
      folded('\u001b[31muno\u001b[0m dos', 7),
      '\u001b[31muno\u001b[0m dos',
      'colours take no room',
    )
    assert.equal(folded('uno dos tres', Infinity), 'uno dos tres')
  })

  test('does not break a command to copy, nor the line of a table', () => {
    assert.equal(
      folded('Póngala con cfdi-mail clientes cambiar CLAVE --correo X, y envíe', 24),
      'Póngala con\ncfdi-mail clientes cambiar CLAVE --correo X,\ny envíe',
    )
    assert.equal(
      folded('A7SY7VH9  C00001   uno dos tres cuatro', 20),
      'A7SY7VH9  C00001   uno dos tres cuatro',
    )
  })

  // Between two questions of init words stood broken, as "http|s://".
  test('what is said between questions is broken too; a terminal that does not know its width breaks by itself', () => {
    const told = (columns: number) => {
      let written = ''
      const screen = { columns, write: (words: string) => (written += words) }
      makeTell(screen, 'es')({ notice: 'test-failed', test: FAILED })
      return written.trimEnd().split('\n')
    }
    assert.ok(told(40).length > 3 && told(40).every((line) => line.length <= 40), told(40).join('\n'))
    assert.equal(told(40).join(' '), told(0).join(' '))
    assert.equal(told(0).length, 5)
  })

  test('an error’s words are broken; what its hint gives to copy stays', () => {
    const line = '*/5 * * * * /usr/bin/node /opt/cfdi-mail/bin/cfdi-mail send --quiet --data /srv/cfdi'
    const shown = viewOf(
      {
        ...{
          kind: 'error',
          code: 'SCHEDULER_MISSING',
          message: 'Uno dos tres cuatro cinco seis siete ocho nueve diez once',
        },
        hint: `Hágalo a mano:\n\n${line}`,
      },
      makeViewContext({ language: 'es', width: 40, color: 'off', verbosity: 'normal' }),
    )
    assert.equal(
      shown,
      `Error: Uno dos tres cuatro cinco seis\nsiete ocho nueve diez once\nSugerencia: Hágalo a mano:\n\n${line}`,
    )
  })
})
