import assert from 'node:assert/strict'
import { test } from 'node:test'
import { GROUP_EVENTS, parseGroupEvent } from '../../src/core/model/customer-group.ts'
import { LANGUAGES } from '../../src/ui/messages/translate.ts'
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
