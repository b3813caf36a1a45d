import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Ctx } from '../../src/core/flows/ctx.ts'
import { doctor } from '../../src/core/flows/doctor.ts'
import type { ResendRequest } from '../../src/core/flows/resend-choice.ts'
import { resendOrders } from '../../src/core/flows/resend.ts'
import { sendDue } from '../../src/core/flows/send-due.ts'
import type { FindingCode } from '../../src/core/model/results/house.ts'
import { ALWAYS } from '../../src/core/model/period.ts'
import { DEFAULT_SETTINGS } from '../../src/core/model/settings.ts'
import { holdProfile } from '../../src/core/store/profiles.ts'
import { packageDocuments, START, testCtx, useProfile } from '../support/ctx.ts'
import { smtpServer } from '../support/smtp-server.ts'

const RESEND: ResendRequest = {
  ...{ orders: [], clients: [], period: ALWAYS, states: null, to: [] },
  ...{ keep: 'once', reason: 'corregido', confirmed: 'no' },
}
const SOUND = { storeHealth: async () => ({ sound: true, detail: '' }) }

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

describe('doctor tells what waits for a person', () => {
  // An order that failed and was sent again by another one was counted for ever: doctor could never be content.
  test('what another order repeats waits for nobody', async (t) => {
    const { ctx } = await testCtx(t, SOUND)
    const server = await smtpServer(t, { onRecipient: () => '550 5.1.1 no such user' })
    await useProfile(ctx, server.port)
    const [order] = await packageDocuments(t, ctx, [{ folio: '1' }])
    await sendDue(ctx, { limit: null, profile: null })
    assert.deepEqual(await found(ctx, 'outbox-attention'), [{ count: 2 }])
    await resendOrders(ctx, { ...RESEND, orders: [order?.id ?? ''] })
    assert.deepEqual(await found(ctx, 'outbox-attention'), [])
  })

  // A server that was away for a minute was an error that sent people to smtp-test, and its reason was the code "no-answer".
  test('a profile that goes on by itself is a warning with its time; one that waits for a person is an error', async (t) => {
    const { ctx, clock } = await testCtx(t, SOUND)
    await useProfile(ctx, 1)
    const at = START.toISOString()
    const until = new Date(START.getTime() + 60_000).toISOString()
    const reason = 'no-answer: connection closed'
    await holdProfile(ctx.db, 'oficina', { at, reason, until, strikes: 1 })
    assert.deepEqual(await found(ctx, 'profile-waits'), [{ name: 'oficina', reason, until }])
    clock.minutes = 2
    assert.equal((await found(ctx, 'profile-known')).length, 1)
    await holdProfile(ctx.db, 'oficina', { at, reason: 'bad-password: 535', until: null, strikes: 0 })
    assert.deepEqual(await found(ctx, 'profile-held'), [{ name: 'oficina', reason: 'bad-password: 535' }])
  })
})

async function found(ctx: Ctx, code: FindingCode) {
  const { findings } = await doctor(ctx, 'offline')
  return findings.filter((finding) => finding.code === code).map(({ params }) => params)
}
