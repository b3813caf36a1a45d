import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { readXmlTree } from '../../src/core/cfdi/xml-tree.ts'
import { orderFileText } from '../../src/core/model/order-file-text.ts'
import { orderIdOf, type OrderMapping, readOrderFile } from '../../src/core/model/order-file.ts'

function read(xml: string | Buffer, mapping: OrderMapping = {}) {
  const tree = readXmlTree(Buffer.from(xml))
  assert.ok(tree.ok, JSON.stringify(tree))
  return readOrderFile(tree.root, mapping)
}

describe('what an order file says', () => {
  test('elements and attributes, Spanish and English, in any case, with accents or without', () => {
    const shapes = [
      '<OE><PARA>a@x.mx</PARA><TÍTULO>Año</TÍTULO><Texto>T</Texto><Archivos><Archivo Ruta="f.pdf"/></Archivos></OE>',
      '<order to="a@x.mx" subject="Año" body="T"><attachments><file path="f.pdf"/></attachments></order>',
      '<x:OE xmlns:x="urn:x"><x:Destinatario correo="a@x.mx"/><x:Asunto>Año</x:Asunto><x:Cuerpo><![CDATA[T]]></x:Cuerpo><x:Adjunto>f.pdf</x:Adjunto></x:OE>',
    ]
    for (const xml of shapes) {
      const { recipients, subject, body, attachments } = read(xml)
      assert.deepEqual([recipients, subject, body, attachments], [['a@x.mx'], 'Año', 'T', ['f.pdf']])
    }
  })

  test('ISO-8859-1, Windows-1252 that nobody declared, and a byte order mark', () => {
    const declared = '<?xml version="1.0" encoding="ISO-8859-1"?><OE><Asunto>Señal</Asunto></OE>'
    assert.equal(read(Buffer.from(declared, 'latin1')).subject, 'Señal')
    assert.equal(read(Buffer.from('<OE><Asunto>Señal</Asunto></OE>', 'latin1')).subject, 'Señal')
    assert.equal(read('\ufeff<OE><Asunto>Señal</Asunto></OE>').subject, 'Señal')
  })

  // The customer was sent "Hola fin": what stood inside the tags was gone, and nobody was told.
  test('HTML that nobody escaped is told, and elements around other fields are not taken for it', () => {
    const bare = [
      '<OE><Cuerpo>Hola <b>mundo</b> fin</Cuerpo></OE>',
      '<OE><Cuerpo>HTML <p>Hola</p></Cuerpo></OE>',
      '<OE><Cuerpo><p>Hola</p></Cuerpo></OE>',
      '<OE><Cuerpo><html><head><title>x</title></head><body>Hola</body></html></Cuerpo></OE>',
    ]
    for (const xml of bare) assert.equal(read(xml).markup, 'Cuerpo', xml)
    assert.equal(read('<OE><Asunto>Su <i>factura</i></Asunto></OE>').markup, 'Asunto')
    assert.equal(read('<OE><X>Hola <b/></X></OE>', { body: ['OE/X'] }).markup, 'X')
    const whole = [
      '<Mensaje><Asunto>A</Asunto><Cuerpo>T<!-- x --> T</Cuerpo></Mensaje>',
      '<OE><Mensaje><Body>T</Body></Mensaje></OE>',
      '<OE><Cuerpo><![CDATA[HTML <p>Hola</p>]]></Cuerpo></OE>',
    ]
    for (const xml of whole) assert.equal(read(xml).markup, '', xml)
  })

  test('a mapping says where the fields of another shape are, and only there', () => {
    const xml = '<OE><Correo><A>a@x.mx</A><Asunto>no</Asunto></Correo><Cab Lema="sí"/></OE>'
    const { recipients, subject } = read(xml, { recipients: ['OE/Correo/A'], subject: ['Cab/@Lema'] })
    assert.deepEqual([recipients, subject], [['a@x.mx'], 'sí'])
  })

  test('what is written is read back as it was, whatever characters it holds', () => {
    const subject = `ñ & < > " ' ]]> {{x}} 😀`
    const order = {
      id: '1',
      createdAt: '2024-06-01T12:00:00.000Z',
      customer: 'C&1',
      profile: null,
      sender: '',
    }
    const texts = {
      recipients: ['a@x.mx'],
      subject,
      body: `HTML\n<p>${subject}</p>`,
      attachments: ['1/a&b.pdf'],
    }
    const { customer, ...back } = read(orderFileText({ ...order, ...texts }))
    assert.deepEqual(
      [customer, back.recipients, back.subject, back.body, back.attachments],
      ['C&1', texts.recipients, texts.subject, texts.body, texts.attachments],
    )
  })

  test('a name holds nothing that could lead elsewhere', () => {
    assert.equal(orderIdOf('_cfd_mail_req_7-20240601.xml'), '7-20240601')
    for (const name of [
      '_CFD_MAIL_REQ_.XML',
      '_CFD_MAIL_REQ_../x.XML',
      '_CFD_MAIL_REQ_a;b.XML',
      'CFD_MAIL_REQ_1.XML',
    ])
      assert.equal(orderIdOf(name), null)
  })
})
