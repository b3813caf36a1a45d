import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { sendDue } from '../../src/core/flows/send-due.ts'
import { message, mark, opened } from '../support/delivery.ts'
import { packageDocuments, testCtx, useProfile } from '../support/ctx.ts'
import { rawSmtp } from '../support/raw-smtp.ts'

const WITH_DSN = { extensions: ['SIZE 30000000', 'DSN', 'SMTPUTF8'] }
const ENVELOPE = '01HZX0000000000000000000AB'

describe('row 25: news of failures and delays', () => {
  test('is asked for where the server offers DSN, with the name of the envelope and the header alone', async (t) => {
    const server = await rawSmtp(t, WITH_DSN)
    const session = await opened(t, server)
    await session.deliver(message({ envelopeId: ENVELOPE }), mark)
    const [mail = '', rcpt = ''] = server.commands.filter((line) => /^(?:MAIL|RCPT)/.test(line))
    assert.match(mail, /^MAIL FROM:<ventas@emisor\.example>.* RET=HDRS ENVID=01HZX0000000000000000000AB$/)
    assert.match(
      rcpt,
      /^RCPT TO:<uno@cliente\.example> NOTIFY=FAILURE,DELAY ORCPT=rfc822;uno@cliente\.example$/,
    )
  })

  test('is asked for each of several recipients, none of them under the name of another', async (t) => {
    const server = await rawSmtp(t, WITH_DSN)
    const session = await opened(t, server)
    const recipients = ['uno@cliente.example', 'dos@cliente.example']
    await session.deliver(message({ envelopeId: ENVELOPE, recipients }), mark)
    const asked = server.commands.filter((line) => line.startsWith('RCPT'))
    assert.deepEqual(
      asked,
      recipients.map((address) => `RCPT TO:<${address}> NOTIFY=FAILURE,DELAY`),
    )
  })

  test('is not asked of a server that does not offer DSN: it would refuse the parameters', async (t) => {
    const server = await rawSmtp(t, { extensions: ['SIZE 30000000', '8BITMIME'] })
    const session = await opened(t, server)
    const { recipients } = await session.deliver(message({ envelopeId: ENVELOPE }), mark)
    assert.equal(recipients[0]?.outcome, 'accepted')
    assert.doesNotMatch(server.commands.join('\n'), /ENVID|NOTIFY|ORCPT|RET=/)
  })

  test('is asked by send under the id of the order', async (t) => {
    const { ctx } = await testCtx(t)
    const server = await rawSmtp(t, WITH_DSN)
    await useProfile(ctx, server.port)
    const [order] = await packageDocuments(t, ctx, [{ folio: '1' }])
    await sendDue(ctx, { profile: null, limit: null })
    assert.match(server.commands.join('\n'), new RegExp(`ENVID=${order?.id ?? '-'}`))
  })
})
