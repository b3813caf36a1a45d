import type { Operator, Permission, Role } from '../model/role.ts'
import type { Db } from './schema.ts'

/** Everybody on the list, by name. An empty list restricts nobody. */
export async function listOperators(db: Db): Promise<Operator[]> {
  return await db.selectFrom('operator').selectAll().orderBy('user').execute()
}

/** Writes the operator, whether there was one or not. */
export async function saveOperator(db: Db, operator: Operator): Promise<void> {
  await db
    .insertInto('operator')
    .values(operator)
    .onConflict((conflict) => conflict.column('user').doUpdateSet({ role: operator.role }))
    .execute()
}

/** @returns whether there was one */
export async function removeOperator(db: Db, user: string): Promise<boolean> {
  const { numDeletedRows } = await db.deleteFrom('operator').where('user', '=', user).executeTakeFirst()
  return numDeletedRows > 0n
}

export async function listRoles(db: Db): Promise<Role[]> {
  const rows = await db.selectFrom('role').selectAll().orderBy('name').execute()
  return rows.map(({ name, permissions }) => ({ name, permissions: JSON.parse(permissions) as Permission[] }))
}

/** Writes the role, whether there was one or not. */
export async function saveRole(db: Db, { name, permissions }: Role): Promise<void> {
  const row = { name, permissions: JSON.stringify(permissions) }
  await db
    .insertInto('role')
    .values(row)
    .onConflict((conflict) => conflict.column('name').doUpdateSet(row))
    .execute()
}

/** @returns whether there was one */
export async function removeRole(db: Db, name: string): Promise<boolean> {
  const { numDeletedRows } = await db.deleteFrom('role').where('name', '=', name).executeTakeFirst()
  return numDeletedRows > 0n
}
