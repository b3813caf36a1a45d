import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { indexSources } from '../../src/core/flows/index-sources.ts'
import { previewTemplate } from '../../src/core/flows/preview-template.ts'
import { freshFacts } from '../../src/core/flows/order-facts.ts'
import { resolveTemplate } from '../../src/core/flows/resolve-template.ts'
import * as templates from '../../src/core/flows/templates.ts'
import { DEFAULT_TEMPLATES } from '../../src/core/message/default-templates.ts'
import type { Customer } from '../../src/core/model/customer.ts'
import { CfdiMailError } from '../../src/core/model/errors.ts'
import { GRAL } from '../../src/core/model/packaging-type.ts'
import { PAPER_KINDS } from '../../src/core/model/paper.ts'
import { RECEIPT_TEMPLATES } from '../../src/core/model/receipt.ts'
import { BUILT_IN_TEMPLATES } from '../../src/core/model/template.ts'
import { saveCustomer } from '../../src/core/store/customers.ts'
import { savePackagingType } from '../../src/core/store/packaging-types.ts'
import { errorText } from '../../src/ui/messages/index.ts'
import { makeCfdi, uuidOf } from '../support/cfdi-factory.ts'
import { storeCtx } from '../support/store-ctx.ts'
import { tempFolder } from '../support/temp.ts'

const NO_TEXTS = { subject: null, body: null }

describe('templates', () => {
  test('are the built-in ones until somebody writes others', async (t) => {
    const ctx = await storeCtx(t)
    const before = await templates.listTemplates(ctx)
    assert.deepEqual(
      before.templates.map(({ name, origin }) => `${name} ${origin}`),
      [...BUILT_IN_TEMPLATES, ...PAPER_KINDS, ...RECEIPT_TEMPLATES].map((name) => `${name} built-in`),
    )
    await templates.setTemplate(ctx, 'invoice', { subject: 'Factura {{folio}}', body: undefined })
    await templates.addTemplate(ctx, 'aviso', { subject: 'a', body: 'HTML <b>{{uuid}}</b>' })
    const { templates: after } = await templates.listTemplates(ctx)
    assert.deepEqual(after[0], {
      ...{ name: 'invoice', origin: 'changed', subject: 'Factura {{folio}}' },
      ...{ description: '', scope: 'sales' },
    })
    assert.deepEqual(after.at(-1), {
      ...{ name: 'aviso', origin: 'custom', subject: 'a' },
      ...{ description: '', scope: 'any' },
    })
  })

  test('keep the part that is not changed, and the built-in body its hand-made text', async (t) => {
    const ctx = await storeCtx(t)
    await templates.setTemplate(ctx, 'invoice', { subject: 'S', body: undefined })
    assert.deepEqual(await resolveTemplate(freshFacts(ctx.db), NO_TEXTS, 'invoice'), {
      ...DEFAULT_TEMPLATES.invoice,
      subject: 'S',
    })
    await templates.setTemplate(ctx, 'invoice', { subject: undefined, body: 'hola' })
    assert.deepEqual(await resolveTemplate(freshFacts(ctx.db), NO_TEXTS, 'invoice'), {
      subject: 'S',
      body: 'hola',
      text: null,
    })
  })

  test('give way to what a packaging type says, part by part', async (t) => {
    const { db } = await storeCtx(t)
    assert.deepEqual(await resolveTemplate(freshFacts(db), { subject: 'T', body: null }, 'payment'), {
      ...DEFAULT_TEMPLATES.payment,
      subject: 'T',
    })
    assert.deepEqual(await resolveTemplate(freshFacts(db), { subject: null, body: 'B' }, 'payment'), {
      subject: DEFAULT_TEMPLATES.payment.subject,
      body: 'B',
      text: null,
    })
  })

  test('come back as they were when they are removed', async (t) => {
    const ctx = await storeCtx(t)
    await templates.setTemplate(ctx, 'invoice', { subject: 'S', body: 'B' })
    await templates.addTemplate(ctx, 'aviso', { subject: 'a', body: 'b' })
    assert.equal((await templates.removeTemplate(ctx, 'invoice')).action, 'restored')
    assert.equal((await templates.removeTemplate(ctx, 'aviso')).action, 'removed')
    assert.deepEqual(
      await resolveTemplate(freshFacts(ctx.db), NO_TEXTS, 'invoice'),
      DEFAULT_TEMPLATES.invoice,
    )
    await assert.rejects(templates.showTemplate(ctx, 'aviso'), { code: 'TEMPLATE_NOT_FOUND' })
  })

  test('are not saved with an error in them', async (t) => {
    const ctx = await storeCtx(t)
    await assert.rejects(templates.setTemplate(ctx, 'invoice', { subject: '{{foliio}}', body: undefined }), {
      code: 'BAD_TEMPLATE',
      params: {
        problem: 'unknown-field',
        part: 'subject',
        found: 'foliio',
        nearest: 'folio',
        line: 1,
        column: 3,
      },
    })
    assert.equal((await templates.showTemplate(ctx, 'invoice')).origin, 'built-in')
  })

  test('are refused with all that is wrong, each with its place', async (t) => {
    const ctx = await storeCtx(t)
    const refused = async (texts: templates.TemplateTexts) => {
      try {
        await templates.setTemplate(ctx, 'invoice', texts)
      } catch (error) {
        assert.ok(error instanceof CfdiMailError)
        return errorText({ language: 'es' }, error).message.split('\n').slice(1)
      }
      return []
    }
    assert.deepEqual(await refused({ subject: '{{foliio}}', body: 'a\n{{nada}} {{{uuid}}}' }), [
      '  título, línea 1: el campo foliio no existe. ¿Quiso decir folio?',
      '  cuerpo, línea 2: el campo nada no existe',
    ])
    assert.deepEqual(await refused({ subject: '{{folio}}', body: ' ' }), ['  cuerpo: no dice nada'])
  })

  test('are saved with a warning, which is shown', async (t) => {
    const ctx = await storeCtx(t)
    const saved = await templates.setTemplate(ctx, 'invoice', {
      subject: undefined,
      body: 'HTML <img src="https://x.mx/a.png">',
    })
    assert.deepEqual(
      saved.problems.map((problem) => problem.code),
      ['remote-image'],
    )
  })

  test('have names of their own', async (t) => {
    const ctx = await storeCtx(t)
    const texts = { subject: 'a', body: 'b' }
    await assert.rejects(templates.addTemplate(ctx, 'invoice', texts), { code: 'TEMPLATE_EXISTS' })
    await assert.rejects(templates.addTemplate(ctx, 'Aviso ñ', texts), { code: 'BAD_TEMPLATE_NAME' })
    await assert.rejects(templates.addTemplate(ctx, 'aviso', { subject: 'a', body: undefined }), {
      code: 'BAD_TEMPLATE',
    })
    await assert.rejects(templates.setTemplate(ctx, 'otra', texts), { code: 'TEMPLATE_NOT_FOUND' })
    await assert.rejects(templates.setTemplate(ctx, 'invoice', { subject: undefined, body: undefined }), {
      code: 'NOTHING_TO_CHANGE',
    })
  })

  test('come from a file or from standard input, in the encodings that editors write', async (t) => {
    const ctx = await storeCtx(t, { readStdin: () => Promise.resolve('de la entrada') })
    const file = join(tempFolder(t), 'cuerpo.html')
    writeFileSync(file, Buffer.from('HTML <p>Año {{folio}}</p>', 'latin1'))
    const saved = await templates.setTemplate(ctx, 'invoice', { subject: '@@documento', body: `@${file}` })
    assert.deepEqual([saved.subject, saved.body], ['@@documento', 'HTML <p>Año {{folio}}</p>'])
    assert.equal(
      (await templates.setTemplate(ctx, 'invoice', { subject: undefined, body: '@-' })).body,
      'de la entrada',
    )
    await assert.rejects(templates.setTemplate(ctx, 'invoice', { subject: undefined, body: '@/no/hay' }), {
      code: 'FILE_NOT_FOUND',
    })
  })

  test('are checked together with what packaging types bring', async (t) => {
    const ctx = await storeCtx(t)
    assert.equal((await templates.checkTemplates(ctx, undefined)).needsPerson, false)
    await savePackagingType(ctx.db, { ...GRAL, code: 'TIENDA', subject: '{{x}}' })
    const checked = await templates.checkTemplates(ctx, undefined)
    assert.equal(checked.needsPerson, true)
    assert.deepEqual(
      checked.templates.filter((each) => each.problems.length > 0).map((each) => each.name),
      ['types/TIENDA'],
    )
    assert.deepEqual((await templates.checkTemplates(ctx, 'several')).templates, [
      { name: 'several', problems: [] },
    ])
  })
})

describe('a preview', () => {
  test('of a real document is what its customer would read, with the words of its packaging type', async (t) => {
    const folder = tempFolder(t)
    const options = { series: 'B', folio: '77', total: '1234567.5' }
    writeFileSync(join(folder, 'b77.xml'), makeCfdi(options))
    const ctx = await storeCtx(t)
    await indexSources(ctx, [folder])
    await savePackagingType(ctx.db, { ...GRAL, subject: '{{seriesFolio}} para {{customerName}}' })
    await saveCustomer(ctx.db, CUSTOMER, ctx.now())
    const out = join(folder, 'vista.html')
    const preview = await previewTemplate(ctx, {
      uuid: uuidOf(options).toLowerCase(),
      template: undefined,
      customer: undefined,
      out,
    })
    assert.deepEqual([preview.uuid, preview.template, preview.file], [uuidOf(options), 'invoice', out])
    assert.equal(preview.subject, 'B-77 para A & B')
    assert.match(preview.text, /\$1,234,567\.50 MXN/)
    assert.equal(readFileSync(out, 'utf8'), preview.html)
  })

  test('without a document takes a sample of the template’s kind', async (t) => {
    const ctx = await storeCtx(t)
    const preview = await previewTemplate(ctx, {
      uuid: undefined,
      template: 'several',
      customer: undefined,
      out: undefined,
    })
    assert.deepEqual([preview.uuid, preview.file], ['', null])
    assert.match(preview.subject, /^3 comprobantes fiscales/)
  })

  test('needs a document and a customer that are there', async (t) => {
    const ctx = await storeCtx(t)
    const input = { uuid: uuidOf(), template: undefined, customer: undefined, out: undefined }
    await assert.rejects(previewTemplate(ctx, input), { code: 'DOCUMENT_NOT_FOUND' })
    await assert.rejects(previewTemplate(ctx, { ...input, uuid: undefined, template: 'no' }), {
      code: 'TEMPLATE_NOT_FOUND',
    })
  })
})

const CUSTOMER: Customer = {
  code: 'C00001',
  kind: 'customer',
  name: 'A & B',
  rfc: 'URE180429TM6',
  email: '',
  billingEmail: '',
  packaging: { type: 'GRAL', addresses: [] },
  contacts: [],
}
