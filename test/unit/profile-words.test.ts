import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { CfdiMailError } from '../../src/core/model/errors.ts'
import { profileFrom } from '../../src/core/model/profile-fields.ts'
import { whatsappProfileFrom } from '../../src/core/model/whatsapp-fields.ts'
import { errorText } from '../../src/ui/messages/index.ts'

const SPANISH = { from: 'remitente', host: 'servidor', template: 'plantilla', 'phone-id': 'id-telefono' }

/** What a person reads of what the work throws. */
function said(work: () => unknown): string {
  try {
    work()
  } catch (error) {
    if (!(error instanceof CfdiMailError)) throw error
    const { message, hint = '' } = errorText({ language: 'es', flags: SPANISH }, error)
    return `${message} ${hint}`
  }
  return ''
}

describe('a profile that is not whole', () => {
  test('is told what it lacks, and not that an empty text is wrong', () => {
    // It said «--remitente «»» to who had left out the user.
    assert.match(
      said(() => profileFrom(undefined, { host: 'smtp.x.mx' })),
      /^Al perfil le falta el remitente: --usuario/,
    )
    assert.match(
      said(() => profileFrom(undefined, { user: 'yo@x.mx' })),
      /^Al perfil le falta --servidor\./,
    )
    assert.match(
      said(() => whatsappProfileFrom(undefined, { phoneId: '1065403' })),
      /^Al perfil de WhatsApp le falta --plantilla\./,
    )
  })

  test('is told how the name of a template and the id of a number look', () => {
    const names = said(() => whatsappProfileFrom(undefined, { phoneId: '1065403', template: 'Comprobantes' }))
    assert.match(names, /"Comprobantes"[^]*minúsculas/)
    assert.match(
      said(() => whatsappProfileFrom(undefined, { phoneId: '+52 55 1234 5678' })),
      /no es el número del celular/,
    )
  })
})
