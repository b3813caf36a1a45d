import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { checkTemplate } from '../../src/core/message/check-template.ts'
import { listFields, listTemplates } from '../../src/core/flows/templates.ts'
import { makeViewContext } from '../../src/ui/view-context.ts'
import {
  templateFieldsView,
  templatesCheckedView,
  templatesView,
  templateView,
} from '../../src/ui/views/templates.ts'
import { storeCtx } from '../support/store-ctx.ts'

const context = makeViewContext({ language: 'es', width: 80, color: 'off', verbosity: 'normal' })

describe('templates on a terminal', () => {
  test('a problem says where it is, what it is and what was most likely meant', () => {
    const problems = checkTemplate({ subject: 'x', body: 'HTML\n<p title={{foliio}}>x</p>' })
    assert.equal(
      templatesCheckedView(
        { kind: 'templates-checked', needsPerson: true, templates: [{ name: 'invoice', problems }] },
        context,
      ),
      [
        'invoice',
        '  error (cuerpo, línea 1): el campo foliio no existe. ¿Quiso decir folio?',
        '  error (cuerpo, línea 1): foliio está dentro de una etiqueta sin comillas.',
      ].join('\n'),
    )
  })

  // Each built-in one was an English name and the beginning of one and the same Handlebars.
  test('the list says in the reader’s language what each is, beside the name to type', async (t) => {
    const { templates } = await listTemplates(await storeCtx(t))
    const own = { name: 'aviso', origin: 'custom', description: '', scope: 'any', subject: 'Aviso' } as const
    const rows = (language: 'es' | 'en') =>
      templatesView(
        { kind: 'templates', templates: [...templates, own, { ...own, description: 'De marzo' }] },
        makeViewContext({ language, width: 80, color: 'off', verbosity: 'normal' }),
      ).split('\n')
    assert.match(rows('es')[1] ?? '', /^invoice .* Factura$/)
    assert.match(rows('en')[2] ?? '', /^credit-note .* Credit note$/)
    assert.deepEqual(
      rows('es')
        .slice(-2)
        .map((row) => row.split(/  +/).at(-1)),
      ['Aviso', 'De marzo'],
    )
    for (const row of [...rows('es'), ...rows('en')]) {
      assert.doesNotMatch(row, /\{\{|…/)
      assert.ok(row.length <= 80, row)
    }
  })

  test('every field has a description, and the table fits 80 columns', async () => {
    const text = templateFieldsView(await listFields(), context)
    assert.match(text, /\{\{seriesFolio\}\} +@@serie_folio +serie y folio/)
    assert.doesNotMatch(text, /field\./)
    for (const line of text.split('\n')) assert.ok(line.length <= 80, line)
  })

  test('a body cannot move the cursor', () => {
    const text = templateView(
      {
        kind: 'template',
        name: 'aviso',
        origin: 'custom',
        description: '',
        scope: 'any',
        subject: 'a\u001b[2J',
        body: 'b\u001b[2J\nc',
        problems: [],
      },
      context,
    )
    assert.equal(text, 'aviso  propia\nPara: cualquier documento\nTítulo: a [2J\n\nb [2J\nc')
  })
})
