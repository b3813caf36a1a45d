import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cliInside } from '../support/main.ts'

// «No existe el cliente C1» and the way to a list of thousands was all that was said to who left the zeros out.
test('a name that nobody has is told with the one that was meant, to people and to scripts', async (t) => {
  const program = cliInside(t)
  await program.run(['init', '--yes'])
  await program.run(['customers', 'add', 'C00001', '--name', 'Uno', '--email', 'uno@ure.example'])
  const shown = await program.run(['clientes', 'ver', 'C1'])
  assert.match(shown.stderr, /¿Quiso decir C00001\? Véalos con/)
  const packaged = await program.run(['package', '--client', 'c0001', '--all', '--lang', 'en'])
  assert.match(packaged.stderr, /Did you mean C00001\?/)
  const role = ['operators', 'set', 'ana', 'administador', '--json']
  for (const [words, code, nearest] of [
    [['types', 'show', 'GARL', '--json'], 'TYPE_NOT_FOUND', 'GRAL'],
    [[...role, '--lang', 'en'], 'ROLE_NOT_FOUND', 'administrator'],
    [[...role, '--lang', 'es'], 'ROLE_NOT_FOUND', 'administrador'],
    [['types', 'show', 'OTRO', '--json'], 'TYPE_NOT_FOUND', undefined],
  ] as const) {
    const error = await program.json<{ readonly code: string; readonly nearest?: string }>(words)
    assert.deepEqual([error.kind, error.code, error.nearest], ['error', code, nearest])
  }
})
