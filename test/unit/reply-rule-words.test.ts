import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { explainReply } from '../../src/core/flows/outbox.ts'
import { REPLY_PHASES, REPLY_RULES } from '../../src/core/model/reply-rules.ts'
import { WHATSAPP_RULES } from '../../src/core/model/whatsapp-rules.ts'
import { replyRules } from '../../src/ui/messages/es/reply-rules.ts'
import { replyRuleWords } from '../../src/ui/messages/reply-rules.ts'
import { makeViewContext } from '../../src/ui/view-context.ts'
import { viewOf } from '../../src/ui/views/index.ts'

const RULES = [...REPLY_RULES, ...WHATSAPP_RULES]
/** For replies that no rule of the lists is about. */
const BESIDES = ['not-a-refusal', 'unknown-code']
const ENGLISH = /\b(?:the|is|not|was|or|only|with|and|after|of|to)\b/i

describe('the rules for replies', () => {
  test('have a name of their own each, and Spanish words each', () => {
    const names = [...RULES.map(({ name }) => name), ...BESIDES]
    assert.deepEqual(names.toSorted(), Object.keys(replyRules).toSorted())
  })

  test('say in Spanish where they are from, too', () => {
    for (const { name, note = '' } of RULES) {
      const shown = replyRuleWords('es', { rule: name, note })
      const foreign = shown.note.replaceAll(/MAIL FROM|RCPT TO/g, '')
      assert.doesNotMatch(foreign, ENGLISH, name)
      assert.equal(shown.note === '', note === '', name)
      assert.deepEqual(replyRuleWords('en', { rule: name, note }), { rule: name, note })
    }
  })
})

describe('a reply explained', () => {
  const shown = (language: 'es' | 'en', reply: string, phase?: 'dot') =>
    viewOf(
      explainReply(reply, phase),
      makeViewContext({ language, width: 80, color: 'off', verbosity: 'normal' }),
    )

  test('names the rule and what was answered in the language of the reader', () => {
    const es = shown('es', '421 4.7.0 Try again')
    assert.match(es, /^Respuesta a: rcpt \(destinatario\)$/m)
    assert.match(es, /^Regla: el servidor cierra la sesión \(server-closing\)$/m)
    assert.match(es, /^Fuente: RFC 5321 § 4\.2\.1: el servidor termina la sesión/m)
    const en = shown('en', '421 4.7.0 Try again')
    assert.match(en, /^Reply to: rcpt \(recipient\)\nRule: server-closing$/m)
  })

  test('has words for every phase', () => {
    assert.match(shown('es', '554 no', 'dot'), /^Respuesta a: punto \(fin del mensaje\)$/m)
    for (const phase of REPLY_PHASES)
      assert.doesNotMatch(shown('es', '554 no', phase as 'dot'), /undefined|\{/, phase)
  })
})
