import assert from 'node:assert/strict'
import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test, type TestContext } from 'node:test'
import { loadSettings } from '../../src/core/config/load.ts'
import { CfdiMailError } from '../../src/core/model/errors.ts'
import { errorText } from '../../src/ui/messages/index.ts'
import { tempFolder } from '../support/temp.ts'

function written(t: TestContext, name: string, text: string): string {
  const file = join(tempFolder(t), name)
  writeFileSync(file, text)
  return file
}

/** The error of loading, `code name` a line. */
function problemsOf(load: () => unknown): readonly string[] {
  try {
    load()
  } catch (error) {
    assert.ok(error instanceof CfdiMailError && error.code === 'BAD_SETTINGS', String(error))
    return error.problems.map(({ code, params }) => `${code} ${params['name'] ?? ''}`.trim())
  }
  return []
}

describe('a settings file', () => {
  test('may be YAML or JSON, whatever its letters, and with a byte order mark', (t) => {
    for (const name of ['a.yaml', 'a.YML', 'a.json', 'a']) {
      const { settings } = loadSettings([written(t, name, '\ufeff{"company": "UNO"}')], {})
      assert.equal(settings.company, 'UNO', name)
    }
  })

  test('that is a script, or a link to one, is refused and not run', (t) => {
    for (const extension of ['js', 'cjs', 'mjs', 'ts', 'txt']) {
      const folder = tempFolder(t)
      const trace = join(folder, 'ran')
      const script = join(folder, `settings.${extension}`)
      writeFileSync(script, `require('fs').writeFileSync(${JSON.stringify(trace)}, ''); module.exports = {}`)
      symlinkSync(script, join(folder, 'link.yaml'))
      for (const file of [script, join(folder, 'link.yaml')])
        assert.deepEqual(
          problemsOf(() => loadSettings([file], {})),
          ['not-settings'],
        )
      assert.equal(existsSync(trace), false, extension)
    }
  })

  test('runs nothing that it names, nor what the working folder has', (t) => {
    const folder = tempFolder(t)
    const trace = join(folder, 'ran')
    const script = `require('fs').writeFileSync(${JSON.stringify(trace)}, ''); module.exports = {}`
    mkdirSync(join(folder, '.config'))
    for (const name of ['evil.js', '.config/config.js', '.config/config.cjs'])
      writeFileSync(join(folder, name), script)
    writeFileSync(join(folder, 'a.yaml'), '$import: ./evil.js\n')
    const before = process.cwd()
    process.chdir(folder)
    try {
      assert.deepEqual(
        problemsOf(() => loadSettings(['a.yaml'], {})),
        ['unknown $import'],
      )
    } finally {
      process.chdir(before)
    }
    assert.equal(existsSync(trace), false)
  })

  test('is told all that is wrong with it, and with the environment', (t) => {
    const file = written(t, 'a.yaml', 'sorces: x\nlang: es\nlanguage: fr\nmaxFileBytes: -1\n')
    const environment = { CFDI_MAIL_COMPANY: '2024', CFDI_MAIL_MAX_FILE_BYTES: 'many' }
    assert.deepEqual(
      problemsOf(() => loadSettings([file], environment)),
      ['unknown sorces', 'unknown lang', 'type language', 'type maxFileBytes', 'type maxFileBytes'],
    )
    assert.equal(loadSettings([], { CFDI_MAIL_COMPANY: '2024' }).settings.company, '2024')
  })

  test('that does not parse says the line, in the reader’s words', (t) => {
    const cases = [
      ['a.yaml', 'language: es\nsources: [a\nx: 1\n', /línea 3, columna \d+: no es YAML válido/],
      ['a.json', '{\n"language": "es",\n}', /línea [23], columna \d+: no es JSON válido/],
      ['b.yaml', '- es\n', /debe tener nombres y valores/],
      ['c.yaml', 'maxFileBytes: mucho\n', /«maxFileBytes» debe ser un número entero de bytes/],
    ] as const
    for (const [name, text, words] of cases) {
      const file = written(t, name, text)
      assert.throws(
        () => loadSettings([file], {}),
        (error) => error instanceof CfdiMailError && words.test(errorText({ language: 'es' }, error).message),
        name,
      )
    }
  })
})
