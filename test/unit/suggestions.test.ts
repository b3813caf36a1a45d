import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { parseCommandLine } from '../../src/cli/parser.ts'
import { nearestChoice } from '../../src/cli/wrong-value.ts'
import { CfdiMailError, type ErrorParams } from '../../src/core/model/errors.ts'
import { nearestName } from '../../src/core/model/nearest-name.ts'
import type { Language } from '../../src/ui/messages/translate.ts'

async function told(line: string, language: Language = 'es') {
  const { message, hint } = await wrong(line, language)
  return [message, hint]
}

async function wrong(line: string, language: Language = 'es') {
  const read = await parseCommandLine(line.split(' '), language, { version: '', width: 80 })
  assert.ok(read.outcome === 'error', line)
  return read
}

// A slip of the keyboard got "no conoce --clinet" and the way to two pages of help.
describe('a mistyped command line says what was probably meant', () => {
  const MEANT: readonly (readonly [typed: string, es: string, en: string])[] = [
    ['empaqeutar', 'cfdi-mail empaquetar', 'cfdi-mail package'],
    ['pakage', 'cfdi-mail empaquetar', 'cfdi-mail package'],
    ['clientes lsitar', 'cfdi-mail clientes listar', 'cfdi-mail customers list'],
    ['clientes contactos aggregar', 'cfdi-mail clientes contactos alta', 'cfdi-mail customers contacts add'],
    ['empaquetar --clinet C1', '--cliente', '--client'],
    ['package --from 2024-01-01 --clientee=C1', '--cliente', '--client'],
    ['enviar --limte 3 --perfl x', '--limite, --perfil', '--limit, --profile'],
    ['estado --no-colr', '--no-color', '--no-color'],
    ['--jsn estado', '--json', '--json'],
    ['clientes --ayda', '--ayuda', '--help'],
  ]
  for (const [typed, es, en] of MEANT)
    test(`${typed}: ${es}, in English ${en}`, async () => {
      assert.ok((await wrong(typed)).hint.startsWith(`¿Quiso decir ${es}? Vea cfdi-mail `))
      assert.ok((await wrong(typed, 'en')).hint.startsWith(`Did you mean ${en}? See cfdi-mail `))
    })

  test('and nothing where nothing is near, or where something else is wrong', async () => {
    for (const line of [
      'xyzzy',
      'clientes xyzzy',
      'estado extra',
      'enviar --xyzzy',
      'enviar -x',
      'clientes ver',
    ])
      assert.match((await wrong(line)).hint, /^Vea cfdi-mail \S*( \S+)? ?--help$/)
    assert.match((await wrong('enviar --limite')).hint, /^Vea/)
  })

  // "--agrupar cliente1" was told the values, and left to compare them letter by letter.
  const VALUES: readonly (readonly [typed: string, es: string, en: string])[] = [
    ['tipos cambiar GRAL --agrupar cliente1', 'cliente', 'customer'],
    ['types set GRAL --group-by costumer', 'cliente', 'customer'],
    ['probar-smtp --servidor s --seguridad tls1', 'tls', 'tls'],
    ['bitacora --nivel eror', 'error', 'error'],
    ['bitacora --nivel avizo', 'aviso', 'warning'],
    ['perfiles cambiar oficina --proveedor gmial', 'gmail', 'gmail'],
  ]
  for (const [typed, es, en] of VALUES)
    test(`${typed}: ${es}, in English ${en}`, async () => {
      assert.ok((await wrong(typed)).hint.startsWith(`¿Quiso decir ${es}? Puede ser: `))
      assert.ok((await wrong(typed, 'en')).hint.startsWith(`Did you mean ${en}? It can be: `))
    })

  test('a value names its flag, and all that it may be in the language of the reader', async () => {
    assert.deepEqual(await told('types set GRAL --group-by x'), [
      '«x» no sirve para --agrupar.',
      'Puede ser: documento, cliente. Vea cfdi-mail tipos cambiar --help',
    ])
    assert.deepEqual(await told('estado --idioma fr', 'en'), [
      '"fr" does not fit --lang.',
      'It can be: es, en. See cfdi-mail status --help',
    ])
  })

  test('a value that the model refuses too', () => {
    const near = (params: ErrorParams, language: Language = 'es') =>
      nearestChoice(new CfdiMailError('BAD_CHOICE', params), language, nearestName)
    const state = { flag: 'state', value: 'retenid', choices: 'pending, held, sent' }
    assert.equal(near(state), 'retenido')
    assert.equal(near({ ...state, value: 'helt' }), 'retenido')
    assert.equal(near({ ...state, value: 'helt' }, 'en'), 'held')
    assert.equal(near({ ...state, value: 'xyzzy' }), '')
    assert.equal(near({ flag: 'source', value: '', choices: 'path' }), '')
    assert.equal(near({ flag: 'template', value: 'facutra', choices: 'I=…, E=…, several=…' }), '')
  })

  // "cfdi-mail --jsn estado" was told that the command is missing: the flag had taken the command for its value.
  test('a mistyped flag before the command is what is told', async () => {
    assert.equal((await wrong('--jsn estado')).message, 'cfdi-mail no conoce --jsn.')
  })

  // "grupos cambiar NORTE --activo no" was told that it does not know "no".
  test('a flag without a value that is answered says how to say no', async () => {
    const { message } = await wrong('grupos cambiar NORTE --activo no')
    assert.equal(message, '--activo no lleva valor: sola dice que sí, y --no-activo dice que no.')
  })
})
