import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { standardReport } from '../support/bounces.ts'
import { cli } from '../support/cli.ts'
import { tempFolder } from '../support/temp.ts'

test('returned mail that nothing ties to an order is counted, in Spanish and in JSON, and needs nobody', async (t) => {
  const program = cli(t)
  assert.equal((await program.run(['init', '--yes'])).code, 0)
  const file = join(tempFolder(t), 'rebote.eml')
  writeFileSync(file, standardReport())
  const spanish = await program.run(['rebotes', 'importar', file, '--lang', 'es'])
  assert.equal(spanish.code, 0, spanish.stderr)
  assert.match(spanish.stdout, /Correos leídos: 1; de órdenes de aquí: 0;/)
  const result = await program.json<{ totals: { unmatched: number } }>(['bounces', 'import', file])
  assert.equal(result.kind, 'bounces-read')
  assert.equal(result.totals.unmatched, 1)
  assert.equal((await program.run(['bounces', 'import', `${file}.none`])).code, 66)
})

test('an address is put in quarantine, shown and released by name', async (t) => {
  const program = cli(t)
  await program.run(['init', '--yes'])
  assert.equal(
    (await program.run(['bounces', 'quarantine', 'add', 'Uno@ure.example', '--reason', 'gone'])).code,
    0,
  )
  const { stdout } = await program.run(['bounces', 'quarantine', 'list', '--lang', 'en'])
  assert.match(stdout, /uno@ure\.example.*gone/)
  assert.equal((await program.run(['bounces', 'quarantine', 'release', 'uno@ure.example'])).code, 0)
  const { code } = await program.json<{ code: string }>([
    'bounces',
    'quarantine',
    'release',
    'uno@ure.example',
  ])
  assert.equal(code, 'NOT_QUARANTINED')
})
