import assert from 'node:assert/strict'
import { userInfo } from 'node:os'
import { describe, test } from 'node:test'
import type { AnyCommand, CommandGroup } from '../../src/commands/command.ts'
import { COMMANDS } from '../../src/commands/index.ts'
import { authorise } from '../../src/core/flows/authorise.ts'
import type { Ctx } from '../../src/core/flows/ctx.ts'
import {
  listOperators,
  listRoles,
  removeOperator,
  removeRole,
  setOperator,
  setRole,
} from '../../src/core/flows/operators.ts'
import { PERMISSIONS } from '../../src/core/model/role.ts'
import { verifyChain } from '../../src/core/store/event-chain.ts'
import { listEvents } from '../../src/core/store/event-log.ts'
import { savePackagingType } from '../../src/core/store/packaging-types.ts'
import { GRAL } from '../../src/core/model/packaging-type.ts'
import { makeViewContext } from '../../src/ui/view-context.ts'
import { viewOf } from '../../src/ui/views/index.ts'
import { storeInMemory } from '../support/new-store.ts'
import { storeCtx } from '../support/store-ctx.ts'

/** The same store with somebody else at the keyboard. */
function as(ctx: Ctx, operator: string): Ctx {
  return { ...ctx, operator }
}

describe('operators and their roles', () => {
  test('a store without operators restricts nobody', async (t) => {
    const ctx = await storeCtx(t)
    for (const permission of PERMISSIONS) await authorise(ctx, permission)
    assert.equal((await listOperators(ctx)).restricted, false)
  })

  test('with a list, each may do what the role says and who is not on it may do nothing', async (t) => {
    const ctx = await storeCtx(t)
    await setOperator(ctx, { user: 'tests', role: 'administrador' })
    await setOperator(ctx, { user: 'caja', role: 'operador' })
    await authorise(as(ctx, 'caja'), 'send')
    await assert.rejects(authorise(as(ctx, 'caja'), 'profiles'), {
      code: 'NOT_ALLOWED',
      params: { user: 'caja', role: 'operator', permission: 'profiles' },
    })
    await assert.rejects(authorise(as(ctx, 'visita'), 'package'), {
      code: 'NOT_ALLOWED',
      params: { user: 'visita', permission: 'package', variant: 'unknown' },
    })
  })

  // A slip in the name left a line that fits nobody, and the person it was meant for could do nothing.
  test('a user that the system does not know is told and listed; one that it knows is listed', async (t) => {
    const ctx = await storeCtx(t, { operator: userInfo().username })
    const own = await setOperator(ctx, { user: ctx.operator, role: 'administrador' })
    assert.equal('unknownUser' in own, false)
    const other = await setOperator(ctx, { user: '-nadie-se-llama-asi', role: 'operador' })
    assert.equal(other.unknownUser, '-nadie-se-llama-asi')
    assert.equal((await listOperators(ctx)).operators.length, 2)
    const context = makeViewContext({ language: 'es', width: 80, color: 'off', verbosity: 'normal' })
    assert.match(viewOf(other, context), /El sistema no conoce a ningún usuario -nadie-se-llama-asi\./)
  })

  // Root typed another's name first, and nobody at that keyboard could send or change the list any more; nothing had said so.
  test('who leaves themselves off the list is told, and so is who empties it', async (t) => {
    const ctx = await storeCtx(t)
    const { note } = await setOperator(ctx, { user: 'ana', role: 'administrador' })
    assert.equal(note, 'not-on-list')
    const ana = as(ctx, 'ana')
    assert.equal((await setOperator(ana, { user: 'caja', role: 'operador' })).note, undefined)
    await removeOperator(ana, 'caja')
    assert.equal((await removeOperator(ana, 'ana')).note, 'open-list')
  })

  test('a role of one’s own allows just what it names, in either language', async (t) => {
    const ctx = await storeCtx(t)
    await setOperator(ctx, { user: 'tests', role: 'administrator' })
    await setRole(ctx, { name: 'Cobranza', may: ['reenviar, outbox'] })
    await setOperator(ctx, { user: 'caja', role: 'cobranza' })
    await authorise(as(ctx, 'caja'), 'resend')
    await assert.rejects(authorise(as(ctx, 'caja'), 'send'), { code: 'NOT_ALLOWED' })
    const { roles } = await listRoles(ctx)
    assert.deepEqual(
      roles.map(({ name }) => name),
      ['administrator', 'cobranza', 'operator', 'reader'],
    )
  })

  test('the list cannot be left without anybody who may change it', async (t) => {
    const ctx = await storeCtx(t)
    await assert.rejects(setOperator(ctx, { user: 'caja', role: 'operator' }), { code: 'NO_ADMINISTRATOR' })
    assert.deepEqual((await listOperators(ctx)).operators, [], 'nothing was written')
    await setOperator(ctx, { user: 'tests', role: 'administrator' })
    await setOperator(ctx, { user: 'caja', role: 'operator' })
    await assert.rejects(removeOperator(ctx, 'tests'), { code: 'NO_ADMINISTRATOR' })
    await assert.rejects(setRole(ctx, { name: 'administrator', may: ['send'] }), { code: 'NO_ADMINISTRATOR' })
    await removeOperator(ctx, 'caja')
    await removeOperator(ctx, 'tests')
    assert.equal((await listOperators(ctx)).restricted, false)
  })

  test('what is misspelt is named, and a role that somebody has stays', async (t) => {
    const ctx = await storeCtx(t)
    await setOperator(ctx, { user: 'tests', role: 'administrator' })
    await assert.rejects(setOperator(ctx, { user: 'ana', role: 'jefa' }), { code: 'ROLE_NOT_FOUND' })
    await assert.rejects(setOperator(ctx, { user: 'a b', role: 'reader' }), { code: 'BAD_OPERATOR' })
    await assert.rejects(setRole(ctx, { name: 'x', may: ['todo'] }), {
      code: 'BAD_PERMISSION',
      params: { word: 'todo' },
    })
    await assert.rejects(setRole(ctx, { name: 'x y', may: ['none'] }), { code: 'BAD_ROLE' })
    await assert.rejects(removeRole(ctx, 'administrador'), { code: 'ROLE_IN_USE' })
    await assert.rejects(removeOperator(ctx, 'nadie'), { code: 'OPERATOR_NOT_FOUND' })
    await removeRole(ctx, 'consulta')
  })
})

describe('the log says who did it', () => {
  test('every event carries the operator of the connection, under the chain’s hash', async (t) => {
    const db = await storeInMemory({ operator: 'ana' })
    t.after(() => db.destroy())
    await savePackagingType(db, GRAL)
    const ctx = { ...(await storeCtx(t)), db, operator: 'ana' }
    await setOperator(ctx, { user: 'ana', role: 'administrator' })
    const [event] = await listEvents(db, {})
    assert.deepEqual([event?.event, event?.operator], ['operator-saved', 'ana'])
    assert.equal((await verifyChain(db, null)).bad, null)
  })
})

describe('commands and their permissions', () => {
  test('every command that changes something or talks to a server names its permission', () => {
    assert.deepEqual(
      leaves(COMMANDS)
        .filter(({ command }) => command.needs === undefined)
        .map(({ path }) => path),
      OPEN_TO_ALL,
    )
  })
})

/** Commands that only look, or work on no store yet. A new command that changes something gets `needs` instead of a line here. */
const OPEN_TO_ALL = [
  'init',
  'schedule show',
  'schedule remove',
  'notices list',
  'customers list',
  'customers show',
  'customers search',
  'customers export',
  'customers explain',
  'customers check',
  'customers contacts list',
  'groups list',
  'groups show',
  'groups preview',
  'templates list',
  'templates show',
  'templates preview',
  'templates check',
  'templates fields',
  'addendas list',
  'addendas show',
  'addendas preview',
  'addendas check',
  'types list',
  'types show',
  'document-settings list',
  'profiles list',
  'profiles show',
  'secrets check',
  'outbox list',
  'outbox show',
  'outbox explain',
  'bounces list',
  'bounces quarantine list',
  'documents list',
  'log',
  'evidence',
  'audit verify',
  'status',
  'doctor',
  'restore',
  'operators list',
  'roles list',
  'demo',
]

function leaves(
  entries: readonly (AnyCommand | CommandGroup)[],
  above = '',
): readonly { readonly path: string; readonly command: AnyCommand }[] {
  return entries.flatMap((entry) => {
    const path = `${above}${entry.name}`
    return 'commands' in entry ? leaves(entry.commands, `${path} `) : [{ path, command: entry }]
  })
}
