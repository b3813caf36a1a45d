import { CfdiMailError } from '../model/errors.ts'
import type { EventKind } from '../model/event.ts'
import type { DoneNote, DoneResult } from '../model/results/house.ts'
import type { OperatorsResult, RolesResult } from '../model/results/operators.ts'
import { hasAdministrator, parsePermissions, roleName } from '../model/role.ts'
import { insertEvents } from '../store/event-log.ts'
import * as store from '../store/operators.ts'
import type { Db } from '../store/schema.ts'
import { systemUser } from '../system/users.ts'
import type { Ctx } from './ctx.ts'

/** Who is on the list, and what each may do. */
export async function listOperators(ctx: Ctx): Promise<OperatorsResult> {
  const [operators, roles] = [await store.listOperators(ctx.db), await store.listRoles(ctx.db)]
  return {
    kind: 'operators',
    you: ctx.operator,
    restricted: operators.length > 0,
    operators: operators.map((operator) => ({
      ...operator,
      permissions: roles.find(({ name }) => name === operator.role)?.permissions ?? [],
    })),
  }
}

export async function listRoles(ctx: Ctx): Promise<RolesResult> {
  return { kind: 'roles', roles: await store.listRoles(ctx.db) }
}

/**
 * Puts an operating-system user on the list, or gives a listed one another role. One that the system does not know is told and
 * listed all the same: a user may come from a directory that is out of reach, or be made afterwards.
 * @throws ROLE_NOT_FOUND, BAD_OPERATOR for a name no system has, NO_ADMINISTRATOR when nobody could change the list any more
 */
export async function setOperator(
  ctx: Ctx,
  { user, role: typed }: { readonly user: string; readonly role: string },
): Promise<DoneResult> {
  if (!/^[^\s/:\p{Cc}]{1,64}$/u.test(user)) throw new CfdiMailError('BAD_OPERATOR', { user })
  await ctx.db.transaction().execute(async (db) => {
    const role = await existingRole(db, typed)
    await store.saveOperator(db, { user, role })
    await checkAdministrator(ctx, db)
    await note(ctx, db, { event: 'operator-saved', detail: `${user}: ${role}` })
  })
  const unknown = (await systemUser(user)) === 'unknown' ? { unknownUser: user } : {}
  return {
    kind: 'done',
    action: 'saved',
    subject: 'operator',
    names: [user],
    ...(await noteOf(ctx)),
    ...unknown,
  }
}

/**
 * Takes somebody off the list. With the last one gone everybody may do everything again.
 * @throws OPERATOR_NOT_FOUND, NO_ADMINISTRATOR
 */
export async function removeOperator(ctx: Ctx, user: string): Promise<DoneResult> {
  await ctx.db.transaction().execute(async (db) => {
    if (!(await store.removeOperator(db, user))) throw new CfdiMailError('OPERATOR_NOT_FOUND', { user })
    await checkAdministrator(ctx, db)
    await note(ctx, db, { event: 'operator-removed', detail: user })
  })
  return { kind: 'done', action: 'removed', subject: 'operator', names: [user], ...(await noteOf(ctx)) }
}

/** The first entry of a list shuts out everybody else, and the last one's end lets everybody in. */
async function noteOf({ db, operator }: Ctx): Promise<{ readonly note?: DoneNote }> {
  const operators = await store.listOperators(db)
  if (operators.length === 0) return { note: 'open-list' }
  return operators.some(({ user }) => user === operator) ? {} : { note: 'not-on-list' }
}

/**
 * Makes a role, or changes what it may do.
 * @param request.may permissions as typed
 * @throws BAD_ROLE, BAD_PERMISSION, NO_ADMINISTRATOR
 */
export async function setRole(
  ctx: Ctx,
  { name: typed, may }: { readonly name: string; readonly may: readonly string[] },
): Promise<DoneResult> {
  const name = roleName(typed)
  if (name === null) throw new CfdiMailError('BAD_ROLE', { name: typed })
  const parsed = parsePermissions(may)
  if (!parsed.ok) throw new CfdiMailError('BAD_PERMISSION', { word: parsed.word })
  await ctx.db.transaction().execute(async (db) => {
    await store.saveRole(db, { name, permissions: parsed.permissions })
    await checkAdministrator(ctx, db)
    await note(ctx, db, { event: 'role-saved', detail: `${name}: ${parsed.permissions.join(', ')}` })
  })
  return { kind: 'done', action: 'saved', subject: 'role', names: [name] }
}

/** @throws ROLE_NOT_FOUND, ROLE_IN_USE while somebody has it */
export async function removeRole(ctx: Ctx, typed: string): Promise<DoneResult> {
  const name = await ctx.db.transaction().execute(async (db) => {
    const role = await existingRole(db, typed)
    const holders = (await store.listOperators(db)).filter((operator) => operator.role === role)
    if (holders.length > 0) {
      throw new CfdiMailError('ROLE_IN_USE', {
        role,
        users: holders.map(({ user }) => user).join(', '),
        count: holders.length,
      })
    }
    await store.removeRole(db, role)
    await note(ctx, db, { event: 'role-removed', detail: role })
    return role
  })
  return { kind: 'done', action: 'removed', subject: 'role', names: [name] }
}

async function existingRole(db: Db, typed: string): Promise<string> {
  const roles = (await store.listRoles(db)).map(({ name }) => name)
  const name = roleName(typed)
  if (name === null || !roles.includes(name)) {
    throw new CfdiMailError('ROLE_NOT_FOUND', { name: typed, roles: roles.join(', ') })
  }
  return name
}

/** A list that nobody may change would be a trap: the change is undone with its transaction. */
async function checkAdministrator(ctx: Ctx, db: Db): Promise<void> {
  const operators = await store.listOperators(db)
  if (operators.length === 0 || hasAdministrator(operators, await store.listRoles(db))) return
  throw new CfdiMailError('NO_ADMINISTRATOR', { user: ctx.operator })
}

async function note(
  ctx: Ctx,
  db: Db,
  { event, detail }: { readonly event: EventKind; readonly detail: string },
): Promise<void> {
  const nothing = { order: null, customer: null, uuid: null, recipient: null }
  await insertEvents(db, [{ at: ctx.now().toISOString(), level: 'info', event, ...nothing, detail }])
}
