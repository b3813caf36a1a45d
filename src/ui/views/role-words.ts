import { FIRST_ROLES, type Permission } from '../../core/model/role.ts'
import type { ViewContext } from './view.ts'

/** A role's name as its reader would type it: those of a new store have a Spanish one too, the others are people's own. */
export function roleWord(name: string, t: ViewContext['t']): string {
  const first = FIRST_ROLES.find((role) => role === name)
  return first === undefined ? name : t(`choice.role.${first}`)
}

/** What somebody may do, in words. */
export function permissionWords(permissions: readonly Permission[], t: ViewContext['t']): string {
  if (permissions.length === 0) return t('permission.none')
  return permissions.map((permission) => t(`permission.${permission}`)).join(', ')
}
