import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cli } from '../support/cli.ts'

void test('an error names a flag, and what it may be, as its reader types them', async (t) => {
  const program = cli(t)
  await program.run(['init'])
  const wrong = ['profiles', 'assign', 'oficina', '--module', 'x']
  const spanish = await program.run(wrong)
  assert.equal(spanish.code, 64)
  assert.match(spanish.stderr, /«x» no sirve para --modulo\.\n.*facturacion, cobranza/)
  const english = await program.run([...wrong, '--lang', 'en'])
  assert.match(english.stderr, /"x" does not fit --module\.\n.*invoicing, collections/)

  // These two still spoke of --security and --sent to whoever had typed --seguridad and --enviado.
  const typed = await program.run(['probar-smtp', '--seguridad', 'poca'])
  assert.match(typed.stderr, /«poca» no sirve para --seguridad\.\n.*starttls, tls, ninguna\./)
  const near = await program.run(['bandeja', 'listar', '--estado', 'retenid'])
  assert.match(near.stderr, /«retenid» no sirve para --estado\.\n.*¿Quiso decir retenido\? Puede ser: /)
  const both = await program.run(['bandeja', 'resolver', 'X', '--enviado', '--reenviar'])
  assert.match(both.stderr, /Las opciones --enviado, --reenviar no van juntas/)
})

void test('a mistyped flag or command is a usage error that says what was meant, in JSON too', async (t) => {
  const program = cli(t)
  const typed = await program.run(['empaquetar', '--clinet', 'C00001'])
  assert.equal(typed.code, 64)
  assert.match(typed.stderr, /no conoce --clinet\.\n.*¿Quiso decir --cliente\?/)
  const json = await program.run(['empaqeutar', '--json'])
  assert.equal(json.code, 64)
  const error = JSON.parse(json.stdout) as { code: string; hint: string }
  assert.deepEqual([error.code, error.hint.split('?')[0]], ['USAGE', '¿Quiso decir cfdi-mail empaquetar'])
})
