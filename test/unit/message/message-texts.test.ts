import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { composeMessage, type MessageInput } from '../../../src/core/message/compose.ts'
import { textsIn } from '../../../src/core/message/message-texts.ts'

const SEED = '01HXYZ0123456789ABCDEFGHJK'

const INPUT: MessageInput = {
  messageId: '<01hx.abc@ejemplo.mx>',
  date: '2024-05-20T15:04:05.000Z',
  seed: SEED,
  sender: { address: 'facturas@ejemplo.mx', name: 'Compañía "Ñandú", S.A.' },
  replyTo: null,
  to: ['a@cliente.mx'],
  subject: 'Factura de A & B, --=_01HXYZ0123456789ABCDEFGHJK_2 en el asunto',
  text: 'Estimado cliente',
  html: null,
  attachments: [],
}

const ATTACHED = [{ name: 'A1.xml', mediaType: 'application/xml', content: Buffer.from('<a/>') }]

const TEXTS: Readonly<Record<string, string>> = {
  'accents and signs beyond the first plane': 'Año: 1,234.50 €, “más” 🧾\n',
  'no line end at the end': 'Adiós',
  'several line ends at the end': 'Adiós\n\n\n',
  'lone carriage returns': 'uno\rdos\r\ntres\n',
  'blank lines and dots': '\n\n.\n..\n\nfin\n',
  'spaces and tabs at the ends of lines': 'uno  \n\tdos\t\n \n',
  'a line longer than any mail takes': `${'é'.repeat(3_000)}\n${'x'.repeat(3_000)}\n`,
  'what looks like the encoding': '=\n=3D=\n=\n=C3\n',
  'what looks like a boundary': `--=_${SEED}_1\n--=_${SEED}_2--\n\nContent-Type: text/html\n`,
  nothing: '',
}

describe('the texts of a sealed message', () => {
  for (const [what, text] of Object.entries(TEXTS)) {
    test(`are read back from its head with ${what}`, () => {
      for (const html of [null, `<p>${text}</p>`]) {
        for (const attachments of [[], ATTACHED]) {
          const input = { ...INPUT, text, html, attachments }
          const { head } = composeMessage(input)
          const found = textsIn(head, SEED)
          assert.equal(found.text, asBody(text))
          assert.equal(found.html, html === null ? null : asBody(html))
          assert.equal(composeMessage({ ...input, ...found }).head, head, 'composed again it is the same')
        }
      }
    })
  }
})

/** How a body ends its lines, the last one included. */
function asBody(text: string): string {
  const lines = text.replace(/\r\n?/g, '\n')
  return lines.endsWith('\n') ? lines : `${lines}\n`
}
