import assert from 'node:assert/strict'
import { describe, test, type TestContext } from 'node:test'
import { doctor } from '../../src/core/flows/doctor.ts'
import type { Ctx } from '../../src/core/flows/ctx.ts'
import { assignModules, holdProfile, showProfile, unassignModules } from '../../src/core/flows/profiles.ts'
import { sendDue } from '../../src/core/flows/send-due.ts'
import { planSend } from '../../src/core/flows/send-plan.ts'
import { showStatus } from '../../src/core/flows/status.ts'
import { setType } from '../../src/core/flows/types.ts'
import { moduleOf, parseModules } from '../../src/core/model/modules.ts'
import { DEFAULT_SETTINGS } from '../../src/core/model/settings.ts'
import { listOrders } from '../../src/core/store/orders.ts'
import { listProfiles } from '../../src/core/store/profiles.ts'
import { packageDocuments, testCtx, useProfile } from '../support/ctx.ts'
import { smtpServer } from '../support/smtp-server.ts'

const ALL = { limit: null, profile: null }
const INVOICE = { series: 'A', folio: '1' }
const PAYMENT = { kind: 'P', series: 'P', folio: '1' } as const

/** A default profile and one more, each with a server of its own. */
async function house(t: TestContext, settings = DEFAULT_SETTINGS) {
  const { ctx } = await testCtx(t, { settings, storeHealth: async () => ({ sound: true, detail: '' }) })
  const [office, collections] = [await smtpServer(t), await smtpServer(t)]
  await useProfile(ctx, office.port)
  await useProfile(ctx, collections.port, {
    ...{ name: 'cobranza', from: 'cobranza@emisor.example', isDefault: false },
  })
  return { ctx, office, collections }
}

async function modulesOf(ctx: Ctx): Promise<Record<string, readonly string[]>> {
  return Object.fromEntries((await listProfiles(ctx.db)).map(({ name, modules }) => [name, modules]))
}

describe('profiles of modules', () => {
  test('the profile of a module sends what is of it, from its own address, and the default one the rest', async (t) => {
    const { ctx, office, collections } = await house(t)
    await assignModules(ctx, 'cobranza', ['collections'])
    await packageDocuments(t, ctx, [INVOICE, PAYMENT])
    const plan = await planSend(ctx, ALL)
    assert.deepEqual(plan.profiles.map(({ name, messages }) => [name, messages]).sort(), [
      ['cobranza', 1],
      ['oficina', 1],
    ])
    assert.equal((await sendDue(ctx, ALL)).totals.sent, 4)
    assert.deepEqual(
      [office, collections].map(({ messages }) => messages.map(({ from }) => from)),
      [['ventas@emisor.example'], ['cobranza@emisor.example']],
    )
  })

  test('which profile it is, is decided at the time of sending: taken back, the default one sends', async (t) => {
    const { ctx, office, collections } = await house(t)
    await assignModules(ctx, 'cobranza', ['collections'])
    await packageDocuments(t, ctx, [PAYMENT])
    const before = (await listOrders(ctx.db, {}))[0]
    assert.deepEqual([before?.profile, before?.module, before?.goesBy], [null, 'collections', 'cobranza'])
    await unassignModules(ctx, 'cobranza', [])
    assert.equal((await listOrders(ctx.db, {}))[0]?.goesBy, 'oficina')
    await sendDue(ctx, ALL)
    assert.deepEqual([office.messages.length, collections.messages.length], [1, 0])
  })

  test('a module has one profile: the one that is assigned last', async (t) => {
    const { ctx } = await house(t)
    await assignModules(ctx, 'oficina', ['collections', 'payroll'])
    await assignModules(ctx, 'cobranza', ['collections'])
    assert.deepEqual(await modulesOf(ctx), { oficina: ['payroll'], cobranza: ['collections'] })
    await useProfile(ctx, 25, { modules: ['collections'] })
    assert.deepEqual(await modulesOf(ctx), { oficina: ['collections'], cobranza: [] })
  })

  test('a profile of a module on hold holds only what is of that module', async (t) => {
    const { ctx, office, collections } = await house(t)
    await assignModules(ctx, 'cobranza', ['collections'])
    await packageDocuments(t, ctx, [INVOICE, PAYMENT])
    await holdProfile(ctx, 'cobranza', 'vacaciones')
    const sent = await sendDue(ctx, ALL)
    assert.deepEqual([sent.totals.sent, sent.waiting], [2, 2])
    assert.deepEqual(
      sent.profiles.map(({ name, waiting }) => [name, waiting]),
      [['cobranza', 2]],
    )
    assert.deepEqual([office.messages.length, collections.messages.length], [1, 0])
    const codes = (await doctor(ctx, 'offline')).findings.map(({ code }) => code)
    assert.ok(codes.includes('module-held'))
  })

  test('send --profile takes the lanes of that profile, those of its modules among them', async (t) => {
    const { ctx, office, collections } = await house(t)
    await assignModules(ctx, 'cobranza', ['collections'])
    await packageDocuments(t, ctx, [INVOICE, PAYMENT])
    await sendDue(ctx, { limit: null, profile: 'cobranza' })
    assert.deepEqual([office.messages.length, collections.messages.length], [0, 1])
    const { modules } = await showStatus(ctx)
    assert.deepEqual(
      modules.map(({ module, profile, due }) => [module, profile, due]),
      [
        ['invoicing', 'oficina', 2],
        ['collections', 'cobranza', 0],
        ['payroll', 'oficina', 0],
        ['portal', 'oficina', 0],
      ],
    )
  })

  test('a refused password is tried once, however many modules the profile sends for', async (t) => {
    const { ctx } = await testCtx(t)
    const server = await smtpServer(t, { login: { user: 'ventas', password: 'buena' } })
    const secret = ctx.secrets.seal('profile:oficina:secret', 'mala')
    await useProfile(ctx, server.port, { user: 'ventas', secret })
    await packageDocuments(t, ctx, [INVOICE, PAYMENT])
    await sendDue(ctx, ALL)
    assert.equal(server.logins.length, 1)
  })

  // Both went by the profile of invoices: whoever answers about access got none of these mails' replies.
  test('portal access instead of the files goes by the portal profile, from its address; with the files by that of the document', async (t) => {
    const settings = { ...DEFAULT_SETTINGS, portalUrl: 'https://facturas.example.com/portal' }
    const { ctx, office, collections: portal } = await house(t, settings)
    await assignModules(ctx, 'cobranza', ['portal'])
    await setType(ctx, 'GRAL', { portalAccess: 'instead' })
    await packageDocuments(t, ctx, [INVOICE, PAYMENT])
    await setType(ctx, 'GRAL', { portalAccess: 'with' })
    await packageDocuments(t, ctx, [{ series: 'A', folio: '2' }])
    const modules = (await listOrders(ctx.db, {})).map(({ module, goesBy }) => [module, goesBy])
    assert.deepEqual(modules, [
      ['portal', 'cobranza'],
      ['portal', 'cobranza'],
      ['invoicing', 'oficina'],
    ])
    await sendDue(ctx, ALL)
    assert.deepEqual(
      [office, portal].map(({ messages }) => messages.map(({ from }) => from)),
      [['ventas@emisor.example'], ['cobranza@emisor.example', 'cobranza@emisor.example']],
    )
  })

  test('an unknown profile and an unknown module are errors that name them', async (t) => {
    const { ctx } = await house(t)
    await assert.rejects(assignModules(ctx, 'nadie', ['portal']), { code: 'PROFILE_NOT_FOUND' })
    await assert.rejects(assignModules(ctx, 'oficina', []), { code: 'NOTHING_TO_CHANGE' })
    assert.throws(() => parseModules(['ventas']), { code: 'BAD_CHOICE' })
    assert.deepEqual(parseModules(['Nómina,cobranza', 'collections']), ['collections', 'payroll'])
    const shown = await showProfile(ctx, 'oficina')
    assert.equal(shown.kind, 'profile')
  })
})

describe('the module of what is sent', () => {
  const cases = [
    ['an invoice', { documents: ['I'], papers: [], party: 'customer' }, 'invoicing'],
    ['a retención', { documents: ['R'], papers: [], party: 'customer' }, 'invoicing'],
    ['a payment complement', { documents: ['P'], papers: [], party: 'customer' }, 'collections'],
    ['an invoice with its payment', { documents: ['P', 'I'], papers: [], party: 'customer' }, 'invoicing'],
    ['payroll', { documents: ['N'], papers: [], party: 'employee' }, 'payroll'],
    ['a receipt to a customer', { documents: [], papers: ['receipt'], party: 'customer' }, 'collections'],
    ['a receipt to a supplier', { documents: [], papers: ['receipt'], party: 'supplier' }, 'invoicing'],
    ['an account statement', { documents: [], papers: ['statement'], party: 'customer' }, 'collections'],
    ['a purchase order', { documents: [], papers: ['purchase-order'], party: 'supplier' }, 'invoicing'],
    ['nothing that says it', { documents: [], papers: [], party: 'customer' }, null],
  ] as const
  for (const [what, { documents, papers, party }, module] of cases) {
    test(`${what} is of ${module ?? 'no module'}`, () => {
      const kinds = <Kind extends string>(list: readonly Kind[]) => list.map((kind) => ({ kind }))
      assert.equal(moduleOf({ documents: kinds(documents), papers: kinds(papers), party }), module)
    })
  }
})
