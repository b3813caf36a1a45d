import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { Sqlite } from '../../src/core/store/sqlite.ts'
import type { ResultOf } from '../../src/core/model/result.ts'
import { makePdf, uuidOf, writeErpFolder } from '../support/cfdi-factory.ts'
import { cli } from '../support/cli.ts'
import { smtpServer } from '../support/smtp-server.ts'
import { tempFolder } from '../support/temp.ts'

const INVOICE = { folio: '1', issuedAt: '2024-05-02T10:00:00', receiverRfc: 'URE180429TM6' }

test('row 132: each run tells its head; a log that is edited afterwards no longer verifies', async (t) => {
  const program = cli(t)
  const server = await smtpServer(t)
  const folder = tempFolder(t)
  await writeErpFolder(folder, [{ cfdi: INVOICE, pdf: makePdf('1', 3000) }])
  await program.run(['init', '--yes', '--source', folder])
  await program.run([
    'customers',
    'add',
    'C1',
    '--rfc',
    INVOICE.receiverRfc,
    '--name',
    'X',
    '--email',
    'a@ure.example',
  ])
  const server_ = ['--host', '127.0.0.1', '--port', String(server.port), '--security', 'none']
  await program.run(['smtp-test', ...server_, '--from', 'f@example.com', '--save', 'oficina'])
  await program.run(['package', '--all'])
  const sent = await program.json<ResultOf<'sent'>>(['send'])
  assert.match(sent.auditHead, /^[0-9a-f]{64}$/)

  const out = join(tempFolder(t), 'constancia')
  const wish = ['--folio-fiscal', uuidOf(INVOICE).toLowerCase(), '--salida', out]
  const evidence = await program.run(['evidencia', ...wish, '--lang', 'es'])
  assert.equal(evidence.code, 0, evidence.stderr)
  assert.match(evidence.stdout, /a@ure\.example: enviado/)
  const page = readFileSync(join(out, 'index.html'), 'utf8')
  assert.match(page, /^<!doctype html>\n<html lang="es">/)
  assert.ok(page.includes(sent.auditHead))

  const whole = await program.run(['auditoria', 'verificar', '--huella', sent.auditHead, '--lang', 'es'])
  assert.equal(whole.code, 0)
  assert.match(whole.stdout, /^La bitácora está completa: \d+ eventos/)

  const store = new Sqlite(join(program.data, 'store.db'))
  store.exec("drop trigger event_no_update; update event set detail = '550 no' where event = 'sent'")
  store.close()
  const edited = await program.run(['audit', 'verify', '--lang', 'en'])
  assert.equal(edited.code, 1)
  assert.match(edited.stdout, /^Event \d+ is not what was written/)
})
