import type { Customer } from '../model/customer.ts'
import { CfdiMailError } from '../model/errors.ts'
import { normalUser, PASSWORD_LENGTH, userCandidates, validUser } from '../model/portal.ts'
import type { PasswordState, PortalAccessResult } from '../model/results/portal.ts'
import { hashPassword } from '../secrets/password-hash.ts'
import { insertEvents } from '../store/event-log.ts'
import {
  dropPasswords,
  findAccess,
  orderPassword,
  ownerOfUser,
  saveAccess,
  type StoredAccess,
} from '../store/portal-access.ts'
import type { Db } from '../store/schema.ts'
import type { Ctx } from './ctx.ts'
import { existingCustomer } from './customers.ts'

/** What a person changes of a customer's way into the portal; nothing shows it. */
export interface AccessChange {
  readonly user: string | undefined
  /** `stdin`: the first line of standard input; `none`: the next mail brings a first password again. */
  readonly password: 'stdin' | 'none' | undefined
}

/**
 * Shows or changes a customer's user and password. A password that was on its way in a mail holds no more: that mail is held.
 * @throws CUSTOMER_NOT_FOUND, BAD_PORTAL_ACCESS for a user that is none or another customer's, or a password too short or long
 */
export async function customerAccess(
  ctx: Ctx,
  code: string,
  { user, password }: AccessChange,
): Promise<PortalAccessResult> {
  const customer = await existingCustomer(ctx.db, code)
  if (user === undefined && password === undefined) return viewOf(ctx, customer)
  const wanted = user === undefined ? undefined : checkedUser(user)
  // Read and hashed before the transaction: nobody else writes while one is open.
  const passwordHash =
    password === 'stdin' ? await hashPassword(checkedPassword(await ctx.readStdin())) : null
  await ctx.db.transaction().execute(async (db) => {
    const before = await findAccess(db, customer.code)
    const changed = await changedAccess(db, customer, { before, user: wanted, at: ctx.now().toISOString() })
    if (password === undefined) await saveAccess(db, changed)
    else {
      await dropPasswords(db, customer.code)
      await saveAccess(db, { ...changed, passwordHash, temporary: false, firstOrder: null })
    }
    const what = [
      ...(before?.user === changed.user ? [] : [`user ${changed.user}`]),
      ...(password === undefined ? [] : [password === 'stdin' ? 'password set' : 'password reset']),
    ]
    await insertEvents(db, [accessEvent(customer.code, changed.updatedAt, what.join(', '))])
  })
  return viewOf(ctx, customer)
}

interface Change {
  readonly before: StoredAccess | undefined
  readonly user: string | undefined
  readonly at: string
}

async function changedAccess(
  db: Db,
  customer: Customer,
  { before, user, at }: Change,
): Promise<StoredAccess> {
  const owner = user === undefined ? undefined : await ownerOfUser(db, user)
  if (owner !== undefined && owner !== customer.code)
    throw new CfdiMailError('BAD_PORTAL_ACCESS', { variant: 'taken', value: user ?? '', owner })
  const base = before ?? {
    customer: customer.code,
    user: user ?? (await freeUser(db, customer)),
    passwordHash: null,
    temporary: false,
    firstOrder: null,
  }
  return { ...base, user: user ?? base.user, updatedAt: at }
}

/**
 * The first of a customer's candidates that nobody else has.
 * @param users users that this run gave and that are not written yet, with their customers
 */
export async function freeUser(
  db: Db,
  customer: Customer,
  users: ReadonlyMap<string, string> = new Map(),
): Promise<string> {
  for (const user of userCandidates(customer)) {
    const owner = users.get(user) ?? (await ownerOfUser(db, user))
    if (owner === undefined || owner === customer.code) return user
  }
  throw new RangeError('the candidates do not end')
}

function checkedUser(text: string): string {
  const user = normalUser(text)
  if (!validUser(user)) throw new CfdiMailError('BAD_PORTAL_ACCESS', { variant: 'user', value: text })
  return user
}

/** The first line; what follows it is no part of a password. */
function checkedPassword(text: string): string {
  const clear = text.replace(/\r?\n[^]*$/, '')
  const { least, most } = PASSWORD_LENGTH
  if (clear.length >= least && clear.length <= most) return clear
  throw new CfdiMailError('BAD_PORTAL_ACCESS', { variant: 'password', least, most })
}

function accessEvent(customer: string, at: string, detail: string) {
  const nothing = { order: null, uuid: null, recipient: null }
  return { ...nothing, at, level: 'info' as const, event: 'portal-access-saved' as const, customer, detail }
}

async function viewOf({ db, settings }: Ctx, customer: Customer): Promise<PortalAccessResult> {
  const stored = await findAccess(db, customer.code)
  const order = stored?.firstOrder ?? null
  return {
    kind: 'portal-access',
    customer: customer.code,
    name: customer.name,
    user: stored?.user ?? (await freeUser(db, customer)),
    password: stateOf(stored),
    pendingOrder: order !== null && (await orderPassword(db, order)) !== null ? order : null,
    updatedAt: stored?.updatedAt ?? null,
    portalUrl: settings.portalUrl,
  }
}

function stateOf(stored: StoredAccess | undefined): PasswordState {
  if (stored === undefined || stored.passwordHash === null) return 'none'
  return stored.temporary ? 'first' : 'own'
}
