import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import type { SentResult } from '../../src/core/model/results/outbox.ts'
import { writeErpFolder } from '../support/cfdi-factory.ts'
import { cli } from '../support/cli.ts'
import { pdfOf } from '../support/ctx.ts'
import { GRAPH, graphApi } from '../support/graph-api.ts'
import { smtpServer } from '../support/smtp-server.ts'
import { tempFolder } from '../support/temp.ts'

const CFDI = { series: 'A', folio: '1001' }

describe('mail and WhatsApp from the command line', () => {
  test('a profile is tested and saved, a document goes both ways, and its status comes from a file', async (t) => {
    const graph = await graphApi(t)
    const mail = await smtpServer(t)
    const source = tempFolder(t)
    await writeErpFolder(source, [{ cfdi: CFDI, pdf: pdfOf(CFDI) }])
    const program = cli(t)
    const run = async (words: readonly string[], input?: string) => await program.run(words, input)
    await run(['init', '--source', source])
    const smtp = ['--host', '127.0.0.1', '--port', String(mail.port), '--security', 'none']
    await run(['smtp-test', ...smtp, '--from', 'ventas@emisor.example', '--save', 'oficina'])
    const meta = ['--id-telefono', GRAPH.phoneId, '--url-base', graph.url, '--plantilla', GRAPH.template]
    const probar = ['probar-whatsapp', ...meta, '--campos', 'serie_folio,total', '--llave-stdin']
    const bad = await run([...probar, '--guardar', 'celulares'], 'EAAG-otro-token-que-no-es')
    assert.equal(bad.code, 77)
    assert.match(bad.stdout, /Configuración errónea[^]*Causa: Meta no aceptó el token/)
    assert.doesNotMatch(bad.stdout + bad.stderr, /EAAG/)
    const good = await run([...probar, '--para', '55 1234 5678', '--guardar', 'celulares'], GRAPH.token)
    assert.equal(good.code, 0)
    assert.match(good.stdout, /Configuración correcta[^]*Perfil guardado: celulares/)
    const party = ['--rfc', 'URE180429TM6', '--name', 'UNIVERSIDAD', '--email', 'uno@ure.example']
    await run(['clientes', 'alta', 'C00001', ...party, '--celular', '044 55 1234 5678', '--canal', 'ambos'])
    const refused = await run(['clientes', 'cambiar', 'C00001', '--canal', 'whatsapp', '--lang', 'en'])
    assert.equal(refused.code, 65)
    assert.match(refused.stderr, /takes no XML[^]*--channel both/)
    await run(['empaquetar', '--todo'])
    const sent = await program.json<SentResult>(['send'])
    assert.deepEqual(
      sent.deliveries.map(({ recipient, state }) => [recipient, state]),
      [
        ['uno@ure.example', 'sent'],
        ['+525512345678', 'sent'],
      ],
    )
    // The test page, then the document.
    assert.deepEqual([mail.messages.length, graph.messages.length], [1, 2])
    const { wamid, reference } = graph.messages[1]!
    const told = { id: wamid, status: 'read', biz_opaque_callback_data: reference }
    const value = { metadata: { phone_number_id: GRAPH.phoneId }, statuses: [told] }
    const file = join(source, 'estados.json')
    writeFileSync(file, JSON.stringify({ entry: [{ changes: [{ value }] }] }))
    const read = await run(['whatsapp', 'importar-estados', file])
    assert.deepEqual([read.code, /leído/.test(read.stdout)], [0, true], read.stdout + read.stderr)
  })
})
