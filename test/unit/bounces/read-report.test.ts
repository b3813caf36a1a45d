import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { LARGEST_MAIL, readReturnedMail } from '../../../src/core/bounces/read-report.ts'
import {
  exchangeReport,
  failedRecipientsBounce,
  outOfOffice,
  personalReply,
  qmailBounce,
  readReceipt,
  spanishExchangeBounce,
  standardReport,
  wordedDelay,
} from '../../support/bounces.ts'

const ID = '<01hz.abc@emisor.example>'
const ABOUT = { messageId: ID, recipient: 'uno@ure.example' }

const read = (text: string) => readReturnedMail(Buffer.from(text))

describe('reports in the form of RFC 3464', () => {
  test('row 90: give status, diagnostic, envelope id and the Message-ID of what is returned', async () => {
    const mail = await read(standardReport({ ...ABOUT, envelopeId: '01HZ+2BX' }))
    assert.equal(mail.sort, 'report')
    assert.equal(mail.envelopeId, '01HZ+X')
    assert.deepEqual(mail.messageIds, [ID])
    assert.deepEqual(mail.recipients, [
      {
        addresses: ['uno@ure.example'],
        action: 'failed',
        status: '5.1.1',
        diagnostic: '550 5.1.1 <uno@ure.example>: Recipient address rejected',
      },
    ])
  })

  test('are read the same when the words are HTML and the whole message comes back', async () => {
    const mail = await read(exchangeReport(ABOUT))
    assert.equal(mail.sort, 'report')
    assert.deepEqual(mail.messageIds, [ID])
    assert.equal(mail.recipients[0]?.status, '5.1.10')
    assert.match(mail.recipients[0]?.diagnostic ?? '', /RecipientNotFound/)
  })

  test('give each recipient its own action, and drop an action nobody knows', async () => {
    const two = standardReport(ABOUT).replace(
      '\r\n--4F2.17\r\nContent-Type: text/rfc822-headers',
      [
        '',
        'Final-Recipient: rfc822;<Dos@URE.example>',
        'Action: Delayed (will retry)',
        'Status: 4.4.1',
        '',
        'Final-Recipient: rfc822;tres@ure.example',
        'Action: pondered',
        'Status: 5.0.0',
        '',
        '--4F2.17',
        'Content-Type: text/rfc822-headers',
      ].join('\r\n'),
    )
    const { recipients } = await read(two)
    assert.deepEqual(
      recipients.map(({ addresses, action, status }) => [addresses[0], action, status]),
      [
        ['uno@ure.example', 'failed', '5.1.1'],
        ['dos@ure.example', 'delayed', '4.4.1'],
      ],
    )
  })

  test('cut off after 512 KiB still say what they say', async () => {
    const long = standardReport(ABOUT) + 'A'.repeat(2 * LARGEST_MAIL)
    const mail = await read(long)
    assert.equal(mail.recipients[0]?.status, '5.1.1')
  })

  test('have one hash with CRLF and with LF', async () => {
    const text = standardReport(ABOUT)
    assert.equal((await read(text)).hash, (await read(text.replace(/\r\n/g, '\n'))).hash)
    assert.notEqual((await read(text)).hash, (await read(standardReport({ ...ABOUT, status: '5.1.2' }))).hash)
  })
})

describe('row 93: bounces in words', () => {
  const SHAPES = {
    qmail: { text: qmailBounce, action: 'failed', status: '', words: /554 delivery error/ },
    'Exchange in Spanish': {
      text: spanishExchangeBounce,
      action: 'failed',
      status: '5.2.2',
      words: /#5\.2\.2/,
    },
    Gmail: { text: failedRecipientsBounce, action: 'failed', status: '5.7.1', words: /rejected as spam/ },
    'a delay': { text: wordedDelay, action: 'delayed', status: '', words: /./ },
  } as const
  const whole = { ...ABOUT, envelopeId: '', action: 'failed', status: '', diagnostic: '' } as const

  for (const [name, { text, action, status, words }] of Object.entries(SHAPES)) {
    test(`of ${name} give the address, the Message-ID and the server's words`, async () => {
      const mail = await read(text(whole))
      assert.equal(mail.sort, 'text')
      assert.deepEqual(mail.messageIds, [ID])
      const told = mail.recipients.find(({ addresses }) => addresses.includes('uno@ure.example'))
      assert.equal(told?.action, action)
      assert.equal(told?.status, status)
      assert.match(told?.diagnostic ?? '', words)
    })
  }

  test('do not take the other people of the returned header for failures', async () => {
    const { recipients } = await read(qmailBounce(whole))
    assert.deepEqual(
      recipients.flatMap(({ addresses }) => addresses),
      ['uno@ure.example'],
    )
  })
})

describe('other mail', () => {
  const whole = { ...ABOUT, envelopeId: '', action: 'failed', status: '', diagnostic: '' } as const

  test('row 94: an automatic answer and a read receipt are recognised and are no bounce', async () => {
    assert.equal((await read(outOfOffice(whole))).sort, 'auto-reply')
    assert.equal((await read(readReceipt(whole))).sort, 'auto-reply')
  })

  test("a person's answer that speaks of 550 is no bounce", async () => {
    assert.equal((await read(personalReply(whole))).sort, 'other')
  })

  test('that is no mail at all is read without an error', async () => {
    for (const text of [
      '',
      '\0\0\0',
      'From: \r\n\r\n',
      'Content-Type: multipart/report\r\n\r\n--',
      '�'.repeat(999),
    ])
      assert.equal((await read(text)).sort, 'other')
  })
})
