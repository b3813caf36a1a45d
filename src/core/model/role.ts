/** What somebody may be allowed to do. Looking (lists, log, status, evidence) is open to whoever can read the store. */
export const PERMISSIONS = [
  'package', // empaquetar: package, watch, order files
  'send',
  'resend',
  'outbox', // hold, release, cancel, resolve, and what came back
  'customers',
  'templates', // what customers read: templates and packaging types
  'profiles', // mail servers, their limits and their secrets
  'store', // backup, restore, adopt, new keys
  'operators', // who may do what
] as const
export type Permission = (typeof PERMISSIONS)[number]

/** A named set of permissions (papel). */
export interface Role {
  readonly name: string
  readonly permissions: readonly Permission[]
}

/** The roles that a new store has. */
export const FIRST_ROLES = ['administrator', 'operator', 'reader'] as const

/** Somebody who uses this store, by the name of the operating-system user. */
export interface Operator {
  readonly user: string
  readonly role: string
}

/** The Spanish words people type for the codes. */
const SPANISH: Readonly<Record<string, Permission>> = {
  empaquetar: 'package',
  enviar: 'send',
  reenviar: 'resend',
  bandeja: 'outbox',
  clientes: 'customers',
  plantillas: 'templates',
  perfiles: 'profiles',
  almacen: 'store',
  operadores: 'operators',
}

const SPANISH_ROLES: Readonly<Record<string, (typeof FIRST_ROLES)[number]>> = {
  administrador: 'administrator',
  operador: 'operator',
  consulta: 'reader',
}

/** A role's name as it is kept: lower case, the Spanish names of the first roles understood; null when it cannot be one. */
export function roleName(typed: string): string | null {
  const name = typed.trim().toLowerCase()
  return /^[a-z0-9ñ_-]{1,40}$/.test(name) ? (SPANISH_ROLES[name] ?? name) : null
}

/**
 * Permissions as people type them: codes or their Spanish words, separated by commas; `none` or `ninguno` for none at all.
 * @returns in the order of PERMISSIONS, or the first word that is no permission
 */
export function parsePermissions(
  words: readonly string[],
):
  | { readonly ok: true; readonly permissions: readonly Permission[] }
  | { readonly ok: false; readonly word: string } {
  const typed = words.flatMap((word) => word.split(',')).map((word) => word.trim().toLowerCase())
  const codes = typed.filter((word) => word !== '' && word !== 'none' && word !== 'ninguno')
  const known = codes.map((word) => SPANISH[word] ?? PERMISSIONS.find((permission) => permission === word))
  const wrong = codes.find((_, i) => known[i] === undefined)
  if (wrong !== undefined) return { ok: false, word: wrong }
  return { ok: true, permissions: PERMISSIONS.filter((permission) => known.includes(permission)) }
}

/** Whether somebody can still change who may do what, as far as these lists go. */
export function hasAdministrator(operators: readonly Operator[], roles: readonly Role[]): boolean {
  return operators.some(({ role }) =>
    roles.some(({ name, permissions }) => name === role && permissions.includes('operators')),
  )
}
