import assert from 'node:assert/strict'
import { describe, test, type TestContext } from 'node:test'
import { showAddenda } from '../../src/core/flows/addendas.ts'
import { addToQuarantine, releaseFromQuarantine } from '../../src/core/flows/bounces-list.ts'
import type { Ctx } from '../../src/core/flows/ctx.ts'
import { addContact, removeContact } from '../../src/core/flows/customer-contacts.ts'
import { removeCustomers, setCustomer } from '../../src/core/flows/customers.ts'
import { addGroup, showGroup } from '../../src/core/flows/groups.ts'
import { namingMeant } from '../../src/core/flows/name-meant.ts'
import { removeOperator, setOperator } from '../../src/core/flows/operators.ts'
import { showOrder } from '../../src/core/flows/outbox.ts'
import { showProfile } from '../../src/core/flows/profiles.ts'
import { addTemplate, showTemplate } from '../../src/core/flows/templates.ts'
import { showType } from '../../src/core/flows/types.ts'
import { CfdiMailError } from '../../src/core/model/errors.ts'
import { saveProfile } from '../../src/core/store/profiles.ts'
import { testCtx, useWhatsApp } from '../support/ctx.ts'
import { smtpProfile } from '../support/profiles.ts'

const NOTHING = {
  ...{ name: undefined, requestsTo: undefined, noticesFrom: undefined, event: undefined },
  ...{ enabled: undefined, subject: undefined, body: undefined },
}

/** A house with one of everything that has a name. */
async function house(t: TestContext): Promise<Ctx> {
  const { ctx } = await testCtx(t)
  await addContact(ctx, 'C00001', { name: 'Ana Luz', email: 'cobranza@ure.example' })
  await addGroup(ctx, 'NORTE', NOTHING)
  await addTemplate(ctx, 'navidad', { subject: 'Hola', body: 'Hola' })
  await saveProfile(ctx.db, { ...smtpProfile({ name: 'oficina' }), hold: null, testedAt: null }, '')
  await setOperator(ctx, { user: ctx.operator, role: 'administrator' })
  await addToQuarantine(ctx, { addresses: ['bota@ure.example'], reason: '' })
  return ctx
}

/** What the error of a name that nobody has says was meant. */
async function meant(ctx: Ctx, asked: Promise<unknown>): Promise<unknown> {
  const error = await asked.then(
    () => assert.fail('the name is known'),
    (thrown: unknown) => namingMeant(ctx, thrown),
  )
  assert.ok(error instanceof CfdiMailError)
  return error.params['nearest']
}

describe('an error about a name that nobody has', () => {
  const ASKED: readonly (readonly [meant: string, ask: (ctx: Ctx) => Promise<unknown>])[] = [
    ['C00001', (ctx) => removeCustomers(ctx, ['c1'])],
    ['GRAL', (ctx) => showType(ctx, 'GARL')],
    ['GRAL', (ctx) => setCustomer(ctx, 'C00001', { packaging: 'GRL' })],
    ['NORTE', (ctx) => showGroup(ctx, 'nrte')],
    ['oficina', (ctx) => showProfile(ctx, 'Oficina')],
    ['navidad', (ctx) => showTemplate(ctx, 'navidda')],
    ['invoice', (ctx) => showTemplate(ctx, 'invoce')],
    ['soriana', (ctx) => showAddenda(ctx, 'sorianna')],
    ['cobranza@ure.example', (ctx) => removeContact(ctx, 'C00001', 'cobrnza@ure.example')],
    ['Ana Luz', (ctx) => removeContact(ctx, 'C00001', 'ana lus')],
    [
      'bota@ure.example',
      (ctx) => releaseFromQuarantine(ctx, { addresses: ['bots@ure.example'], reason: '' }),
    ],
  ]
  for (const [name, ask] of ASKED)
    test(`says that ${name} was meant`, async (t) => {
      const ctx = await house(t)
      assert.equal(await meant(ctx, ask(ctx)), name)
    })

  test('finds profiles of either channel, and operators', async (t) => {
    const ctx = await house(t)
    await useWhatsApp(ctx, 'http://127.0.0.1:1', { name: 'mensajes' })
    assert.equal(await meant(ctx, showProfile(ctx, 'mensaje')), 'mensajes')
    assert.equal(await meant(ctx, removeOperator(ctx, `${ctx.operator}a`)), ctx.operator)
  })

  test('stays as it was when nothing is near, and so does every other error', async (t) => {
    const ctx = await house(t)
    assert.equal(await meant(ctx, showType(ctx, 'OTRO')), undefined)
    assert.equal(await meant(ctx, showOrder(ctx, 'XXXX')), undefined)
    const defect = new Error('x')
    assert.equal(await namingMeant(ctx, defect), defect)
  })
})
