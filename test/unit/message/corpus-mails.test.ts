import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { readHead } from '../../../src/core/cfdi/read-head.ts'
import { verificationUrl } from '../../../src/core/cfdi/verification-url.ts'
import { attachmentBase } from '../../../src/core/message/attachment-name.ts'
import { composeMessage } from '../../../src/core/message/compose.ts'
import { DEFAULT_TEMPLATES } from '../../../src/core/message/default-templates.ts'
import { renderTemplate } from '../../../src/core/message/render.ts'
import { templateData } from '../../../src/core/message/template-data.ts'
import { templateNameOf } from '../../../src/core/model/template.ts'
import { corpusMissing, corpusPath, expectedRecords } from '../../support/corpus.ts'

test(
  'every stamped document of the corpus becomes a whole mail, and only a Traslado one without amount',
  { skip: corpusMissing() },
  () => {
    const heads = expectedRecords().flatMap((record) => {
      const reading = readHead(readFileSync(corpusPath(record)))
      return reading.ok ? [reading.head] : []
    })
    assert.ok(heads.length > 20, `only ${heads.length}`)
    for (const head of heads) {
      const data = templateData({
        heads: [head],
        customer: null,
        settings: { companyName: null },
        verificationUrls: [verificationUrl(head)],
        attachments: [],
      })
      const mail = renderTemplate(DEFAULT_TEMPLATES[templateNameOf([head.kind])], data)
      assert.ok(mail.subject.length > 10)
      assert.ok(mail.text.includes(head.stamp.uuid))
      assert.doesNotMatch(`${mail.subject}${mail.text}`, /undefined|\{\{/)
      if (head.kind === 'P') assert.doesNotMatch(mail.text, /\$0\.00/)
      assert.equal(data['totalText'] === '', head.kind === 'T', `${head.kind} ${head.total} ${head.currency}`)
      assert.match(
        attachmentBase({
          issuerRfc: head.issuer.rfc,
          series: head.series ?? '',
          folio: head.folio ?? '',
          uuid: head.stamp.uuid,
        }),
        /^[A-Za-z0-9_-]{1,88}$/,
      )
      const { head: bytes } = composeMessage({
        ...mail,
        messageId: 'a@b.mx',
        date: '2024-05-20T00:00:00Z',
        seed: 'X',
        sender: { address: 'a@b.mx', name: head.issuer.name },
        replyTo: null,
        to: ['c@d.mx'],
        attachments: [],
      })
      assert.match(bytes, /^[\x20-\x7e\r\n]+$/)
    }
  },
)
