import { type CommandGroup, command, word } from './command.ts'

const USER = [{ name: 'user', required: true }] as const
const ROLE = [{ name: 'role', required: true }] as const

const list = command({
  name: 'list',
  aliases: ['listar', 'ls'],
  flags: {},
  run: async (ctx) => (await import('../core/flows/operators.ts')).listOperators(ctx),
})

const set = command({
  name: 'set',
  aliases: ['cambiar', 'alta'],
  positionals: [...USER, ...ROLE],
  flags: {},
  needs: 'operators',
  run: async (ctx, _flags, words) =>
    (await import('../core/flows/operators.ts')).setOperator(ctx, {
      user: word(words, 'user') ?? '',
      role: word(words, 'role') ?? '',
    }),
})

const remove = command({
  name: 'remove',
  aliases: ['baja', 'quitar', 'eliminar', 'borrar'],
  positionals: USER,
  flags: {},
  needs: 'operators',
  run: async (ctx, _flags, words) =>
    (await import('../core/flows/operators.ts')).removeOperator(ctx, word(words, 'user') ?? ''),
})

const listRoles = command({
  name: 'list',
  aliases: ['listar', 'ls'],
  flags: {},
  run: async (ctx) => (await import('../core/flows/operators.ts')).listRoles(ctx),
})

const setRole = command({
  name: 'set',
  aliases: ['cambiar', 'alta'],
  positionals: [...ROLE, { name: 'permission', required: true, many: true }],
  flags: {},
  needs: 'operators',
  run: async (ctx, _flags, words) =>
    (await import('../core/flows/operators.ts')).setRole(ctx, {
      name: word(words, 'role') ?? '',
      may: words['permission'] ?? [],
    }),
})

const removeRole = command({
  name: 'remove',
  aliases: ['baja', 'quitar', 'eliminar', 'borrar'],
  positionals: ROLE,
  flags: {},
  needs: 'operators',
  run: async (ctx, _flags, words) =>
    (await import('../core/flows/operators.ts')).removeRole(ctx, word(words, 'role') ?? ''),
})

/** `operators`: who may use this store, and as what. */
export const operators: CommandGroup = {
  name: 'operators',
  aliases: ['operadores'],
  commands: [list, set, remove],
}

/** `roles`: what each kind of operator may do. */
export const roles: CommandGroup = {
  name: 'roles',
  aliases: ['papeles'],
  commands: [listRoles, setRole, removeRole],
}
