import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { writeMessageFile } from '../../src/core/files/message-file.ts'
import { runMain } from '../support/main.ts'
import { tempFolder } from '../support/temp.ts'

describe('a flag that names a path', () => {
  test('refuses an empty text, which would mean the working folder', async (t) => {
    const data = tempFolder(t)
    const lines = [
      ['init', '--source', ''],
      ['init', '--data', ''],
      ['init', '--config', ''],
      ['package', '--all', '--source', ''],
      ['send', '--sandbox='],
      ['customers', 'import', '--from-cfdi', ''],
      ['templates', 'preview', '--out', ''],
    ]
    for (const line of lines) {
      const { code, stdout } = await runMain(data, [...line, '--json', '--lang', 'en'])
      const error = JSON.parse(stdout) as { code: string; message: string }
      assert.deepEqual([code, error.code], [64, 'BAD_CHOICE'], line.join(' '))
      assert.ok(error.message.includes(line.at(-1) === '' ? (line.at(-2) ?? '') : '--sandbox'), error.message)
    }
    assert.equal((await runMain(data, ['customers', 'import', ''])).code, 64)
    assert.equal(existsSync(join(data, 'store.db')), false)
  })
})

// A script that added --quiet for its cron job had nothing to parse when all went well.
describe('one JSON document', () => {
  test('is written with --quiet too, and for help and version', async (t) => {
    const data = tempFolder(t)
    await runMain(data, ['init', '--yes'])
    const kinds: [string, ...string[]][] = [
      ['sent', 'send', '--quiet'],
      ['status', 'status', '-q'],
      ['packaged', 'package', '--all', '--dry-run', '--quiet', '--source', tempFolder(t)],
      ['error', 'outbox', 'show', 'X', '--quiet'],
      ['text', '--version'],
      ['text', 'send', '--help'],
    ]
    for (const [kind, ...line] of kinds) {
      const { stdout } = await runMain(data, [...line, '--json'])
      assert.equal((JSON.parse(stdout) as { kind: string }).kind, kind, line.join(' '))
    }
    assert.equal((await runMain(data, ['send', '--quiet'])).stdout, '')
  })
})

describe('a lone dash', () => {
  test('is standard input, as an argument and as a value', async (t) => {
    const data = tempFolder(t)
    await runMain(data, ['init', '--yes'])
    const imported = await runMain(data, ['customers', 'import', '-', '--json'], { input: 'clave\nC1\n' })
    assert.deepEqual((JSON.parse(imported.stdout) as { created: unknown }).created, ['C1'])
    const old = Buffer.from('clave,nombre\nC2,\x93A\x94\n', 'latin1')
    await runMain(data, ['customers', 'import', '-'], { input: old })
    assert.match((await runMain(data, ['customers', 'show', 'C2'])).stdout, /“A”/)
    const marked = await runMain(data, ['documents', 'cancel', '--file', '-', '--reason', 'x', '--json'], {
      input: '6F1E6A7C-0000-4000-8000-000000000001',
    })
    assert.equal(marked.code, 0, marked.stderr)
  })
})

// It said "el perfil - no tiene uno guardado", and its cure was refused: there was no profile to keep the mailbox for.
describe('the check of a bounce mailbox that nobody named', () => {
  test('says that there is no profile yet, and shows no --save that would be refused', async (t) => {
    const data = tempFolder(t)
    await runMain(data, ['init', '--yes'])
    for (const [language, words] of [
      ['es', /: todavía no hay ningún perfil de correo\.\n.*rebotes@ejemplo\.mx\. Para guardarlo/],
      ['en', /: there is no mail profile yet\.\n.*bounces@example\.com\. To keep it/],
    ] as const) {
      const { code, stderr } = await runMain(data, ['bounces', 'check', '--lang', language])
      assert.equal(code, 78)
      assert.match(stderr, words)
      assert.doesNotMatch(stderr, / - /)
    }
  })
})

describe('init again', () => {
  test('leaves the settings file and says that a source was not set', async (t) => {
    const [data, one, two] = [tempFolder(t), tempFolder(t), tempFolder(t)]
    assert.equal((await runMain(data, ['init', '--yes', '--source', one])).code, 0)
    assert.equal((await runMain(data, ['init', '--yes', '--source', one])).code, 0, 'it holds already')
    const second = await runMain(data, ['init', '--yes', '--source', two, '--json'])
    const result = JSON.parse(second.stdout) as Record<string, unknown>
    assert.equal(second.code, 1)
    assert.deepEqual([result['sources'], result['settingsKept'], result['notSet']], [[one], true, [two]])
    const { stdout } = await runMain(data, ['init', '--yes', '--source', two])
    assert.match(stdout, /se dejó como está/)
    assert.ok(stdout.includes(`No se puso: ${two}. Edite «sources» en ${join(data, 'cfdi-mail.yaml')}`))
    assert.ok(!readFileSync(join(data, 'cfdi-mail.yaml'), 'utf8').includes(two))
  })
})

describe('a data folder that cannot be used', () => {
  const refused = async (data: string, words: readonly string[]) => {
    const { code, stdout } = await runMain(data, [...words, '--json'])
    const error = JSON.parse(stdout) as { code: string; message: string }
    assert.deepEqual([code, error.code], [78, 'NO_ACCESS'], stdout)
    assert.ok(error.message.includes(data), error.message)
  }

  test('is told with its path: a file, or a place below one', async (t) => {
    const file = join(tempFolder(t), 'data')
    writeFileSync(file, '')
    await refused(file, ['init', '--yes'])
    await refused(file, ['status'])
    await refused(join(file, 'x'), ['init', '--yes'])
  })

  const mayAll = process.getuid?.() === 0 || process.platform === 'win32'
  const skip = mayAll ? 'this user may read every folder' : false
  test('is told when it is another user’s, and not taken for an empty one', { skip }, async (t) => {
    const data = join(tempFolder(t), 'data')
    mkdirSync(data, { mode: 0o000 })
    await refused(data, ['status'])
    await refused(data, ['init', '--yes'])
  })

  test(
    'is told where the system makes no folders',
    { skip: process.platform !== 'linux' && 'no /proc' },
    () => refused('/proc/cfdi-mail', ['init', '--yes']),
  )
})

describe('the language of the settings', () => {
  test('holds for help, usage errors and other errors; --lang comes before it', async (t) => {
    const data = tempFolder(t)
    writeFileSync(join(data, 'cfdi-mail.yaml'), 'language: en\n')
    assert.match((await runMain(data, ['customers', '--help'])).stdout, /Commands:/)
    assert.match((await runMain(data, ['customers', 'foo'])).stderr, /There is no command "customers foo"/)
    assert.match((await runMain(data, ['status'])).stderr, /There is no store/)
    assert.match((await runMain(data, ['status', '--lang', 'es'])).stderr, /No hay almacén/)
  })
})

describe('a command line that does not fit', () => {
  const cases: readonly (readonly [line: string, message: RegExp, help: string])[] = [
    ['', /Falta la orden/, 'cfdi-mail --help'],
    ['customers', /le falta decir qué hacer: listar, ver/, 'cfdi-mail clientes --help'],
    ['clientes nada', /No existe la orden «clientes nada»/, 'cfdi-mail clientes --help'],
    ['--lang es customers contacts x', /«clientes contactos x»/, 'cfdi-mail clientes contactos --help'],
    ['customers show', /le falta <clave>/, 'cfdi-mail clientes ver --help'],
    ['customers show --nada C1', /no conoce --nada/, 'cfdi-mail clientes ver --help'],
    ['customers show C1 C2', /no conoce C2/, 'cfdi-mail clientes ver --help'],
    ['send --limit', /--limit necesita un valor/, 'cfdi-mail enviar --help'],
    ['package --group-by x', /«x» no sirve para --agrupar/, 'cfdi-mail empaquetar --help'],
  ]
  for (const [line, message, help] of cases) {
    test(`«${line}» says what is wrong and where the help is`, async (t) => {
      const ran = await runMain(
        tempFolder(t),
        line.split(' ').filter((word) => word !== ''),
      )
      assert.equal(ran.code, 64)
      assert.match(ran.stderr, message)
      assert.ok(ran.stderr.includes(`Vea ${help}\n`), ran.stderr)
    })
  }

  test('the folio that a cancellation needs is asked for by its name', async (t) => {
    const data = tempFolder(t)
    await runMain(data, ['init', '--yes'])
    const { code, stderr } = await runMain(data, ['documents', 'cancel', '--reason', 'x'])
    assert.equal(code, 64)
    assert.match(stderr, /UUID.*--archivo/)
  })
})

describe('help in Spanish', () => {
  test('has no English words, no empty defaults, and Spanish names of arguments', async (t) => {
    const data = tempFolder(t)
    for (const line of ['outbox hold', 'customers import', 'customers check', 'templates set', 'send']) {
      const { stdout } = await runMain(data, [...line.split(' '), '--help'])
      assert.doesNotMatch(stdout, /Positionals|tabla|\[\]|∅|<order|<code|<template/, line)
    }
    assert.match((await runMain(data, ['outbox', 'hold', '--help'])).stdout, /retener <orden\.\.>[^]*Datos:/)
    const { stdout } = await runMain(data, ['clientes', '--help'])
    assert.match(stdout, /^ {2}cfdi-mail clientes alta \[clave\] .*\n.*\[alias: add, agregar\]/m)
  })
})

describe('a file to write', () => {
  test('whose folder is not there cannot be written', async (t) => {
    const data = tempFolder(t)
    await runMain(data, ['init', '--yes'])
    mkdirSync(join(data, 'folder'))
    for (const out of ['/nope/x.html', join(data, 'folder')]) {
      const { code, stderr } = await runMain(data, ['templates', 'preview', '--out', out])
      assert.equal(code, 66)
      assert.ok(stderr.includes(`No se puede escribir ${out}`), stderr)
    }
  })
})

describe('ways to send that exclude one another', () => {
  // --plan once won over --sandbox, and --sandbox over --redirect-to, in silence.
  test('are refused by their names', async (t) => {
    const data = tempFolder(t)
    const folder = join(tempFolder(t), 'out')
    await runMain(data, ['init', '--yes'])
    for (const [flags, named] of [
      [['--plan', '--sandbox', folder], '--previsto, --ensayo'],
      [['--sandbox', folder, '--redirect-to', 'yo@x.mx'], '--ensayo, --desviar-a'],
      [['--watch', '--plan'], '--previsto, --vigilar'],
    ] as const) {
      const { code, stdout } = await runMain(data, ['send', ...flags, '--json'])
      const error = JSON.parse(stdout) as { code: string; message: string }
      assert.deepEqual([code, error.code], [64, 'BAD_SELECTION'])
      assert.ok(error.message.includes(named), error.message)
    }
    assert.equal(existsSync(folder), false)
  })

  // It once called itself a bug (70).
  test('a sandbox folder that is a file is refused by its name', async (t) => {
    const file = join(tempFolder(t), 'notas.txt')
    writeFileSync(file, '')
    assert.throws(() => writeMessageFile(file, 'A1', { chunks: [Buffer.from('x')], ending: 'eml' }), {
      code: 'CANNOT_WRITE',
      params: { path: file },
    })
  })
})
