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
import { packagePapers } from '../../src/core/flows/package-papers.ts'
import { packageDocuments, START, testCtx, useProfile } from '../support/ctx.ts'
import { papersHouse } from '../support/papers.ts'
import { smtpServer } from '../support/smtp-server.ts'
import { tempFolder } from '../support/temp.ts'

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

  // It knew nothing of the folder of order files, and asked whoever takes those alone for source folders.
  test('looks at the folder of order files, and asks for source folders where there is neither', async (t) => {
    const { ctx } = await testCtx(t)
    const taking = (mailerDir: string | null) => ({
      ...{ ...ctx, ...SOUND },
      settings: { ...ctx.settings, sources: [], mailerDir },
    })
    assert.equal((await found(taking(null), 'sources-none')).length, 1)
    const there = taking(tempFolder(t))
    assert.deepEqual(await found(there, 'mailer-found'), [{ path: there.settings.mailerDir }])
    assert.deepEqual(await found(there, 'sources-none'), [])
    assert.deepEqual(await found(taking('/no/hay'), 'mailer-missing'), [{ path: '/no/hay' }])
  })

  // A ticket's mail said "Ticket 8842" and never of which shop.
  test('asks for the name of the company once papers are sent, which name no issuer', async (t) => {
    const house = await papersHouse(t, { 'EDO_C00001_2024-05.pdf': 'mayo' })
    const ctx = { ...house.ctx, ...SOUND }
    assert.deepEqual(await found(ctx, 'company-unnamed'), [])
    await packagePapers(ctx, house.request)
    assert.equal((await found(ctx, 'company-unnamed')).length, 1)
    const named = { ...ctx, settings: { ...ctx.settings, companyName: 'Mi Tienda' } }
    assert.deepEqual(await found(named, 'company-unnamed'), [])
  })
})

async function found(ctx: Ctx, code: FindingCode) {
  const { findings } = await doctor(ctx, 'offline')
  return findings.filter((finding) => finding.code === code).map(({ params }) => params)
}
