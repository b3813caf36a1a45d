/** The page "Formatos de correos": a template with a description, shown for sales documents, assigned to a type of document. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { orderWords } from '../../src/core/flows/order-words.ts'
import { previewTemplate } from '../../src/core/flows/preview-template.ts'
import { addTemplate, listTemplates, removeTemplate, setTemplate } from '../../src/core/flows/templates.ts'
import { setType, showType } from '../../src/core/flows/types.ts'
import { parseAssignments, templateFor } from '../../src/core/model/template-use.ts'
import { listOrders } from '../../src/core/store/orders.ts'
import { packageDocuments, testCtx } from '../support/ctx.ts'

const OWN = {
  subject: 'Su factura {{folio}}',
  body: 'Hola {{customerName}}',
  description: 'Factura breve',
  scope: 'Documentos de venta',
}
const serve = (...texts: readonly string[]) => ({ templates: parseAssignments(texts) })

describe('a template of one’s own', () => {
  test('has a description and what it is for, and is listed by it', async (t) => {
    const { ctx } = await testCtx(t)
    const added = await addTemplate(ctx, 'breve', OWN)
    assert.deepEqual([added.description, added.scope], ['Factura breve', 'sales'])
    const names = async (scope?: string) =>
      (await listTemplates(ctx, scope)).templates.map(({ name }) => name)
    assert.ok((await names('ventas')).includes('breve') && (await names()).includes('breve'))
    assert.ok(!(await names('payroll')).includes('breve'))
    assert.deepEqual(await names('nomina'), ['payroll', 'withholdings', 'several', 'portal-access'])
    await assert.rejects(names('otra'), { code: 'BAD_CHOICE' })
  })

  test('serves the kinds of document that a packaging type gives it, and no other', async (t) => {
    const { ctx } = await testCtx(t)
    await addTemplate(ctx, 'breve', OWN)
    await setType(ctx, 'GRAL', serve('I=breve'))
    const made = await packageDocuments(t, ctx, [{ folio: '7' }, { folio: '8', kind: 'E' }])
    const said = await Promise.all(made.map(async ({ id }) => (await orderWords(ctx, id)).subject))
    assert.equal(said.filter((subject) => subject === 'Su factura 7').length, 1)
    assert.equal(said.filter((subject) => subject.startsWith('Nota de crédito')).length, 1)
    const [order] = await listOrders(ctx.db, { ids: [made[0]?.id ?? ''] })
    const uuid = order?.documents.find(({ kind }) => kind === 'I')?.uuid
    if (uuid !== undefined) {
      const shown = await previewTemplate(ctx, {
        uuid,
        template: undefined,
        customer: undefined,
        out: undefined,
      })
      assert.equal(shown.template, 'breve')
    }
    await setType(ctx, 'GRAL', serve('I='))
    assert.deepEqual((await showType(ctx, 'GRAL')).templates, {})
  })

  test('is not given to what it is not for, and not taken from what it serves', async (t) => {
    const { ctx } = await testCtx(t)
    await addTemplate(ctx, 'breve', OWN)
    await assert.rejects(setType(ctx, 'GRAL', serve('P=breve')), { code: 'TEMPLATE_SCOPE' })
    await assert.rejects(setType(ctx, 'GRAL', serve('I=nada')), { code: 'TEMPLATE_NOT_FOUND' })
    await setType(ctx, 'GRAL', serve('E=breve', 'several=breve'))
    await assert.rejects(removeTemplate(ctx, 'breve'), { code: 'TEMPLATE_IN_USE' })
    const texts = { subject: undefined, body: undefined }
    await assert.rejects(setTemplate(ctx, 'breve', { ...texts, scope: 'pagos' }), { code: 'TEMPLATE_SCOPE' })
    const changed = await setTemplate(ctx, 'breve', { ...texts, scope: 'todos', description: 'Para todo' })
    assert.deepEqual([changed.scope, changed.description, changed.subject], ['any', 'Para todo', OWN.subject])
  })
})

describe('assignments', () => {
  test('are pairs of kind and name, in both languages', () => {
    assert.deepEqual(
      [...parseAssignments(['factura=a', 'E,P=b', 'varios=', 'T=c=d'])],
      [
        ['I', 'a'],
        ['E', 'b'],
        ['P', 'b'],
        ['several', ''],
        ['T', 'c=d'],
      ],
    )
    for (const bad of ['breve', 'X=a', '=a'])
      assert.throws(() => parseAssignments([bad]), { code: 'BAD_CHOICE' })
  })

  test('come before the mail that says how to enter the portal', () => {
    const choose = (templates: object, kinds: readonly ('I' | 'P')[], portal: 'said' | 'unsaid') =>
      templateFor({ templates, kinds, portal })
    assert.equal(choose({ I: 'mia' }, ['I'], 'said'), 'mia')
    assert.equal(choose({ I: 'mia' }, ['P'], 'said'), 'portal-access')
    assert.equal(choose({ I: 'mia' }, ['I', 'I'], 'unsaid'), 'several')
    assert.equal(choose({ several: 'mia' }, ['I', 'P'], 'unsaid'), 'mia')
  })
})
