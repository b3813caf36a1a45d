import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { simpleParser } from 'mailparser'
import { errorNotice } from '../../src/core/message/error-notice.ts'
import { NOTICE_CODES } from '../../src/core/message/notice-codes.ts'
import { UNUSABLE_REASONS } from '../../src/core/model/cfdi.ts'
import type { ErrorFact } from '../../src/core/model/error-notice.ts'
import { PAPER_REASONS, paperResult } from '../../src/core/model/paper-reason.ts'
import { ORDER_FILE_REASONS, RECIPIENT_DOUBTS } from '../../src/core/model/results/order-files.ts'
import { LANGUAGES } from '../../src/ui/messages/translate.ts'

async function mailOf(
  event: ErrorFact['event'],
  detail: string,
  company: string | null = null,
): Promise<string> {
  const { chunks } = errorNotice({
    language: 'es',
    messageId: 'a@emisor.example',
    date: '2024-05-31T12:00:00.000Z',
    sender: { address: 'ventas@emisor.example', name: '' },
    to: 'sistemas@emisor.example',
    place: '/datos',
    company,
    facts: [
      {
        ...{ seq: 1, at: '2024-05-31T12:00:00.000Z', event, order: 'ABCDEFGH', customer: 'C00001' },
        ...{ customerName: '', recipient: 'uno@ure.example', documents: ['A-1'], detail },
      },
    ],
  })
  return (await simpleParser(Buffer.concat(chunks))).text ?? ''
}

describe('words of the administrator’s mail', () => {
  // An order file that was refused was told as "x.XML: hidden-copy", and its name once more as the detail.
  test('every reason for which a file may be refused has words in both languages', () => {
    const codes = [
      ...[...UNUSABLE_REASONS, ...ORDER_FILE_REASONS, ...RECIPIENT_DOUBTS],
      ...PAPER_REASONS.filter((reason) => paperResult(reason) === 'rejected'),
    ]
    const missing = LANGUAGES.flatMap((language) => codes.filter((code) => !NOTICE_CODES[language][code]))
    assert.deepEqual(missing, [])
  })

  // Copied from the mail, they worked in whichever company the shell was in.
  test('what it says to type names the company whose mail it is', async () => {
    assert.match(await mailOf('held', 'review', 'NORTE'), /cfdi-mail --empresa NORTE bandeja ver ABCDEFGH/)
    assert.match(await mailOf('held', 'review'), /cfdi-mail bandeja ver ABCDEFGH/)
  })

  test('it says in Spanish what the program itself wrote into the log', async () => {
    const told = [
      [
        'order-file-refused',
        '_CFD_MAIL_REQ_1.XML: hidden-copy: cco@x.mx',
        'Detalle: pide copias ocultas (cco@x.mx)',
      ],
      [
        'unknown',
        'the sender stopped before the outcome was written',
        'Detalle: el envío se interrumpió antes',
      ],
      [
        'held',
        'review: quarantine: 5.1.1 no such user',
        'Detalle: su dirección está en cuarentena (5.1.1 no',
      ],
      ['held', 'review: foreign-recipient', 'Detalle: no es una dirección del cliente'],
      ['failed', '550 5.1.1 no such user', 'Detalle: 550 5.1.1 no such user'],
    ] as const
    for (const [event, detail, words] of told) {
      const text = await mailOf(event, detail)
      assert.ok(text.includes(words), text)
    }
  })

  test('it sends nobody to an English command', async () => {
    assert.match(
      await mailOf('unknown', ''),
      /cfdi-mail bandeja resolver ABCDEFGH --enviado si llegó, o --reenviar/,
    )
    assert.match(
      await mailOf('failed', '550 no'),
      /cfdi-mail bandeja ver ABCDEFGH .* reenviar ABCDEFGH --motivo/,
    )
  })
})
