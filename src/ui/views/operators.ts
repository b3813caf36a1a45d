import type { ResultOf } from '../../core/model/result.ts'
import { permissionWords, roleWord } from './role-words.ts'
import { table } from './table.ts'
import type { View } from './view.ts'

/** `operators list`. */
export const operatorsView: View<ResultOf<'operators'>> = ({ operators, restricted, you }, context) => {
  const { t } = context
  if (!restricted) return t('operators.none', { you })
  const columns = [
    { title: t('column.user') },
    { title: t('column.role') },
    { title: t('column.may'), flexible: 'wraps' },
  ] as const
  const rows = operators.map(({ user, role, permissions }) => [
    user,
    roleWord(role, t),
    permissionWords(permissions, t),
  ])
  return table(columns, rows, context.width)
}

/** `roles list`. */
export const rolesView: View<ResultOf<'roles'>> = ({ roles }, context) => {
  const { t } = context
  const columns = [{ title: t('column.role') }, { title: t('column.may'), flexible: 'wraps' }] as const
  const rows = roles.map(({ name, permissions }) => [roleWord(name, t), permissionWords(permissions, t)])
  return table(columns, rows, context.width)
}
