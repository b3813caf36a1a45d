import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { collectEvidence } from '../../src/core/flows/evidence.ts'
import { packagePapers } from '../../src/core/flows/package-papers.ts'
import { resendOrders } from '../../src/core/flows/resend.ts'
import { sendDue } from '../../src/core/flows/send-due.ts'
import { cancelOrders } from '../../src/core/flows/steer-orders.ts'
import { ALWAYS } from '../../src/core/model/period.ts'
import type { PackagedResult } from '../../src/core/model/results/packaged.ts'
import { listEvents } from '../../src/core/store/event-log.ts'
import { listOrders } from '../../src/core/store/orders.ts'
import { makeCfdi, makePdf } from '../support/cfdi-factory.ts'
import { papersHouse, writePaper } from '../support/papers.ts'
import { useProfile } from '../support/ctx.ts'
import { smtpServer } from '../support/smtp-server.ts'
import { tempFolder } from '../support/temp.ts'

const told = ({ documents }: PackagedResult) =>
  documents.map(({ file, customer, reference, result, reason }) => [
    file.split('/').at(-1),
    customer,
    reference,
    result,
    reason,
  ])

describe('papers that are no CFDI', () => {
  test('a statement named after the customer and its day becomes an order with that PDF', async (t) => {
    const { ctx, request } = await papersHouse(t, { 'EDO_c00001_2024-05.pdf': 'mayo' })
    const result = await packagePapers(ctx, request)
    assert.deepEqual(told(result), [['EDO_c00001_2024-05.pdf', 'C00001', '2024-05-31', 'queued', null]])
    const [order] = await listOrders(ctx.db, {})
    assert.deepEqual(order?.documents, [])
    assert.deepEqual(
      order?.papers.map(({ kind, reference, date }) => [kind, reference, date]),
      [['statement', '2024-05-31', '2024-05-31']],
    )
    assert.equal(order?.attachments[0]?.name, 'EDO_c00001_2024-05.pdf')
    assert.equal(order?.subject, 'Estado de cuenta 2024-05-31')
    assert.equal(order?.deliveries.length, 2)
  })

  test('is packaged once; a changed file of the same reference is told, and --again sends it instead of what waits', async (t) => {
    const { ctx, folder, request } = await papersHouse(t, { 'EDO_C00001_2024-05.pdf': 'mayo' })
    await packagePapers(ctx, request)
    assert.deepEqual((await packagePapers(ctx, request)).totals, {
      ...{ documents: 1, queued: 0, filed: 0, already: 1, skipped: 0, rejected: 0 },
    })
    writePaper(join(folder, 'EDO_C00001_2024-05.pdf'), 'mayo corregido')
    const changed = await packagePapers(ctx, request)
    assert.deepEqual(
      [changed.documents[0]?.result, changed.documents[0]?.reason],
      ['skipped', 'paper-changed'],
    )
    const again = await packagePapers(ctx, { ...request, repetition: 'again', reason: 'corregido' })
    assert.equal(again.totals.queued, 1)
    assert.deepEqual(
      (await listOrders(ctx.db, {})).map(({ state, reason }) => [state, reason]),
      [
        ['cancelled', null],
        ['pending', 'corregido'],
      ],
    )
    await assert.rejects(packagePapers(ctx, { ...request, repetition: 'again' }), { code: 'NEEDS_REASON' })
  })

  test('one that was cancelled may be packaged again without a word', async (t) => {
    const { ctx, request } = await papersHouse(t, { 'EDO_C00001_2024-05.pdf': 'mayo' })
    const [order] = (await packagePapers(ctx, request)).orders
    await cancelOrders(ctx, { orders: [order?.id ?? ''], reason: '' })
    assert.equal((await packagePapers(ctx, request)).totals.queued, 1)
  })

  test('the same bytes under another reference are not sent without being asked for', async (t) => {
    const { ctx, request } = await papersHouse(t, {
      'EDO_C00001_2024-05.pdf': 'mayo',
      'EDO_C00001_2024-06.pdf': 'mayo',
    })
    assert.deepEqual(
      told(await packagePapers(ctx, request)).map(([file, , , result, reason]) => [file, result, reason]),
      [
        ['EDO_C00001_2024-05.pdf', 'queued', null],
        ['EDO_C00001_2024-06.pdf', 'skipped', 'same-paper'],
      ],
    )
  })

  test('everything that cannot be matched is told with its reason, and the rest goes', async (t) => {
    const { ctx, request } = await papersHouse(t, {
      'OC_P00001_4500.pdf': 'orden',
      'OC_C00001_4501.pdf': 'orden a un cliente',
      'OC_P99999_4502.pdf': 'a nadie',
      'cualquiera.pdf': 'sin patrón',
      'OC_P00001_4503.docx': Buffer.from('x'),
      'OC_P00001_4504.pdf': Buffer.from('<html>no es PDF</html>'),
      'OC_P00001_4505.pdf': Buffer.from(''),
      'OC_P00001_4506.pdf': makePdf('a').subarray(0, 200),
      'OC_P00001_A1.xml': makeCfdi(),
      'OC_P00001_A1.pdf': 'CFDI',
      'a/OC_P00001_4507.pdf': 'una',
      'b/OC_P00001_4507.pdf': 'otra',
      'Thumbs.db': Buffer.from('x'),
    })
    const result = await packagePapers(ctx, { ...request, kind: 'purchase-order' })
    const reasons = Object.fromEntries(
      result.documents.map(({ file, result: outcome, reason }) => [
        file.slice(request.folder.length + 1),
        [outcome, reason],
      ]),
    )
    assert.deepEqual(reasons, {
      'OC_P00001_4500.pdf': ['queued', null],
      'OC_C00001_4501.pdf': ['skipped', 'wrong-party'],
      'OC_P99999_4502.pdf': ['skipped', 'unknown-party'],
      'cualquiera.pdf': ['skipped', 'name-not-in-pattern'],
      'OC_P00001_4503.docx': ['rejected', 'not-a-paper'],
      'OC_P00001_4504.pdf': ['rejected', 'bad-pdf'],
      'OC_P00001_4505.pdf': ['rejected', 'empty'],
      'OC_P00001_4506.pdf': ['rejected', 'bad-pdf'],
      'OC_P00001_A1.pdf': ['rejected', 'is-cfdi-pdf'],
      'a/OC_P00001_4507.pdf': ['rejected', 'reference-twice'],
      'b/OC_P00001_4507.pdf': ['rejected', 'reference-twice'],
    })
    assert.deepEqual(
      result.orders.map(({ customer, recipients }) => [customer, recipients[0]?.address]),
      [['P00001', 'ventas@papelera.example']],
    )
  })

  test('an index says whose each file is; its lines and the folder are held against each other', async (t) => {
    const { ctx, folder, request } = await papersHouse(t, {
      'uno.pdf': 'uno',
      'sub/dos.pdf': 'dos',
      'tres.pdf': 'tres',
      'cuatro.pdf': 'cuatro',
      'cinco.pdf': 'cinco',
    })
    const index = join(folder, 'indice.csv')
    writeFileSync(
      index,
      'Archivo;Cliente;Referencia;Fecha;Importe;Moneda\n' +
        'uno.pdf;c00001;R-1;31/05/2024;"$1,234.50";\n' +
        'SUB\\dos.pdf;P00001;R-2;2024-05-31;10;usd\n' +
        'tres.pdf;C00001;R-3;31/02/2024;x;\n' +
        'cuatro.pdf;C00001;R-4;;;\n' +
        'cuatro.pdf;P00001;R-4;;;\n' +
        'no-esta.pdf;C00001;R-5;;;\n' +
        '../fuera.pdf;C00001;R-6;;;\n',
    )
    const { documents } = await packagePapers(ctx, { ...request, index })
    assert.deepEqual(
      documents.map(({ file, customer, issuedAt, total, currency, reason, detail }) => [
        file.replace(`${folder}/`, ''),
        customer,
        issuedAt,
        `${total} ${currency}`.trim(),
        reason,
        detail,
      ]),
      [
        ['sub/dos.pdf', 'P00001', '2024-05-31', '10 USD', null, ''],
        ['uno.pdf', 'C00001', '2024-05-31', '1234.50 MXN', null, ''],
        ['cinco.pdf', null, null, '', 'not-in-index', ''],
        ['cuatro.pdf', null, null, '', 'index-twice', '5, 6'],
        ['tres.pdf', 'C00001', null, '', 'bad-index-row', 'indice.csv:4: Fecha 31/02/2024, Importe x'],
        ['no-esta.pdf', 'C00001', null, '', 'file-missing', '7'],
        ['../fuera.pdf', 'C00001', null, '', 'file-missing', '8'],
      ],
    )
  })

  test('a line without its send mark is told and not sent; a later run with the mark takes it', async (t) => {
    const names = ['uno.pdf', 'dos.pdf', 'tres.pdf', 'cuatro.pdf']
    const files = Object.fromEntries(names.map((name) => [name, name]))
    const { ctx, folder, request } = await papersHouse(t, files)
    const index = join(folder, 'recibos.csv')
    const run = async (marks: readonly string[]) => {
      const lines = marks.map((mark, i) => `${names[i] ?? 'falta.pdf'},C00001,R-${i},${mark}\n`)
      writeFileSync(index, `archivo,cliente,referencia,Enviar\n${lines.join('')}`)
      const { documents } = await packagePapers(ctx, { ...request, kind: 'receipt', index })
      return Object.fromEntries(
        documents.map(({ reference = '', result, reason, detail }) => [reference, [result, reason, detail]]),
      )
    }
    assert.deepEqual(await run(['Sí', 'no', '', 'quizás', '']), {
      'R-0': ['queued', null, ''],
      'R-1': ['skipped', 'not-marked', ''],
      'R-2': ['skipped', 'not-marked', ''],
      'R-3': ['rejected', 'bad-index-row', 'recibos.csv:5: Enviar quizás'],
      'R-4': ['skipped', 'not-marked', '6'],
    })
    assert.equal((await listOrders(ctx.db, {})).length, 1)
    const later = await run(['no', 'X', '1', 'VERDADERO'])
    assert.deepEqual(
      ['R-0', 'R-1', 'R-2', 'R-3'].map((reference) => later[reference]?.[0]),
      ['skipped', 'queued', 'queued', 'queued'],
    )
  })

  test('names and dates of the request choose; a paper without date is told when dates are asked for', async (t) => {
    const { ctx, request } = await papersHouse(t, {
      'EDO_C00001_2024-05.pdf': 'mayo',
      'EDO_C00001_2024-06.pdf': 'junio',
      'EDO_P00001_2024-06.pdf': 'proveedor',
      'EDO_C00001_especial.pdf': 'sin fecha',
    })
    const june = { from: '2024-06-01', to: '2024-06-30' }
    const result = await packagePapers(ctx, { ...request, clients: ['C00001'], period: june })
    assert.deepEqual(
      told(result).map(([file, , , outcome, reason]) => [file, outcome, reason]),
      [
        ['EDO_C00001_2024-06.pdf', 'queued', null],
        ['EDO_C00001_especial.pdf', 'skipped', 'no-date'],
      ],
    )
    await assert.rejects(packagePapers(ctx, { ...request, kind: 'purchase-order', clients: ['C00001'] }), {
      code: 'WRONG_PARTY',
    })
  })

  test('a dry run says the same and writes nothing', async (t) => {
    const { ctx, request } = await papersHouse(t, { 'EDO_C00001_2024-05.pdf': 'mayo' })
    const { dryRun, totals, orders } = await packagePapers(ctx, { ...request, mode: 'dry-run' })
    assert.deepEqual([dryRun, totals.queued, orders[0]?.id], [true, 1, ''])
    assert.deepEqual(await listOrders(ctx.db, {}), [])
  })

  test('is sent, and sent again, like any other order', async (t) => {
    const { ctx, request } = await papersHouse(t, { 'EDO_C00001_2024-05.pdf': 'mayo' })
    const server = await smtpServer(t)
    await useProfile(ctx, server.port)
    const [order] = (await packagePapers(ctx, request)).orders
    assert.equal((await sendDue(ctx, { limit: null, profile: null })).totals.sent, 2)
    const [message] = server.messages
    assert.match(message?.raw.toString('latin1') ?? '', /filename=EDO_C00001_2024-05\.pdf/)
    await resendOrders(ctx, {
      ...{ orders: [order?.id ?? ''], clients: [], period: ALWAYS, states: null, to: [] },
      ...{ keep: 'once', reason: 'no llegó', confirmed: 'yes' },
    })
    const again = (await listOrders(ctx.db, {})).at(-1)
    assert.deepEqual(
      again?.papers.map(({ reference }) => reference),
      ['2024-05-31'],
    )
    assert.equal(again?.resendOf, order?.id)
    // The repetition is the same paper: packaging finds it packaged.
    assert.equal((await packagePapers(ctx, request)).totals.already, 1)
  })

  test('its events name kind and reference, and its evidence is asked for by the order', async (t) => {
    const { ctx, request } = await papersHouse(t, { 'EDO_C00001_2024-05.pdf': 'mayo' })
    const [order] = (await packagePapers(ctx, request)).orders
    const id = order?.id ?? ''
    const events = await listEvents(ctx.db, { order: id })
    assert.deepEqual(
      events.map(({ event, detail }) => [event, detail]),
      [['packaged', 'statement 2024-05-31']],
    )
    const out = join(tempFolder(t), 'constancia')
    const evidence = await collectEvidence(ctx, { uuid: null, order: id.slice(-8), out })
    assert.deepEqual([evidence.asked, evidence.uuid], [id, ''])
    assert.equal(evidence.orders[0]?.order.papers[0]?.reference, '2024-05-31')
    assert.equal(evidence.orders[0].events.length, 1)
    assert.match(
      readFileSync(join(out, 'index.html'), 'utf8'),
      /estado de cuenta[\s\S]*2024-05-31 · EDO_C00001_2024-05\.pdf/,
    )
    const both = { uuid: '7E1300DC-2765-5CA7-AF83-068F1D87A1A6', order: id, out: null }
    await assert.rejects(collectEvidence(ctx, both), { code: 'BAD_SELECTION' })
  })
})
