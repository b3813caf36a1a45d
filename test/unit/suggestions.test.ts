import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { parseCommandLine } from '../../src/cli/parser.ts'
import type { Language } from '../../src/ui/messages/translate.ts'

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
    assert.match((await wrong('bitacora --nivel eror')).hint, /^Vea/)
    assert.match((await wrong('enviar --limite')).hint, /^Vea/)
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
