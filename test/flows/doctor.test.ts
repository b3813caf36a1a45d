import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { doctor } from '../../src/core/flows/doctor.ts'
import { DEFAULT_SETTINGS } from '../../src/core/model/settings.ts'
import { testCtx } from '../support/ctx.ts'

describe('doctor shows each setting', () => {
  // Settings with parts were once shown as [object Object].
  test('a setting that has parts is shown part by part, and an empty one as nothing', async (t) => {
    const orderMapping = { recipients: ['Correo', 'Destino/Para'], subject: ['Asunto'] } as const
    const settings = { ...DEFAULT_SETTINGS, sources: ['/erp', '/pdf'], orderMapping }
    const health = async () => ({ sound: true, detail: '' })
    const { ctx } = await testCtx(t, { settings, storeHealth: health })
    const shown = new Map((await doctor(ctx, 'offline')).settings.map(({ name, value }) => [name, value]))
    assert.equal(shown.get('orderMapping'), 'recipients: Correo, Destino/Para; subject: Asunto')
    assert.equal(shown.get('sources'), '/erp, /pdf')
    assert.equal(shown.get('errorMail'), '')
  })
})
