import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { showCustomer } from '../../src/core/flows/customers.ts'
import { orderWords } from '../../src/core/flows/order-words.ts'
import { packagePapers } from '../../src/core/flows/package-papers.ts'
import { setTemplate } from '../../src/core/flows/templates.ts'
import { readTicket } from '../../src/core/message/ticket.ts'
import { listOrders } from '../../src/core/store/orders.ts'
import { makeViewContext } from '../../src/ui/view-context.ts'
import { viewOf } from '../../src/ui/views/index.ts'
import { papersHouse } from '../support/papers.ts'

const PAGE = Buffer.from(
  '<!DOCTYPE html><html><head><title>t</title><script>print()</script><style>p{color:red}</style></head>' +
    '<body><p>1 Café &amp; pan $38.00</p></body></html>',
)

describe('tickets of a point of sale', () => {
  test('a page stands in the envelope, in HTML and as text; scripts stay behind', async (t) => {
    const { ctx, request } = await papersHouse(t, { 'TKT_C00001_55.html': PAGE })
    const { totals } = await packagePapers(ctx, { ...request, kind: 'ticket' })
    assert.equal(totals.queued, 1)
    const [order] = await listOrders(ctx.db, {})
    const { html, text, subject } = await orderWords(ctx, order?.id ?? '')
    assert.match(html ?? '', /<p>1 Café &amp; pan \$38\.00<\/p>/)
    assert.doesNotMatch(html ?? '', /<script|print\(\)/)
    assert.match(text, /1 Café & pan \$38\.00/)
    assert.equal(subject, 'Ticket 55')
    assert.deepEqual(order?.attachments, [])
  })

  test('a PDF beside the page is attached, and both are one paper', async (t) => {
    const { ctx, request } = await papersHouse(t, {
      'TKT_C00001_55.html': PAGE,
      'TKT_C00001_55.pdf': 'ticket',
    })
    const { orders, documents } = await packagePapers(ctx, { ...request, kind: 'ticket' })
    assert.equal(documents.length, 1)
    assert.deepEqual(
      orders[0]?.attachments.map(({ name }) => name),
      ['TKT_C00001_55.pdf'],
    )
  })

  test('an envelope of another program may write its places in its own way', async (t) => {
    const { ctx, request } = await papersHouse(t, { 'TKT_C00001_55.html': PAGE })
    const body =
      '<html><body><h1>Hola {{nombre_cliente}}, %%referencia%%</h1><!-- ticket --><p>[[empresa]]</p></body></html>'
    await setTemplate(ctx, 'ticket', { subject: 'Su ticket @@folio', body })
    await packagePapers(ctx, { ...request, kind: 'ticket' })
    const [order] = await listOrders(ctx.db, {})
    const { html, subject } = await orderWords(ctx, order?.id ?? '')
    assert.match(html ?? '', /<h1>Hola UNIVERSIDAD ROBOTICA ESPAÑOLA, 55<\/h1>/)
    assert.match(html ?? '', /Café &amp; pan/)
    assert.equal(subject, 'Su ticket 55')
  })

  // The page said windows-1252, as its file once was; the mail is UTF-8, and its preview showed "RobÃ³tica".
  test('an envelope that says another encoding of itself is sent, and previewed, as what it is', async (t) => {
    const { ctx, request } = await papersHouse(t, { 'TKT_C00001_55.html': PAGE })
    const meta = '<meta http-equiv="Content-Type" content="text/html; charset=windows-1252">'
    const body = `<html><head>${meta}<meta charset='ISO-8859-1'/></head><body>Compró: [[ticket]]</body></html>`
    await setTemplate(ctx, 'ticket', { subject: 'x', body })
    await packagePapers(ctx, { ...request, kind: 'ticket' })
    const [order] = await listOrders(ctx.db, {})
    const { html } = await orderWords(ctx, order?.id ?? '')
    assert.match(
      html ?? '',
      /content="text\/html; charset=utf-8"><meta charset='utf-8'\/><\/head><body>Compró: /,
    )
  })

  // It said that something runs or is loaded, and only --json said what.
  test('a page that is refused is told with what it would have loaded', async (t) => {
    const page = Buffer.from('<p>Gracias<img src="http://x.example/y.png"></p>')
    const { ctx, request } = await papersHouse(t, { 'TKT_C00001_55.html': page })
    const result = await packagePapers(ctx, { ...request, kind: 'ticket' })
    const context = makeViewContext({ language: 'es', width: undefined, color: 'off', verbosity: 'normal' })
    assert.match(viewOf(result, context), /TKT_C00001_55\.html: src="http:\/\/x\.example\/y\.png"/)
  })

  test('an envelope without a place for the ticket sends nothing', async (t) => {
    const { ctx, request } = await papersHouse(t, { 'TKT_C00001_55.html': PAGE })
    await setTemplate(ctx, 'ticket', { subject: 'x', body: 'HTML <p>Gracias</p>' })
    const { documents } = await packagePapers(ctx, { ...request, kind: 'ticket' })
    assert.equal(documents[0]?.reason, 'bad-template')
  })

  for (const [what, page] of Object.entries({
    'an event attribute': '<p onclick="x()">a</p>',
    'a frame': '<iframe src="https://x.example"></iframe>',
    'an image from outside': '<img src="https://x.example/a.png">',
    'an image without quotes': '<img src=https://x.example/a.png>',
    'a script link': '<a href="java&#115;cript:x()">a</a>',
    'a style that loads': '<p style="background:url(//x.example/a)">a</p>',
    'a style sheet that loads': '<style>@import "https://x.example/a.css";</style><p>a</p>',
    'a script put together by cutting': '<scr<script></script>ipt>x()</script>',
    'a tag that does not end': '<p>a</p><div title="',
    nothing: '<html><body> </body></html>',
  })) {
    test(`a page with ${what} is refused`, () => {
      assert.equal(readTicket(page).ok, false)
    })
  }

  test('a customer that only the index knows is made when asked, with the type of the point of sale', async (t) => {
    const { ctx, folder, request } = await papersHouse(t, {
      'a.html': PAGE,
      'b.html': Buffer.from('<p>otro</p>'),
    })
    const index = join(folder, 'indice.csv')
    writeFileSync(
      index,
      'archivo,cliente,ticket,correo,nombre\na.html,T900,55,ana@x.mx,Ana\nb.html,T901,56,mal,Eva\n',
    )
    const wanted = { ...request, kind: 'ticket', index } as const
    const { documents } = await packagePapers(ctx, wanted)
    assert.deepEqual(
      documents.map(({ reason }) => reason),
      ['unknown-party', 'unknown-party'],
    )
    const create = { ...wanted, unknown: 'create' } as const
    assert.equal((await packagePapers(ctx, { ...create, mode: 'dry-run' })).totals.queued, 1)
    await assert.rejects(showCustomer(ctx, 'T900'), { code: 'CUSTOMER_NOT_FOUND' })
    const made = await packagePapers(ctx, create)
    assert.deepEqual(
      made.documents.map(({ customer, reason }) => [customer, reason]),
      [
        ['T900', null],
        ['T901', 'unknown-party'],
      ],
    )
    const { name, email, packaging } = await showCustomer(ctx, 'T900')
    assert.deepEqual([name, email, packaging.type], ['Ana', 'ana@x.mx', ctx.settings.posPackagingType])
  })
})
