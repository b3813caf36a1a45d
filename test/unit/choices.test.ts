import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { parseCustomerChannel } from '../../src/core/model/customer-channel.ts'
import { parseGroupEvent } from '../../src/core/model/customer-group.ts'
import { parseSwitch } from '../../src/core/model/document-setting.ts'
import { CfdiMailError } from '../../src/core/model/errors.ts'
import { unknownPolicy } from '../../src/core/model/limit-fields.ts'
import { parseModules } from '../../src/core/model/modules.ts'
import { paperKindOf } from '../../src/core/model/paper.ts'
import { partyKindOf } from '../../src/core/model/party.ts'
import { roleName } from '../../src/core/model/role.ts'
import { parseNoticeStates } from '../../src/core/model/states.ts'
import { parseTemplateScope } from '../../src/core/model/template-use.ts'
import { errorText } from '../../src/ui/messages/index.ts'
import { choices } from '../../src/ui/messages/es/choices.ts'

/** What a word means to the flag that has it. */
const READERS: Readonly<Record<string, (word: string) => string | undefined>> = {
  module: (word) => parseModules([word])[0],
  event: parseGroupEvent,
  state: (word) => parseNoticeStates([word])[0],
  scope: parseTemplateScope,
  role: (word) => roleName(word) ?? undefined,
  channel: parseCustomerChannel,
  enabled: (word) => switchWord(parseSwitch('enabled', word)),
  automatic: (word) => switchWord(parseSwitch('automatic', word)),
  'on-unknown': (word) => {
    const { onUnknown, resendAfterHours } = unknownPolicy('on-unknown', word) ?? {}
    return resendAfterHours === null ? onUnknown : `${onUnknown}:${resendAfterHours}h`
  },
  kind: (word) => partyKindOf(word) ?? paperKindOf(word),
}

function switchWord(value: boolean | null): string {
  return value === null ? 'default' : value ? 'yes' : 'no'
}

describe('values that an error offers', () => {
  test('are Spanish for a Spanish reader, and mean the same when they are typed', () => {
    for (const [key, word] of Object.entries(choices)) {
      const [, flag = '', value = ''] = key.split('.')
      assert.equal(READERS[flag]?.(word), value, key)
    }
  })

  test('are codes in English, and a value without words of its own is shown as it is', () => {
    const error = (flag: string, known: string) =>
      new CfdiMailError('BAD_CHOICE', { flag, value: 'x', choices: known })
    const hint = (language: 'es' | 'en', of: CfdiMailError) => errorText({ language }, of).hint
    const modules = error('module', 'invoicing, collections')
    assert.equal(hint('es', modules), 'Puede ser: facturacion, cobranza.')
    assert.equal(hint('en', modules), 'It can be: invoicing, collections.')
    assert.equal(hint('es', error('kind', 'I, E, receipt')), 'Puede ser: I, E, recibo.')
    const role = new CfdiMailError('ROLE_NOT_FOUND', { name: 'x', roles: 'administrator, cobranza, reader' })
    assert.match(hint('es', role) ?? '', /^Hay: administrador, cobranza, consulta\. /)
    assert.match(hint('en', role) ?? '', /: administrator, cobranza, reader\. /)
    assert.equal(hint('es', error('source', 'path')), 'Puede ser: una ruta que no esté vacía.')
  })
})
