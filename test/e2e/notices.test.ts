/** A billing operator writes down collections and payments at a terminal: the screen, the JSON, the exit codes, the mails. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { simpleParser } from 'mailparser'
import type { PaymentNoticesQueuedResult } from '../../src/core/model/results/payment-notices.ts'
import { cliInside } from '../support/main.ts'
import { smtpServer } from '../support/smtp-server.ts'

describe('notices of collections and payments at a terminal', () => {
  test('are written down, marked, sent and sent again, in Spanish and with --json', async (t) => {
    const program = cliInside(t)
    const server = await smtpServer(t)
    const run = async (line: string, code = 0) => {
      const ran = await program.run(line.split(' '))
      assert.equal(ran.code, code, `${line}\n${ran.stdout}${ran.stderr}`)
      return ran.stdout + ran.stderr
    }
    await run('init --yes')
    await run('customers add C00001 --name Ferretera --email pagos@ferretera.example')
    await run('customers add P00001 --kind supplier --name Papelera')
    await run(
      `smtp-test --host 127.0.0.1 --port ${server.port} --security none --from cobranza@emisor.example --save oficina`,
    )
    const paid = '--pagado F-123;1;1000.00;0.00 --pagado F-124;2;500.00;1500.00'
    assert.match(
      await run(`avisos alta --cliente C00001 --importe 1500 --fecha 2024-05-31 --referencia R-205 ${paid}`),
      /R-205 de C00001: en la bandeja de salida para pagos@ferretera\.example/,
    )
    assert.match(await run('avisos alta --cliente C00001 --importe mil --fecha 2024-05-31', 64), /«mil»/)
    assert.match(
      await run('avisos alta --cliente C9 --importe 1 --fecha 2024-05-31', 65),
      /No existe el cliente C9/,
    )
    assert.match(
      await run('avisos alta --cliente C00001 --importe 1 --fecha 2024-05-31 --referencia R-205', 65),
      /ya tiene un recibo con la referencia R-205/,
    )
    const payment =
      'notices add --supplier P00001 --amount 300 --currency USD --date 2024-06-01 --reference T-9'
    const added = await program.json<PaymentNoticesQueuedResult>(`${payment} --no-send`.split(' '))
    assert.deepEqual(
      [
        added.kind,
        added.needsPerson,
        ...added.notices.map(({ result, state, order }) => [result, state, order]),
      ],
      ['payment-notices-queued', false, ['kept', 'not-marked', null]],
    )
    // A supplier without an address: held, and told by the exit code.
    assert.match(await run('notices send --all --lang en', 1), /P00001 has no address/)
    await run('customers set P00001 --email ventas@papelera.example')
    await run('send')
    assert.deepEqual(
      (await Promise.all(server.messages.map(async ({ raw }) => (await simpleParser(raw)).subject))).sort(),
      ['Recibo de cobro R-205', 'Recibo de pago T-9'],
    )
    const listed = await program.json<PaymentNoticesQueuedResult>([
      'avisos',
      'listar',
      '--desde',
      '2024-06-01',
      '--estado',
      'enviado',
    ])
    assert.deepEqual(
      [listed.kind, ...listed.notices.map(({ reference, state, send }) => [reference, state, send])],
      ['payment-notices', ['T-9', 'sent', 'send']],
    )
    await run('avisos reenviar T-9', 64)
    await run('avisos reenviar T-9 --motivo extravío')
    await run('send')
    assert.equal(server.messages.length, 3)
  })
})
