import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, test } from 'node:test'
import { simpleParser } from 'mailparser'
import { assembleMessage, encodedLength } from '../../../src/core/message/assemble.ts'
import { asciiAddress, composeMessage, type MessageInput } from '../../../src/core/message/compose.ts'
import { quotedPrintable } from '../../../src/core/message/quoted-printable.ts'

const XML = Buffer.from('\ufeff<?xml version="1.0" encoding="UTF-8"?>\r\n<cfdi:Comprobante Nombre="Ñ"/>\n')
const PDF = Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 7) % 256))

const INPUT: MessageInput = {
  messageId: '<01hx.abc@ejemplo.mx>',
  date: '2024-05-20T15:04:05.000Z',
  seed: '01HXYZ0123456789ABCDEFGHJK',
  sender: { address: 'facturas@ejemplo.mx', name: 'Compañía "Ñandú", S.A.' },
  replyTo: 'cobranza@ejemplo.mx',
  to: ['a@cliente.mx', 'b@cliente.mx'],
  subject: 'Factura de A & B "Ñ" <x>',
  text: 'Estimado cliente:\n\n.\nAdiós\n',
  html: '<p>Año &amp; más</p>',
  attachments: [
    { name: 'EKU9003173C9_A1001.xml', mediaType: 'application/xml', content: XML },
    { name: 'EKU9003173C9_A1001.pdf', mediaType: 'application/pdf', content: PDF },
  ],
}

function bytesOf(input: MessageInput): Buffer {
  const contents = input.attachments.map((attachment) => attachment.content)
  return assembleMessage(composeMessage(input), contents).whole
}

function linesOf(input: MessageInput): string[] {
  return bytesOf(input).toString('latin1').split('\r\n')
}

describe('the bytes of a message', () => {
  // A change of this hash changes what a retry of a stored order says it will send: it needs a reason, not a new number.
  test('row 33: are these, for ever', () => {
    const { sha256, bytes } = composeMessage(INPUT)
    assert.equal(sha256, 'b33d48f50de30f215f50c6c59a28cc447e0b27dd95ba7d0332a0a053d3430ee2')
    assert.equal(bytes, 8331)
  })

  // An empty field made the library write none, and what stood in its place was the end of another.
  test('have no subject where there is none to say', () => {
    const lines = linesOf({ ...INPUT, subject: ' ' })
    const header = lines.slice(0, lines.indexOf(''))
    assert.deepEqual(
      header.filter((line) => !/^(?:[A-Z][\w-]*: | )/.test(line) || /^Subject/i.test(line)),
      [],
    )
  })

  test('have the digest and the length that are stored with them', () => {
    const sealed = composeMessage(INPUT)
    const bytes = bytesOf(INPUT)
    assert.equal(sealed.sha256, createHash('sha256').update(bytes).digest('hex'))
    assert.equal(sealed.bytes, bytes.length)
  })

  test('have it whatever the length of a file, which is hashed piece by piece', () => {
    for (const size of [0, 29183, 29184, 29185, 58368, 90001]) {
      const attachments = [{ name: 'a.pdf', mediaType: 'application/pdf', content: Buffer.alloc(size, 'x') }]
      const bytes = bytesOf({ ...INPUT, attachments })
      const { sha256, bytes: length } = composeMessage({ ...INPUT, attachments })
      assert.equal(sha256, createHash('sha256').update(bytes).digest('hex'))
      assert.equal(length, bytes.length)
      for (const line of bytes.toString('latin1').split('\r\n')) assert.ok(line.length <= 76)
    }
  })

  test('can be put together again from what is stored', () => {
    const { head, partHeaders, tail } = composeMessage(INPUT)
    const stored = JSON.parse(JSON.stringify({ head, partHeaders, tail })) as {
      head: string
      partHeaders: string[]
      tail: string
    }
    assert.deepEqual(assembleMessage(stored, [XML, PDF]).whole, bytesOf(INPUT))
  })

  test('row 32: are ASCII lines of at most 76 characters that end in CRLF and never begin with a dot', () => {
    const lines = linesOf({
      ...INPUT,
      text: `${'ñ.'.repeat(3000)}\n.\n..\n`,
      html: `<p>${'.'.repeat(500)}</p>\n.\n`,
    })
    for (const line of lines) {
      assert.ok(line.length <= 76, line)
      assert.match(line, /^(?!\.)[\x20-\x7e]*$/)
    }
  })

  test('do not come together with the wrong number of contents', () => {
    assert.throws(() => assembleMessage(composeMessage(INPUT), [XML]), RangeError)
  })

  test('are as many as encodedLength says, for every length around a line', () => {
    for (const size of [0, 1, 2, 3, 56, 57, 58, 113, 114, 115, 1000, 29183, 29184, 29185, 90000]) {
      const frame = { head: '', partHeaders: [''], tail: '' }
      const encoded = assembleMessage(frame, [Buffer.alloc(size, 1)]).whole
      assert.equal(encoded.length, encodedLength(size))
      assert.deepEqual(Buffer.from(encoded.toString('latin1'), 'base64'), Buffer.alloc(size, 1))
    }
  })
})

describe('a mail program reads in a message', () => {
  test('the same texts, names and file contents, byte for byte', async () => {
    const mail = await simpleParser(bytesOf(INPUT))
    assert.equal(mail.subject, INPUT.subject)
    assert.equal(mail.text?.trimEnd(), INPUT.text.trimEnd())
    assert.equal(mail.html, INPUT.html)
    assert.deepEqual(mail.from?.value, [{ address: 'facturas@ejemplo.mx', name: 'Compañía "Ñandú", S.A.' }])
    assert.deepEqual(
      mail.attachments.map(({ filename, contentType, contentDisposition }) => [
        filename,
        contentType,
        contentDisposition,
      ]),
      [
        ['EKU9003173C9_A1001.xml', 'application/xml', 'attachment'],
        ['EKU9003173C9_A1001.pdf', 'application/pdf', 'attachment'],
      ],
    )
    assert.deepEqual(mail.attachments[0]?.content, XML)
    assert.deepEqual(mail.attachments[1]?.content, PDF)
  })

  test('row 94: the fixed Message-ID and date, and that no machine should answer', async () => {
    const mail = await simpleParser(bytesOf(INPUT))
    assert.equal(mail.messageId, '<01hx.abc@ejemplo.mx>')
    assert.equal(mail.date?.toISOString(), INPUT.date)
    assert.equal(mail.headers.get('auto-submitted'), 'auto-generated')
    assert.equal(mail.headers.get('x-auto-response-suppress'), 'OOF, AutoReply, RN, NRN')
    for (const absent of ['bcc', 'x-mailer', 'list-unsubscribe'])
      assert.equal(mail.headers.has(absent), false, absent)
  })

  test('every recipient of the order, and where to answer', async () => {
    const mail = await simpleParser(bytesOf({ ...INPUT, to: ['a@cliente.mx', 'b@niño.mx'] }))
    const to = Array.isArray(mail.to) ? mail.to : [mail.to]
    assert.equal(to.map((each) => each?.text).join(), 'a@cliente.mx, b@niño.mx')
    assert.equal(mail.replyTo?.text, 'cobranza@ejemplo.mx')
  })

  test('a text alone, with and without attachments', async () => {
    const texts = { ...INPUT, html: null, replyTo: null }
    for (const input of [texts, { ...texts, attachments: [] }, { ...INPUT, attachments: [] }]) {
      const mail = await simpleParser(bytesOf(input))
      assert.equal(mail.text?.trimEnd(), INPUT.text.trimEnd())
      assert.equal(mail.attachments.length, input.attachments.length)
      assert.equal(mail.html === false, input.html === null)
    }
  })

  test('an empty file as an empty file', async () => {
    const input = {
      ...INPUT,
      attachments: [{ name: 'vacío ñ.txt', mediaType: 'text/plain', content: Buffer.alloc(0) }],
    }
    const mail = await simpleParser(bytesOf(input))
    assert.deepEqual(
      mail.attachments.map(({ filename, content }) => [filename, content.length]),
      [['vacío ñ.txt', 0]],
    )
  })
})

describe('nothing can be slipped into a message', () => {
  test('row 104: by line ends, NUL or bidirectional marks in a name or a subject', async () => {
    const evil = 'x\r\nBcc: evil@x.mx\u0000\u202e'
    const mail = await simpleParser(
      bytesOf({ ...INPUT, subject: evil, sender: { ...INPUT.sender, name: evil } }),
    )
    assert.equal(mail.subject, 'x Bcc: evil@x.mx')
    assert.equal(mail.headers.has('bcc'), false)
    assert.equal(mail.from?.value[0]?.name, 'x Bcc: evil@x.mx')
  })

  test('row 32: by a text that writes the boundary or the end of the message', async () => {
    const text = 'a\r\n--=_01HXYZ0123456789ABCDEFGHJK_1--\r\n.\r\nMAIL FROM:<x@x.mx>\n'
    const mail = await simpleParser(bytesOf({ ...INPUT, text }))
    assert.equal(mail.attachments.length, 2)
    assert.equal(mail.text?.trimEnd(), text.replaceAll('\r', '').trimEnd())
  })

  test('row 111: no file is opened and no address is asked that a text names', async (t) => {
    const asked: string[] = []
    const server = createServer((request, response) => {
      asked.push(request.url ?? '')
      response.end('taken-from-the-web')
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    t.after(() => server.close())
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/logo.png`
    const html = `<img src="${url}"><img src="file:///etc/passwd"><a href="/etc/passwd">x</a>`
    const raw = bytesOf({ ...INPUT, subject: 'file:///etc/passwd', text: url, html })
    const mail = await simpleParser(raw, { skipImageLinks: true })
    assert.equal(mail.attachments.length, 2, 'the documents and nothing else')
    assert.doesNotMatch(raw.toString('latin1'), /root:|taken-from-the-web/)
    assert.deepEqual(asked, [])
    assert.ok(String(mail.html).includes(url), 'what the text says stays as it is')
  })

  test('by an address that cannot be written in ASCII', () => {
    for (const address of ['ñ@x.mx', 'a@', '@x.mx', 'a b@x.mx']) {
      assert.throws(() => asciiAddress(address), { code: 'BAD_ADDRESS' }, address)
      const head = (to: readonly string[]) => composeMessage({ ...INPUT, to }).head
      assert.match(head([address]), /^To: "undisclosed-recipients":;\r$/m)
      assert.match(head([address, 'b@x.mx']), /^To: b@x\.mx\r$/m, 'the others are named')
    }
    assert.equal(asciiAddress('a@Ñandú.mx'), 'a@xn--and-6ma2c.mx')
  })
})

describe('quoted-printable', () => {
  test('gives back every text with CRLF line ends', async () => {
    const texts = [
      '',
      'a',
      'a \n b\t\n',
      '=3D\n',
      '.\n..\n',
      'ñ'.repeat(300),
      `${'x '.repeat(200)}.y`,
      'a\rb\r\nc\n',
    ]
    for (const text of texts) {
      const mail = await simpleParser(
        `Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n${quotedPrintable(text)}`,
      )
      assert.equal(mail.text?.replace(/\n$/, ''), text.replace(/\r\n?/g, '\n').replace(/\n$/, ''))
    }
  })
})
