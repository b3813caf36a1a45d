import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { renderTemplate } from '../../../src/core/message/render.ts'
import { dataOf, head, payment } from '../../support/heads.ts'

const ONE = dataOf([head()])

function render(template: { subject?: string; body?: string }, data = ONE) {
  return renderTemplate({ subject: 'x', body: 'x', text: null, ...template }, data)
}

describe('a rendered mail', () => {
  test('row 106: has the customer’s name as it is in subject and text, and escaped in HTML', () => {
    const mail = render({
      subject: 'Para {{customerName}}',
      body: 'HTML <p title="{{customerName}}">{{customerName}}</p>',
    })
    const escaped = 'A &amp; B &quot;Ñ&quot; &lt;x&gt;'
    assert.deepEqual(mail, {
      subject: 'Para A & B "Ñ" <x>',
      text: 'A & B "Ñ" <x>\n',
      html: `<p title="${escaped}">${escaped}</p>`,
    })
  })

  test('is text alone when its body does not begin with HTML', () => {
    assert.deepEqual(render({ body: 'Hola {{customerName}}\r\n<b>HTML</b>' }), {
      subject: 'x',
      text: 'Hola A & B "Ñ" <x>\n<b>HTML</b>',
      html: null,
    })
  })

  test('is HTML after the word HTML, whatever blank or byte order mark stands before it', () => {
    assert.equal(render({ body: '\ufeff\n HTML<p>{{folio}}</p>' }).html, '<p>1001</p>')
  })

  test('takes the names of other mailers', () => {
    const mail = render({
      subject: '@@Documento @@SERIE-@@folio de @@Emisor',
      body: '@@cliente: @@total, a@@b.mx',
    })
    assert.equal(mail.subject, 'Factura A-1001 de ESCUELA KEMPER URGATE')
    assert.equal(mail.text, 'A & B "Ñ" <x>: 1160.00, a@@b.mx')
  })

  test('has a subject of one line and 200 characters', () => {
    const data = dataOf([head()], `a\r\nBcc: x@x.mx\u202e${'ñ'.repeat(300)}`)
    const { subject } = render({ subject: 'F {{customerName}}\n{{folio}}' }, data)
    assert.match(subject, /^F a Bcc: x@x\.mx ñ+…$/)
    assert.equal([...subject].length, 200)
  })

  test('of a payment says what was paid', () => {
    assert.equal(
      render(
        { subject: '{{totalText}} {{total}} {{currency}} {{paidOn}}' },
        dataOf([payment([['580', 'USD']], null)]),
      ).subject,
      '$580.00 USD 580 USD 18 de mayo de 2024',
    )
  })
})

describe('a mail with several documents', () => {
  const several = dataOf([
    head(),
    head({ folio: '1002' }),
    head({ folio: '1003' }),
    head({ folio: '1004', series: null }),
  ])

  test('walks them, and reaches the mail’s own fields from inside', () => {
    const body =
      '{{#each documents}}{{@index}} {{seriesFolio}} {{../customerCode}}{{#unless @last}}, {{/unless}}{{/each}}'
    assert.equal(
      render({ body }, several).text,
      '0 A-1001 C00001, 1 A-1002 C00001, 2 A-1003 C00001, 3 1004 C00001',
    )
  })

  test('says of all what they share, a summary of their folios, and no single total', () => {
    const body =
      '{{documentCount}} {{documentName}} {{seriesFolio}} [{{total}}{{totalText}}{{uuid}}{{series}}] {{currency}}'
    assert.equal(render({ body }, several).text, '4 Factura A-1001, A-1002, A-1003 y 1 más [] MXN')
  })
})

describe('the text twin of an HTML body', () => {
  test('keeps links, rows and conditions, and is not escaped', () => {
    const body = `HTML <style>p{color:red}</style><h1>{{documentName}}</h1><img src="cid:logo" alt="">
      <table>{{#each documents}}<tr><td>{{seriesFolio}}</td><td>{{../customerName}}</td></tr>{{/each}}</table>
      {{#if paidOn}}<p>Pagado</p>{{/if}}<p class="{{#if folio}}a{{/if}}">&#123;&#123;x}} <a href="{{verificationUrl}}">Verificar</a></p>`
    const { text } = render({ body })
    assert.match(text, /^Factura\n/)
    assert.match(text, /A-1001 A & B "Ñ" <x>\n/)
    assert.match(text, /\{ \{x\}\} Verificar <https:\/\/verificacfdi\.[^>]+>\n$/)
    assert.doesNotMatch(text, /Pagado|color|cid/)
  })

  test('comes from the rendered page when a block is lost on the way', () => {
    const body = 'HTML <p title="{{#if folio}}a">{{/if}}'
    assert.throws(() => render({ body }), { code: 'BAD_TEMPLATE' })
    const lost = 'HTML <!-- {{#if folio}} --><p>sí</p><!-- {{/if}} -->'
    assert.equal(render({ body: lost }).text, 'sí\n')
  })
})

describe('a template with an error', () => {
  test('row 107: is never rendered, and the error names what is wrong', () => {
    assert.throws(() => render({ body: 'a\n{{foliio}}' }), {
      code: 'BAD_TEMPLATE',
      params: {
        problem: 'unknown-field',
        part: 'body',
        found: 'foliio',
        nearest: 'folio',
        line: 2,
        column: 3,
      },
    })
  })

  test('row 109: is not rendered when it is an object, which Handlebars would run as code', () => {
    const program = { type: 'Program', body: [{ type: 'MustacheStatement' }] }
    assert.throws(() => render({ subject: program as unknown as string }), TypeError)
  })

  test('row 110: is not rendered past a million characters', () => {
    const many = dataOf(Array.from({ length: 200 }, () => head()))
    const body = `{{#each documents}}${'x'.repeat(6000)}{{/each}}`
    assert.throws(() => render({ body }, many), { code: 'BAD_TEMPLATE' })
  })
})
