import { CfdiMailError } from '../model/errors.ts'
import type { Permission } from '../model/role.ts'
import { listOperators, listRoles } from '../store/operators.ts'
import type { Ctx } from './ctx.ts'

/**
 * Lets the person at the keyboard go on, or not. A store without operators restricts nobody.
 * @throws NOT_ALLOWED for who is not on the list, or whose role does not have the permission
 */
export async function authorise(ctx: Ctx, permission: Permission): Promise<void> {
  const operators = await listOperators(ctx.db)
  if (operators.length === 0) return
  const user = ctx.operator
  const role = operators.find((operator) => operator.user === user)?.role
  if (role === undefined) throw new CfdiMailError('NOT_ALLOWED', { user, permission, variant: 'unknown' })
  const permissions = (await listRoles(ctx.db)).find(({ name }) => name === role)?.permissions ?? []
  if (!permissions.includes(permission)) throw new CfdiMailError('NOT_ALLOWED', { user, role, permission })
}
