import assert from 'node:assert/strict'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { simpleParser } from 'mailparser'
import type { ResultOf } from '../../src/core/model/result.ts'
import type { PackagedResult } from '../../src/core/model/results/packaged.ts'
import { type Cli, cli } from '../support/cli.ts'
import { smtpServer } from '../support/smtp-server.ts'

const FIXTURES = fileURLToPath(new URL('../../fixtures/', import.meta.url))
const ERP = join(FIXTURES, 'erp')

async function ready(program: Cli, port: number): Promise<void> {
  await program.run(['init', '--yes', '--source', ERP])
  await program.run(['customers', 'import', join(FIXTURES, 'customers.csv')])
  const flags = [
    '--host',
    '127.0.0.1',
    '--port',
    String(port),
    '--security',
    'none',
    '--from',
    'facturas@example.com',
  ]
  await program.run(['smtp-test', ...flags, '--save', 'oficina'])
}

describe('the whole job, from a folder to a message at the server', () => {
  test('init, customers import, smtp-test --save, package, send, log', async (t) => {
    const program = cli(t)
    const server = await smtpServer(t)
    await ready(program, server.port)
    const month = ['--client', 'C00001', '--from', '2024-05-01', '--to', '2024-05-31']
    const packaged = await program.json<PackagedResult>(['package', ...month])
    assert.ok(packaged.totals.queued >= 1)
    assert.ok(packaged.documents.every(({ issuedAt }) => issuedAt?.startsWith('2024-05')))
    const sent = await program.run(['send'])
    assert.equal(sent.code, 0, sent.stderr)
    assert.equal(server.messages.length, packaged.orders.length)
    const mail = await simpleParser(server.messages[0]?.raw ?? '')
    assert.deepEqual(mail.attachments.map(({ contentType }) => contentType).slice(0, 2), [
      'application/xml',
      'application/pdf',
    ])
    const log = await program.json<ResultOf<'log'>>(['log', '--client', 'C00001'])
    assert.deepEqual(
      [...new Set(Array.from(log.events, ({ event }) => event))].filter((event) =>
        ['packaged', 'sent'].includes(event),
      ),
      ['packaged', 'sent'],
    )
    const again = await program.json<PackagedResult>(['package', ...month])
    assert.deepEqual([again.totals.queued, again.totals.already], [0, packaged.totals.queued])
  })

  test('the same in Spanish names gives the same', async (t) => {
    const program = cli(t)
    await program.run(['iniciar', '--si', '--origen', ERP])
    await program.run(['clientes', 'importar', join(FIXTURES, 'customers.csv')])
    const ran = await program.run(['empaquetar', '--cliente', 'C00001', '--mes', '2024-05', '--simular'])
    assert.match(ran.stdout, /Simulación: no se dejó nada en la bandeja de salida\./)
    assert.equal(ran.code, 0, ran.stderr)
  })

  test('store and folders are for their owner only', async (t) => {
    const program = cli(t)
    await program.run(['init', '--yes'])
    const modes = ['', 'store.db', 'cfdi-mail.yaml'].map(
      (name) => statSync(join(program.data, name)).mode & 0o777,
    )
    assert.deepEqual(modes, [0o700, 0o600, 0o600])
  })
})

describe('what goes wrong is said, with a code for scripts', () => {
  const cases: readonly {
    readonly words: readonly string[]
    readonly exit: number
    readonly code: string
  }[] = [
    { words: ['package', '--client', 'NADIE', '--today'], exit: 65, code: 'CUSTOMER_NOT_FOUND' },
    { words: ['package'], exit: 64, code: 'NOTHING_SELECTED' },
    { words: ['package', '--client', 'C1', '--from', '2024-02-30'], exit: 64, code: 'BAD_DATE' },
    {
      words: ['package', '--client', 'C1', '--from', '2024-06-01', '--to', '2024-05-01'],
      exit: 64,
      code: 'BAD_PERIOD',
    },
    { words: ['package', '--all', '--source', '/no/hay'], exit: 66, code: 'SOURCE_NOT_FOUND' },
    { words: ['package', '--all', '--type', 'NOHAY'], exit: 65, code: 'TYPE_NOT_FOUND' },
    { words: ['package', '--nada'], exit: 64, code: 'USAGE' },
    { words: ['outbox', 'show', 'XXXX'], exit: 65, code: 'ORDER_NOT_FOUND' },
    { words: ['send', '--profile', 'nohay'], exit: 78, code: 'PROFILE_NOT_FOUND' },
    { words: ['nada'], exit: 64, code: 'USAGE' },
  ]
  for (const { words, exit, code } of cases) {
    test(`cfdi-mail ${words.join(' ')} ends with ${exit} ${code}`, async (t) => {
      const program = cli(t)
      await program.run(['init', '--yes'])
      const ran = await program.run([...words, '--json'])
      const error = JSON.parse(ran.stdout) as {
        readonly kind: string
        readonly code: string
        readonly message: string
      }
      assert.deepEqual([ran.code, error.kind, error.code], [exit, 'error', code])
      assert.notEqual(error.message, '')
    })
  }

  test('without a store every command says how to make one', async (t) => {
    const ran = await cli(t).run(['send'])
    assert.equal(ran.code, 78)
    assert.match(ran.stderr, /cfdi-mail iniciar/)
    assert.equal(ran.stdout, '')
  })
})
