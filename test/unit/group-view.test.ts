import assert from 'node:assert/strict'
import { test } from 'node:test'
import { GROUP_EVENTS, parseGroupEvent } from '../../src/core/model/customer-group.ts'
import { LANGUAGES } from '../../src/ui/messages/translate.ts'
import { noticeReason } from '../../src/ui/views/own-words.ts'
import { makeViewContext } from '../../src/ui/view-context.ts'
import { viewOf } from '../../src/ui/views/index.ts'

// Under --lang es the column said access-request, and the error for a wrong event solicitud-acceso.
for (const language of LANGUAGES)
  test(`a group's notices stand under the word that --event takes in ${language}`, () => {
    const notices = GROUP_EVENTS.map((event) => ({
      ...{ event, enabled: true, own: false, subject: '', body: '' },
    }))
    const group = { code: 'NORTE', name: '', requestsTo: '', noticesFrom: '', customers: 0 }
    const context = makeViewContext({ language, width: 80, color: 'off', verbosity: 'normal' })
    const lines = viewOf({ kind: 'group', ...group, notices }, context).split('\n')
    const typed = lines.slice(-notices.length).map((line) => line.split(' ')[0] ?? '')
    assert.deepEqual(typed.map(parseGroupEvent), GROUP_EVENTS)
    if (language === 'es') assert.equal(typed[0], 'solicitud-acceso')
  })

// `groups preview` was headed NORTE/new-contact in Spanish, and the order of a notice had NORTE new-contact for its reason.
test('a notice is named by the same word where it is previewed and where it is sent', () => {
  const about = { uuid: '', customer: 'C00001', subject: 'Hola', text: 'Hola', html: null, file: null }
  for (const [language, word] of [
    ['es', 'contacto-nuevo'],
    ['en', 'new-contact'],
  ] as const) {
    const context = makeViewContext({ language, width: 80, color: 'off', verbosity: 'normal' })
    const shown = (template: string) => viewOf({ kind: 'preview', ...about, template }, context)
    assert.match(shown('NORTE/new-contact'), new RegExp(`^NORTE/${word} `))
    assert.match(shown('new-contact'), /^new-contact /)
    assert.equal(noticeReason('NORTE new-contact', context.t), `NORTE ${word}`)
    assert.equal(noticeReason('lo pidió ana', context.t), null)
  }
})
