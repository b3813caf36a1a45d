import type { ResultOf } from '../../core/model/result.ts'
import type { Permission } from '../../core/model/role.ts'
import { table } from './table.ts'
import type { View, ViewContext } from './view.ts'

/** `operators list`. */
export const operatorsView: View<ResultOf<'operators'>> = ({ operators, restricted, you }, context) => {
  const { t } = context
  if (!restricted) return t('operators.none', { you })
  const columns = [
    { title: t('column.user') },
    { title: t('column.role') },
    { title: t('column.may'), flexible: 'wraps' },
  ] as const
  const rows = operators.map(({ user, role, permissions }) => [user, role, words(permissions, context)])
  return table(columns, rows, context.width)
}

/** `roles list`. */
export const rolesView: View<ResultOf<'roles'>> = ({ roles }, context) => {
  const { t } = context
  const columns = [{ title: t('column.role') }, { title: t('column.may'), flexible: 'wraps' }] as const
  const rows = roles.map(({ name, permissions }) => [name, words(permissions, context)])
  return table(columns, rows, context.width)
}

function words(permissions: readonly Permission[], { t }: ViewContext): string {
  if (permissions.length === 0) return t('permission.none')
  return permissions.map((permission) => t(`permission.${permission}`)).join(', ')
}
