import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { checkTemplate } from '../../../src/core/message/check-template.ts'
import { DEFAULT_TEMPLATES } from '../../../src/core/message/default-templates.ts'
import { DOCUMENT_FIELDS } from '../../../src/core/message/document-fields.ts'
import { MESSAGE_FIELDS } from '../../../src/core/message/message-fields.ts'
import { PAID_FIELDS } from '../../../src/core/message/paid-fields.ts'
import { renderTemplate } from '../../../src/core/message/render.ts'
import { sampleData } from '../../../src/core/message/samples.ts'
import { CFDI_KINDS } from '../../../src/core/model/cfdi.ts'
import { BUILT_IN_TEMPLATES, PORTAL_TEMPLATE, templateNameOf } from '../../../src/core/model/template.ts'
import { dataOf, head } from '../../support/heads.ts'

/** What stands in each built-in mail, text and HTML, besides UUID, issuer and attachments. */
const SAYS = {
  invoice: ['Factura A-1001', '$1,160.00 MXN', '20 de mayo de 2024'],
  'credit-note': ['Nota de crédito NC-12', '$1,160.00 MXN'],
  payment: ['Complemento de pago CP-77', '$1,160.00 MXN', '18 de mayo de 2024'],
  waybill: ['Carta porte T-15'],
  payroll: ['Recibo de nómina NOM-240', 'INGRID XODAR JIMENEZ'],
  withholdings: ['Constancia de retenciones 9', '$1,160.00 MXN'],
  several: ['3 comprobantes fiscales', 'Factura A-1002', '$12,345.67 MXN', 'Complemento de pago CP-77'],
  'portal-access': [
    'Factura A-1001',
    'URE180429TM6',
    '[clave-oculta]',
    'https://facturas.example.com/portal',
  ],
} as const

describe('the built-in mails', () => {
  for (const name of BUILT_IN_TEMPLATES) {
    test(`${name} has no problem and is small`, () => {
      assert.deepEqual(checkTemplate(DEFAULT_TEMPLATES[name]), [])
      const { html } = renderTemplate(DEFAULT_TEMPLATES[name], sampleData(name))
      assert.ok(html !== null && html.length < 20_000)
      assert.doesNotMatch(html, /<img|src=|\{\{|undefined/)
    })

    test(`${name} says the same in text and in HTML`, () => {
      const { subject, text, html } = renderTemplate(DEFAULT_TEMPLATES[name], sampleData(name))
      const always = [
        'ESCUELA KEMPER URGATE',
        'EKU9003173C9',
        '6F1A3C5E-0D2B-4A7C-9E8F-',
        'XML y PDF',
        'comprobante',
      ]
      for (const said of [...SAYS[name], ...always]) {
        assert.ok(text.includes(said), `text: ${said}`)
        assert.ok(html?.includes(said), `html: ${said}`)
      }
      assert.match(subject, /ESCUELA KEMPER URGATE$/)
      assert.match(text, /^https:\/\/\S+sat\.gob\.mx\S+id=6F1A|SAT: https:/m)
    })

    test(`${name} leaves out what a document does not have`, () => {
      const bare = head({
        series: null,
        folio: null,
        paymentMethod: null,
        paymentForm: null,
        issuer: { rfc: 'EKU9003173C9', name: '' },
      })
      const data = { ...dataOf([bare], ''), verificationUrl: '' }
      const { subject, text, html } = renderTemplate(DEFAULT_TEMPLATES[name], data)
      assert.doesNotMatch(`${subject}\n${text}${html ?? ''}`, /undefined|null|Folio:|Método de pago/)
    })
  }

  test('there is one for each kind of document, another for several, and one for the way into the portal', () => {
    assert.deepEqual(
      [
        ...CFDI_KINDS.map((kind) => templateNameOf([kind])),
        templateNameOf(['I', 'I']),
        PORTAL_TEMPLATE,
      ].sort(),
      [...BUILT_IN_TEMPLATES].sort(),
    )
  })
})

describe('the table of fields', () => {
  const fields = [...DOCUMENT_FIELDS, ...MESSAGE_FIELDS, ...PAID_FIELDS]

  test('has every name and every alias once', () => {
    const names = fields.map((field) => field.name)
    const aliases = fields.flatMap((field) => field.aliases)
    assert.equal(new Set(names).size, names.length)
    assert.equal(new Set(aliases).size, aliases.length)
  })

  test('is what docs/templates.md says', () => {
    const page = readFileSync(new URL('../../../docs/templates.md', import.meta.url), 'utf8')
    const rows = [...page.matchAll(/^\| `\{\{(\w+)\}\}` +\| (.*?) +\|/gm)]
    assert.deepEqual(
      rows.map(([, name, aliases]) => `${name ?? ''}: ${aliases ?? ''}`),
      fields.map((field) => `${field.name}: ${field.aliases.map((alias) => `\`@@${alias}\``).join(' ')}`),
    )
  })

  test('gives every field a text for every document, so that no template fails on a missing one', () => {
    const data = dataOf([head({ series: null, folio: null, paymentForm: null, paymentMethod: null })])
    for (const { name } of [...DOCUMENT_FIELDS, ...MESSAGE_FIELDS])
      assert.equal(typeof data[name], 'string', name)
  })
})
