import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { checkTemplate } from '../../src/core/message/check-template.ts'
import { listFields } from '../../src/core/flows/templates.ts'
import { makeViewContext } from '../../src/ui/view-context.ts'
import { templateFieldsView, templatesCheckedView, templateView } from '../../src/ui/views/templates.ts'

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
