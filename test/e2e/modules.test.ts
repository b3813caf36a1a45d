/** Modules and document settings as a person uses them: command after command, three servers on 127.0.0.1, and --json. */
import assert from 'node:assert/strict'
import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { describe, test, type TestContext } from 'node:test'
import { finished } from '../support/cli.ts'
import { cliInside } from '../support/main.ts'
import { type CfdiOptions, writeErpFolder } from '../support/cfdi-factory.ts'
import { INGRID, payrollOf } from '../support/payroll.ts'
import { writePaper } from '../support/papers.ts'
import { smtpServer } from '../support/smtp-server.ts'
import { tempFolder } from '../support/temp.ts'

const INVOICE: CfdiOptions = { series: 'A', folio: '1' }
const PAYMENT: CfdiOptions = { kind: 'P', series: 'P', folio: '2' }

/** A program with one customer and one employee, and a source folder with these documents. */
async function house(t: TestContext, documents: readonly CfdiOptions[]) {
  const program = cliInside(t)
  const source = tempFolder(t)
  await writeErpFolder(
    source,
    documents.map((cfdi) => ({ cfdi })),
  )
  const run = async (line: string, code = 0) => {
    const ran = await program.run(line.split(' '))
    assert.equal(ran.code, code, `${line}\n${ran.stdout}${ran.stderr}`)
    return ran.stdout
  }
  const profile = async (name: string) => {
    const server = await smtpServer(t)
    const words = `smtp-test --host 127.0.0.1 --port ${server.port} --security none --from ${name}@emisor.example`
    await run(`${words} --save ${name}`)
    return server
  }
  await run(`init --yes --source ${source}`)
  await run('customers add C00001 --name URE --rfc URE180429TM6 --email compras@ure.example')
  await run(`clientes alta E00001 --clase empleado --rfc ${INGRID.rfc} --correo ${INGRID.email}`)
  return { program, source, run, profile }
}

describe('profiles of modules at a terminal', () => {
  test('each module’s documents leave by its own profile, and what has none by the default one', async (t) => {
    const { program, run, profile } = await house(t, [INVOICE, PAYMENT, payrollOf(INGRID, '3')])
    const [office, cobranza, rh, portal] = [
      await profile('oficina'),
      await profile('cobranza'),
      await profile('rh'),
      await profile('portal'),
    ]
    await run('profiles assign cobranza --module collections')
    await run('perfiles asignar rh --modulo nomina')
    await run('profiles assign portal --module portal')
    await run('profiles assign nadie --module payroll', 78)
    await run('profiles assign rh --module ventas', 64)
    const papers = tempFolder(t)
    writePaper(join(papers, 'EDO_C00001_2024-05.pdf'), 'saldo')
    await run(`package --all`)
    await run(`package --papers ${papers} --kind statement`)
    await run('send')
    appendFileSync(join(program.data, 'cfdi-mail.yaml'), 'portalUrl: https://facturas.example.com/portal\n')
    await run('types set GRAL --portal-access instead')
    await run('package --client C00001 --kind I --all --again --reason acceso')
    type Outbox = { readonly orders: readonly { readonly module: string; readonly goesBy: string }[] }
    const { orders } = await program.json<Outbox>(['outbox', 'list'])
    assert.deepEqual(orders.map(({ module, goesBy }) => `${module} ${goesBy}`).sort(), [
      'collections cobranza',
      'collections cobranza',
      'invoicing oficina',
      'payroll rh',
      'portal portal',
    ])
    await run('send')
    assert.deepEqual(
      [office, cobranza, rh, portal].map(({ messages }) => messages.map(({ from }) => from)),
      [
        ['oficina@emisor.example'],
        ['cobranza@emisor.example', 'cobranza@emisor.example'],
        ['rh@emisor.example'],
        ['portal@emisor.example'],
      ],
    )
  })
})

describe('document settings at a terminal', () => {
  test('what is manual waits for package and its release; what is automatic goes on the watch', async (t) => {
    const { program, source, run, profile } = await house(t, [INVOICE, PAYMENT])
    const office = await profile('oficina')
    const subjects = () =>
      office.messages.map(({ raw }) => /^Subject: (.*)$/m.exec(raw.toString())?.[1]).sort()
    await run('ajustes-documento cambiar factura --automatico no')
    await run('document-settings set P --subject Pago-{{folio}} --class MAYOREO')
    await run('customers set C00001 --class mayoreo')
    const child = program.start(['watch', '--send', '--source', source, '--settle', '1s', '--json'])
    t.after(() => child.kill('SIGKILL'))
    const ended = finished(child)
    const told: (number | undefined)[][] = []
    for await (const line of createInterface({ input: child.stdout! })) {
      const { kind, totals } = JSON.parse(line) as { kind: string; totals?: Record<string, number> }
      if (kind === 'watched') told.push([totals?.['queued'], totals?.['skipped']])
      if (kind === 'sent' && office.messages.length > 0) child.kill('SIGTERM')
    }
    assert.equal((await ended).code, 143)
    // The first looks find files that are still too young.
    assert.deepEqual(
      told.find((counts) => counts.some(Boolean)),
      [1, 1],
    )
    assert.deepEqual(subjects(), ['Pago-2'])

    const { orders } = await program.json<{ orders: { id: string }[] }>([
      'package',
      '--client',
      'C00001',
      '--all',
    ])
    const id = orders[0]?.id ?? ''
    await run(`outbox hold ${id}`)
    await run('send', 1)
    assert.equal(office.messages.length, 1)
    await run(`bandeja liberar ${id}`)
    await run('send')
    assert.equal(office.messages.length, 2)
  })

  test('a kind that is not enabled does not go, whoever asks, until a class has it', async (t) => {
    const { program, run } = await house(t, [INVOICE])
    type Packaged = { readonly documents: readonly { readonly reason: string | null }[] }
    const reasons = async () =>
      (await program.json<Packaged>(['package', '--all'])).documents.map(({ reason }) => reason)
    await run('document-settings set I --enabled no')
    assert.deepEqual(await reasons(), ['kind-disabled'])
    await run('document-settings set I --class MAYOREO --enabled si')
    await run('clientes cambiar C00001 --clase-cliente MAYOREO')
    assert.deepEqual(await reasons(), [null])
    await run('document-settings set X --enabled no', 64)
    await run('document-settings set I --enabled quizá', 64)
    await run('document-settings remove E', 65)
  })
})
