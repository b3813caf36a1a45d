import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { simpleParser } from 'mailparser'
import type { ResultOf } from '../../src/core/model/result.ts'
import type { PackagedResult } from '../../src/core/model/results/packaged.ts'
import { cli } from '../support/cli.ts'
import { makePdf, writeErpFolder } from '../support/cfdi-factory.ts'
import { type ReceivedMessage, smtpServer } from '../support/smtp-server.ts'
import { tempFolder } from '../support/temp.ts'

const CUSTOMERS = fileURLToPath(new URL('../../fixtures/customers.csv', import.meta.url))
const ALMGAR = { receiverRfc: 'XIQB891116QE4', receiverName: 'ALMACENES GARCIA' } as const

// Proscai's own example: two invoices to ALMGAR, who has no address. There the operator adds it and has to package again.
test('ALMGAR has no address: the operator is told, adds it, and the next send delivers both without packaging again', async (t) => {
  const server = await smtpServer(t)
  const invoices = tempFolder(t)
  await writeErpFolder(
    invoices,
    ['501', '502'].map((folio) => ({ cfdi: { ...ALMGAR, folio }, pdf: makePdf(folio, 2000) })),
  )
  const program = cli(t, { CFD_MAIL_ERR_MAIL: 'sistemas@example.com' })
  await program.run(['iniciar', '--si', '--origen', invoices])
  await program.run(['clientes', 'importar', CUSTOMERS])
  const host = ['--servidor', '127.0.0.1', '--puerto', String(server.port), '--seguridad', 'none']
  const tested = await program.run([
    'probar-smtp',
    ...host,
    '--remitente',
    'facturas@example.com',
    '--guardar',
    'oficina',
  ])
  assert.match(tested.stdout, /Configuración correcta/)

  const packaged = await program.run(['empaquetar', '--cliente', 'ALMGAR', '--todo'])
  assert.equal(packaged.code, 1, 'something needs a person')
  assert.match(packaged.stdout, /ALMGAR/)

  const refused = await program.run(['enviar'])
  assert.equal(refused.code, 1, refused.stderr)
  assert.deepEqual(recipientsOf(server.messages), ['sistemas@example.com'], 'only the notice went out')
  const notice = await simpleParser(server.messages[0]?.raw ?? '')
  assert.match(notice.text ?? '', /ALMGAR/)
  assert.match(notice.text ?? '', /clientes cambiar|customers set/)

  await program.run(['clientes', 'cambiar', 'ALMGAR', '--correo', 'pagos@almgar.example'])
  const sent = await program.run(['enviar'])
  assert.equal(sent.code, 0, sent.stdout + sent.stderr)
  const mails = server.messages.filter(({ recipients }) => recipients.includes('pagos@almgar.example'))
  const names = await Promise.all(mails.map(attachmentNames))
  assert.deepEqual(
    names.flat().map((name) => name.replace(/_[0-9A-F-]{36}/, '')),
    ['501', '502'].flatMap((folio) => [`EKU9003173C9_A${folio}.xml`, `EKU9003173C9_A${folio}.pdf`]),
  )

  const again = await program.json<PackagedResult>(['empaquetar', '--cliente', 'ALMGAR', '--todo'])
  assert.deepEqual([again.totals.queued, again.totals.already], [0, 2])
  const log = await program.json<ResultOf<'log'>>(['bitacora', '--cliente', 'ALMGAR'])
  assert.deepEqual(
    Array.from(log.events, ({ event }) => event).filter((event) => event !== 'customer-saved'),
    ['packaged', 'held', 'packaged', 'held', 'addressed', 'addressed', 'sent', 'sent'],
  )
})

function recipientsOf(messages: readonly ReceivedMessage[]): string[] {
  return messages.flatMap(({ recipients }) => recipients)
}

async function attachmentNames({ raw }: ReceivedMessage): Promise<string[]> {
  return (await simpleParser(raw)).attachments.map(({ filename }) => filename ?? '')
}
