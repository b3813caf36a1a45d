import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { ResultOf } from '../../src/core/model/result.ts'
import { cli } from '../support/cli.ts'
import { smtpServer } from '../support/smtp-server.ts'
import { tempFolder } from '../support/temp.ts'

const FIXTURES = fileURLToPath(new URL('../../fixtures/', import.meta.url))

test('backup, restore, send, store adopt: nothing leaves unasked, and of the key it is said that there is none', async (t) => {
  const program = cli(t, { CFD_MAIL_ERR_MAIL: 'sistemas@example.com' })
  const server = await smtpServer(t)
  await program.run(['init', '--yes', '--source', join(FIXTURES, 'erp')])
  await program.run(['customers', 'import', join(FIXTURES, 'customers.csv')])
  const host = ['--host', '127.0.0.1', '--port', String(server.port), '--security', 'none']
  await program.run(['smtp-test', ...host, '--from', 'facturas@example.com', '--save', 'oficina'])
  await program.run(['package', '--client', 'C00001', '--month', '2024-05'])
  const before = server.messages.length
  const folder = join(tempFolder(t), 'respaldo')
  const backedUp = await program.run(['respaldar', folder])
  assert.equal(backedUp.code, 0, backedUp.stderr)
  assert.match(backedUp.stdout, /Todavía no hay llave/)
  const other = join(tempFolder(t), 'otra')
  const restored = await program.run(['restore', folder, '--data', other])
  assert.equal(restored.code, 1, restored.stderr)
  assert.match(restored.stdout, /cfdi-mail --datos \S+ almacen adoptar/)
  const refused = await program.run(['send', '--data', other])
  assert.deepEqual([refused.code, refused.stdout], [78, ''])
  assert.match(refused.stderr, /viene de un respaldo/)
  const adopted = await program.json<ResultOf<'store-adopted'>>(['almacen', 'adoptar', '--data', other])
  assert.ok(adopted.deliveries > 0)
  await program.run(['send', '--data', other])
  assert.equal(server.messages.length, before)
  const again = await program.run(['restore', folder, '--data', other, '--json'])
  assert.deepEqual(
    [again.code, (JSON.parse(again.stdout) as { code: string }).code],
    [65, 'FOLDER_NOT_EMPTY'],
  )
})

// Each company has a store of its own: the backup of the data folder said "complete" and held none of them.
test('a backup names the companies that are not in it, and a forgotten or misspelt company is answered with their names', async (t) => {
  const program = cli(t)
  await program.run(['init', '--yes'])
  await program.run(['init', '--yes', '--company', 'norte'])
  await program.run(['init', '--yes', '--company', 'sur'])
  const whole = await program.run(['respaldar', join(tempFolder(t), 'todo')])
  assert.match(whole.stdout, /NO lleva los datos de otras empresas: NORTE, SUR\./)
  const one = await program.run(['respaldar', join(tempFolder(t), 'norte'), '--empresa', 'norte', '--json'])
  assert.deepEqual((JSON.parse(one.stdout) as ResultOf<'backed-up'>).otherCompanies, [])
  const misspelt = await program.run(['enviar', '--empresa', 'nort'])
  assert.equal(misspelt.code, 78)
  assert.match(misspelt.stderr, /con --empresa; aquí hay: NORTE, SUR\./)
})
