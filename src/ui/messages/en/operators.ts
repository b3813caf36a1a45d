import type { operators as es } from '../es/operators.ts'

export const operators: Record<keyof typeof es, string> = {
  'command.operators': 'Operators: who may use this store, and in what role',
  'command.operators.list': 'Shows the operators and what each may do',
  'command.operators.set': 'Gives a user of the system a role',
  'command.operators.remove': 'Takes a user off the list; with nobody on it everybody may do everything',
  'command.roles': 'Roles: what each kind of operator may do',
  'command.roles.list': 'Shows the roles and their permissions',
  'command.roles.set':
    'Makes or changes a role: package, send, resend, outbox, customers, templates, profiles, store, operators, or none',
  'command.roles.remove': 'Removes a role that nobody has',
  'argument-name.user': 'user',
  'argument-name.role': 'role',
  'argument-name.permission': 'permission',
  'argument.user': 'User name of this machine',
  'argument.role': "The role's name: administrator, operator, reader or another",
  'argument.permission': 'What it may do; none to only look',

  'column.user': 'User',
  'column.role': 'Role',
  'column.may': 'May',
  'done.note.not-on-list':
    'You are not on the list: from now on you may only look. Whoever has the role administrator can add you with operators set.',
  'done.unknown-user':
    'The system knows no user {user}. Check how it is written; it stays on the list, in case it comes from a directory of users.',
  'done.note.open-list': 'Nobody is on the list any more: whoever can open this store may do everything.',
  'operators.none':
    'There are no operators: whoever can open this store may do everything. To restrict it, begin with yourself: cfdi-mail operators set {you} administrator',

  'event.operator-saved': 'operator saved',
  'event.operator-removed': 'operator removed',
  'event.role-saved': 'role saved',
  'event.role-removed': 'role removed',
  'subject.operator': '{count|operator|operators}',
  'subject.role': '{count|role|roles}',
  'log.by': '(by {operator})',

  'permission.package': 'package',
  'permission.send': 'send',
  'permission.resend': 'resend',
  'permission.outbox': 'outbox',
  'permission.customers': 'customers',
  'permission.templates': 'templates and types',
  'permission.profiles': 'mail profiles',
  'permission.store': 'store and backups',
  'permission.operators': 'operators',
  'permission.none': 'only look',

  'error.NOT_ALLOWED.unknown':
    '{user} is not on the list of operators, and this command needs the permission "{permission}".',
  'error.NOT_ALLOWED': '{user} has the role {role}, which does not allow "{permission}".',
  'hint.NOT_ALLOWED': 'Ask whoever administers the operators: cfdi-mail operators list says who that is.',
  'error.OPERATOR_NOT_FOUND': '{user} is not on the list of operators.',
  'hint.OPERATOR_NOT_FOUND': 'See it with cfdi-mail operators list',
  'error.BAD_OPERATOR': '"{user}" cannot be a user of the system.',
  'hint.BAD_OPERATOR': 'Give the name that you sign in to this machine with, without spaces, / or colons.',
  'error.ROLE_NOT_FOUND': 'There is no role {name}.',
  'hint.ROLE_NOT_FOUND': 'There are: {roles}. Make one with cfdi-mail roles set NAME PERMISSION…',
  'error.ROLE_IN_USE': 'The role {role} cannot be removed: {users} {count|has|have} it.',
  'hint.ROLE_IN_USE': 'First give each another one with cfdi-mail operators set USER ROLE',
  'error.BAD_ROLE': '"{name}" will not do as the name of a role.',
  'hint.BAD_ROLE': 'Up to 40 letters, digits, hyphens or underscores.',
  'error.BAD_PERMISSION': '"{word}" is no permission.',
  'hint.BAD_PERMISSION':
    'There are: package, send, resend, outbox, customers, templates, profiles, store, operators; or none.',
  'error.NO_ADMINISTRATOR': 'Then nobody could change the list of operators any more. Nothing was changed.',
  'hint.NO_ADMINISTRATOR': 'First: cfdi-mail operators set {user} administrator',
}
