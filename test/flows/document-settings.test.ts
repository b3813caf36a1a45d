import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { explainCustomer, setCustomer } from '../../src/core/flows/customers.ts'
import {
  listDocumentSettings,
  removeDocumentSetting,
  type SettingFields,
  setDocumentSetting,
} from '../../src/core/flows/document-settings.ts'
import type { Ctx } from '../../src/core/flows/ctx.ts'
import { packageArrived } from '../../src/core/flows/package-arrived.ts'
import { packageCfdis } from '../../src/core/flows/package-cfdis.ts'
import { setType, showType } from '../../src/core/flows/types.ts'
import { parseSettingKind, parseSwitch, settingFor } from '../../src/core/model/document-setting.ts'
import { ALWAYS } from '../../src/core/model/period.ts'
import { listOrders } from '../../src/core/store/orders.ts'
import { makePdf, writeErpFolder } from '../support/cfdi-factory.ts'
import { packageDocuments, testCtx } from '../support/ctx.ts'
import { tempFolder } from '../support/temp.ts'

const NOTHING = { enabled: undefined, automatic: undefined, subject: undefined, body: undefined }
const INVOICE = { series: 'A', folio: '1' }

async function say(
  ctx: Ctx,
  kind: string,
  { customerClass = '', ...fields }: Partial<SettingFields> & { readonly customerClass?: string },
) {
  return await setDocumentSetting(ctx, { kind, customerClass }, { ...NOTHING, ...fields })
}

async function reasonsOf(ctx: Ctx, folder: string): Promise<(string | null)[]> {
  const everything = { clients: [], period: ALWAYS, kinds: null, type: null, grouping: null, packing: null }
  const request = { ...everything, scope: 'all', repetition: 'once', reason: null, mode: 'dry-run' } as const
  const { documents } = await packageCfdis(ctx, { ...request, sources: [folder] })
  return documents.map(({ reason }) => reason)
}

describe('settings of kinds of document', () => {
  test('a kind that is not enabled is left out with its reason; for one class it may be enabled again', async (t) => {
    const { ctx } = await testCtx(t)
    const folder = tempFolder(t)
    await writeErpFolder(folder, [{ cfdi: INVOICE, pdf: makePdf('1') }])
    await say(ctx, 'factura', { enabled: false })
    assert.deepEqual(await reasonsOf(ctx, folder), ['kind-disabled'])
    await say(ctx, 'I', { enabled: true, customerClass: 'mayoreo' })
    assert.deepEqual(await reasonsOf(ctx, folder), ['kind-disabled'])
    await setCustomer(ctx, 'C00001', { class: ' Mayoreo' })
    assert.deepEqual(await reasonsOf(ctx, folder), [null])
  })

  test('what is not automatic is left by the watch and packaged by a person', async (t) => {
    const { ctx } = await testCtx(t)
    const folder = tempFolder(t)
    await writeErpFolder(folder, [{ cfdi: INVOICE, pdf: makePdf('1') }])
    await say(ctx, 'I', { automatic: false })
    const patience = { settle: 0, wait: 0 }
    const { result } = await packageArrived(ctx, {
      sources: [folder],
      places: null,
      from: null,
      patience,
      sightings: null,
    })
    assert.deepEqual(
      result.documents.map(({ reason }) => reason),
      ['not-automatic'],
    )
    assert.deepEqual(await reasonsOf(ctx, folder), [null])
  })

  test('customers explain and types show say what holds, and where each part of it comes from', async (t) => {
    const { ctx } = await testCtx(t)
    assert.deepEqual((await explainCustomer(ctx, 'C00001')).settings, [])
    await setCustomer(ctx, 'C00001', { class: 'MAYOREO' })
    await say(ctx, 'I', { automatic: false, subject: 'Para todos', body: 'Todos' })
    await say(ctx, 'I', { enabled: false, customerClass: 'OTRA' })
    await say(ctx, 'I', { subject: 'Mayoreo', customerClass: 'MAYOREO' })
    await say(ctx, 'N', { enabled: false })
    await say(ctx, 'recibo', { enabled: false })
    await setType(ctx, 'GRAL', { body: 'Del tipo' })
    const invoice = {
      kind: 'I',
      enabled: { value: true, from: 'usual' },
      automatic: { value: false, from: 'everybody' },
      subject: { from: 'class', text: 'Mayoreo', template: null },
      body: { from: 'type', text: 'Del tipo', template: null },
    }
    const usual = (template: string) => ({ from: 'template', text: null, template })
    const explained = await explainCustomer(ctx, 'C00001')
    assert.equal(explained.class, 'MAYOREO')
    assert.deepEqual(explained.settings, [
      { ...invoice, customerClass: 'MAYOREO' },
      {
        ...{ kind: 'receipt', customerClass: 'MAYOREO', enabled: { value: false, from: 'everybody' } },
        ...{ automatic: { value: true, from: 'usual' }, subject: usual('receipt'), body: usual('receipt') },
      },
    ])
    const everybody = { from: 'everybody', text: 'Para todos', template: null }
    assert.deepEqual((await showType(ctx, 'GRAL')).settings, [
      { ...invoice, customerClass: '', subject: everybody },
      { ...invoice, customerClass: 'MAYOREO' },
      { ...invoice, customerClass: 'OTRA', enabled: { value: false, from: 'class' }, subject: everybody },
    ])
    const { settings } = await setType(ctx, 'GRAL', { body: '', grouping: 'customer' })
    assert.deepEqual(settings[0]?.subject, usual('several'))
  })

  test('what customers explain says of a subject is what the message has', async (t) => {
    const { ctx } = await testCtx(t)
    await setCustomer(ctx, 'C00001', { class: 'MAYOREO' })
    await say(ctx, 'I', { subject: 'Todos', body: 'x' })
    await say(ctx, 'I', { subject: 'Mayoreo', customerClass: 'MAYOREO' })
    for (const [folio, change] of [
      ['1', { longTimeout: true }],
      ['2', { subject: 'Tipo' }],
    ] as const) {
      await setType(ctx, 'GRAL', change)
      await packageDocuments(t, ctx, [{ series: 'A', folio }])
      const said = (await explainCustomer(ctx, 'C00001')).settings[0]?.subject.text
      assert.equal((await listOrders(ctx.db, {})).at(-1)?.subject, said)
    }
  })

  test('texts: the packaging type’s own, then the class’s, then the kind’s, then the template’s', async (t) => {
    const { ctx } = await testCtx(t)
    const subjectOf = async (folio: string) => {
      await packageDocuments(t, ctx, [{ series: 'A', folio }])
      return (await listOrders(ctx.db, {})).at(-1)?.subject
    }
    assert.match((await subjectOf('1')) ?? '', /^Factura A-1 de/)
    await say(ctx, 'I', { subject: 'Su factura {{seriesFolio}}', body: 'Adjunta: {{attached}}' })
    assert.equal(await subjectOf('2'), 'Su factura A-2')
    await setCustomer(ctx, 'C00001', { class: 'MAYOREO' })
    await say(ctx, 'I', { subject: 'Mayoreo {{folio}}', customerClass: 'MAYOREO' })
    assert.equal(await subjectOf('3'), 'Mayoreo 3')
    await setType(ctx, 'GRAL', { subject: 'Tipo {{folio}}' })
    assert.equal(await subjectOf('4'), 'Tipo 4')
  })

  test('is taken back part by part or whole, and a text with an error is never kept', async (t) => {
    const { ctx } = await testCtx(t)
    await say(ctx, 'I', { enabled: false, subject: 'x' })
    await say(ctx, 'I', { subject: '' })
    assert.deepEqual((await listDocumentSettings(ctx)).settings, [
      { kind: 'I', customerClass: '', enabled: false, automatic: null, subject: null, body: null },
    ])
    await assert.rejects(say(ctx, 'I', { body: '{{nada}}' }), { code: 'BAD_TEMPLATE' })
    await assert.rejects(say(ctx, 'I', {}), { code: 'NOTHING_TO_CHANGE' })
    await removeDocumentSetting(ctx, { kind: 'I', customerClass: '' })
    await assert.rejects(removeDocumentSetting(ctx, { kind: 'I', customerClass: '' }), {
      code: 'SETTING_NOT_FOUND',
    })
  })

  test('kinds and switches are understood in both languages', () => {
    assert.deepEqual(['factura', 'P', 'recibo', 'estado de cuenta'].map(parseSettingKind), [
      'I',
      'P',
      'receipt',
      'statement',
    ])
    assert.throws(() => parseSettingKind('carta'), { code: 'BAD_CHOICE' })
    assert.deepEqual(
      ['sí', 'NO', 'default'].map((text) => parseSwitch('enabled', text)),
      [true, false, null],
    )
    assert.throws(() => parseSwitch('enabled', 'quizá'), { code: 'BAD_CHOICE' })
    assert.deepEqual(settingFor([], { kind: 'I', customerClass: 'X' }), {
      ...{ enabled: true, automatic: true, subject: null, body: null },
    })
  })
})
