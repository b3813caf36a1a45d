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
})
