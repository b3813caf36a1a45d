import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { test } from 'node:test'
import type { ResultOf } from '../../src/core/model/result.ts'
import { makePdf, writeErpFolder } from '../support/cfdi-factory.ts'
import { cli, finished } from '../support/cli.ts'
import { type ReceivedMessage, smtpServer } from '../support/smtp-server.ts'
import { tempFolder } from '../support/temp.ts'

const DOCUMENTS = 60
const KILLS = 8

test('row 1: kill -9 at random moments: nothing lost, nothing twice, the rest unknown', async (t) => {
  const program = cli(t)
  const server = await smtpServer(t)
  const folder = tempFolder(t)
  const receiver = {
    receiverRfc: 'URE180429TM6',
    receiverName: 'UNIVERSIDAD ROBOTICA ESPAÑOLA',
    issuedAt: '2024-05-02T10:00:00',
  }
  const documents = Array.from({ length: DOCUMENTS }, (_, i) => ({
    cfdi: { ...receiver, folio: String(i + 1) },
    pdf: makePdf('x', 3000),
  }))
  await writeErpFolder(folder, documents)
  await program.run(['init', '--yes', '--source', folder])
  await program.run([
    'customers',
    'add',
    'C1',
    '--name',
    receiver.receiverName,
    '--rfc',
    receiver.receiverRfc,
    '--email',
    'a@ure.example',
  ])
  const flags = [
    '--host',
    '127.0.0.1',
    '--port',
    String(server.port),
    '--security',
    'none',
    '--from',
    'f@example.com',
    '--connections',
    '3',
  ]
  await program.run(['smtp-test', ...flags, '--save', 'oficina'])
  await program.run(['package', '--all'])
  for (let kill = 0; kill < KILLS; kill++) {
    const child = program.start(['send', '--quiet'])
    const ended = finished(child)
    // Start-up takes some hundred milliseconds; the deaths fall before, into and after the sending.
    await Promise.race([ended, sleep(300 + Math.random() * 500)])
    child.kill('SIGKILL')
    await ended
  }
  await program.run(['send'])
  const { orders } = await program.json<ResultOf<'outbox'>>(['outbox', 'list', '--limit', '1000'])
  const copies = copiesById(server.messages)
  assert.equal(orders.length, DOCUMENTS)
  for (const { messageId, deliveries } of orders) {
    const state = deliveries[0]?.state
    const at = copies.get(messageId) ?? 0
    assert.ok(at <= 1, `${messageId} arrived ${at} times`)
    assert.ok(
      state === 'unknown' || (state === 'sent' && at === 1),
      `${messageId}: ${state}, arrived ${at} times`,
    )
  }
})

/** How often each Message-ID arrived. */
function copiesById(messages: readonly ReceivedMessage[]): Map<string, number> {
  const copies = new Map<string, number>()
  for (const { raw } of messages) {
    const id = /^Message-ID: (.*)$/im.exec(raw.toString('latin1'))?.[1]?.trim() ?? ''
    copies.set(id, (copies.get(id) ?? 0) + 1)
  }
  return copies
}
