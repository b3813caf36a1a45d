import assert from 'node:assert/strict'
import { describe, test, type TestContext } from 'node:test'
import type { LogResult } from '../../src/core/model/results/outbox.ts'
import { writeErpFolder } from '../support/cfdi-factory.ts'
import { cli } from '../support/cli.ts'
import { pdfOf } from '../support/ctx.ts'
import { GRAPH, graphApi, type GraphOptions } from '../support/graph-api.ts'
import { smtpServer } from '../support/smtp-server.ts'
import { tempFolder } from '../support/temp.ts'

const CFDI = { series: 'A', folio: '1001' }

/** A store with a profile of each channel, and a document for the customer. */
async function house(t: TestContext, options: GraphOptions = {}) {
  const graph = await graphApi(t, options)
  const mail = await smtpServer(t)
  const source = tempFolder(t)
  await writeErpFolder(source, [{ cfdi: CFDI, pdf: pdfOf(CFDI) }])
  const program = cli(t)
  await program.run(['init', '--source', source])
  const smtp = ['--host', '127.0.0.1', '--port', String(mail.port), '--security', 'none']
  await program.run(['smtp-test', ...smtp, '--from', 'ventas@emisor.example', '--save', 'oficina'])
  const meta = ['--phone-id', GRAPH.phoneId, '--base-url', graph.url, '--template', GRAPH.template]
  const save = [...meta, '--fields', 'serie_folio,total', '--token-stdin', '--save', 'celulares']
  await program.run(['whatsapp-test', ...save], GRAPH.token)
  const party = ['--rfc', 'URE180429TM6', '--name', 'UNIVERSIDAD', '--email', 'uno@ure.example']
  await program.run(['customers', 'add', 'C00001', ...party])
  return program
}

describe('what a person reads of WhatsApp', () => {
  test('an order that waits for a number asks for a number everywhere, and not for an address', async (t) => {
    // The customer had an address; the screen said that it had none, and to add one.
    const program = await house(t)
    const said = async (...words: readonly string[]) => (await program.run(words)).stdout
    assert.match(await said('clientes', 'cambiar', 'C00001', '--canal', 'ambos'), /No tiene celular/)
    assert.match(await said('clientes', 'revisar'), /su canal es WhatsApp y no tiene celular/)
    const packaged = await said('empaquetar', '--todo')
    assert.match(packaged, /WhatsApp retenidas: 1[^]*--celular NÚMERO[^]*C00001: sin celular/)
    assert.doesNotMatch(packaged, /dirección de correo/)
    const listed = await said('bandeja', 'listar')
    assert.match(listed, /Sin celular, 1: cfdi-mail clientes cambiar CLAVE --celular NÚMERO/)
    assert.doesNotMatch(listed, /Sin dirección/)
    const held = await program.json<LogResult>(['log', '--level', 'error'])
    assert.deepEqual(
      [...held.events].map(({ detail }) => detail),
      ['no-number'],
    )
    assert.match(await said('bitacora', '--nivel', 'error'), /el cliente no tiene celular/)
    assert.match(
      await said('enviar', '--previsto'),
      /Retenidos: 1 \(el cliente no tiene dirección, o celular/,
    )
    await said('clientes', 'cambiar', 'C00001', '--celular', '55 1234 5678')
    const sent = await said('enviar')
    assert.match(sent, /\+525512345678 +enviado +Meta lo aceptó/)
    assert.doesNotMatch(sent, /HTTP 200/)
  })

  test('customers explain and list say that the documents of who has WhatsApp alone go to the number', async (t) => {
    const program = await house(t)
    const said = async (...words: readonly string[]) => (await program.run(words)).stdout
    const chat = ['--canal', 'whatsapp', '--entrega-xml', 'su portal', '--celular', '55 1234 5678']
    await said('clientes', 'cambiar', 'C00001', ...chat)
    assert.match(
      await said('clientes', 'explicar', 'C00001'),
      /van solo por WhatsApp[^]*✓ \+525512345678 {2}celular/,
    )
    assert.match(await said('clientes', 'listar'), /C00001 .*\+525512345678/)
  })

  test('what goes by mail because a number has no WhatsApp is told, and nobody is asked to send it again', async (t) => {
    const program = await house(t, { unknown: ['525512345678'] })
    const said = async (...words: readonly string[]) => (await program.run(words)).stdout
    const chat = ['--canal', 'whatsapp', '--entrega-xml', 'su portal', '--celular', '55 1234 5678']
    await said('clientes', 'cambiar', 'C00001', ...chat)
    await said('ajustes-documento', 'cambiar', 'factura', '--asunto', 'Su {{documentName}}')
    await said('empaquetar', '--todo')
    const sent = await said('enviar')
    const [, order = ''] = /no llegó por su canal: va por el otro, en la orden (\w{8})/.exec(sent) ?? []
    assert.doesNotMatch(sent, /corrija la causa/)
    const shown = await said('bandeja', 'ver', order)
    assert.match(shown, /Título +Su Factura\n[^]*Motivo +no llegó por el otro canal: 131026/)
    assert.doesNotMatch(shown, /fallback/)
  })

  test('a table’s customers with WhatsApp alone are not said to lack an address', async (t) => {
    const program = await house(t)
    const table = [
      'clave,nombre,celular,canal,entrega xml',
      'C00010,UNO,5512345678,whatsapp,su portal',
      'C00011,DOS,5512345679,todos,',
    ]
    const { stdout } = await program.run(['clientes', 'importar', '-'], table.join('\n'))
    assert.doesNotMatch(stdout, /falta dirección/)
    assert.match(stdout, /C00011: canal «todos», no es un canal: correo, whatsapp, ambos o respaldo/)
  })

  test('of an employee it says that payroll goes by mail alone, and to one address', async (t) => {
    const program = await house(t)
    const said = async (...words: readonly string[]) => (await program.run(words)).stdout
    const worker = ['--clase', 'empleado', '--nombre', 'INGRID XODAR', '--rfc', 'XOJI740919U48']
    const two = await said('clientes', 'alta', 'E00001', ...worker, '--correo', 'a@correo.mx,b@correo.mx')
    assert.match(two, /Un empleado lleva una sola dirección[^]*Deje una/)
    const chat = ['--correo', 'a@correo.mx', '--canal', 'ambos', '--celular', '5512121212']
    const shown = await said('clientes', 'cambiar', 'E00001', ...chat)
    assert.match(shown, /solo por correo, no por WhatsApp/)
    assert.doesNotMatch(shown, /No tiene celular/)
  })
})
