import type { DeliveryState } from '../model/delivery.ts'
import type { AccessGrant, NewOrder } from '../model/send-order.ts'
import { insertEvents } from './event-log.ts'
import type { Db, Row } from './schema.ts'

/** A customer's sign-in as it is kept. */
export interface StoredAccess {
  readonly customer: string
  readonly user: string
  /** Null while there is none. */
  readonly passwordHash: string | null
  readonly temporary: boolean
  /** Order whose mail says the first password. */
  readonly firstOrder: string | null
  /** ISO 8601 UTC. */
  readonly updatedAt: string
}

export async function findAccess(db: Db, customer: string): Promise<StoredAccess | undefined> {
  const row = await db
    .selectFrom('portal_access')
    .selectAll()
    .where('customer', '=', customer)
    .executeTakeFirst()
  return row === undefined ? undefined : toAccess(row)
}

/** The customer that has the user (upper case), or undefined. */
export async function ownerOfUser(db: Db, user: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('portal_access')
    .select('customer')
    .where('user', '=', user)
    .executeTakeFirst()
  return row?.customer
}

/** Writes a customer's sign-in, whether it was there or not. */
export async function saveAccess(db: Db, access: StoredAccess): Promise<void> {
  const row = {
    customer: access.customer,
    user: access.user,
    password_hash: access.passwordHash,
    temporary: access.temporary ? 1 : 0,
    first_order: access.firstOrder,
    updated_at: access.updatedAt,
  }
  await db
    .insertInto('portal_access')
    .values(row)
    .onConflict((conflict) => conflict.column('customer').doUpdateSet(row))
    .execute()
}

/**
 * Gives the access that orders' mails speak of, and keeps the first passwords sealed until they were sent. Call it inside the
 * transaction that writes the orders, after them.
 */
export async function grantAccess(db: Db, orders: readonly NewOrder[]): Promise<void> {
  for (const { id, customer, createdAt, access } of orders) {
    if (access === undefined) continue
    if (access.sealed !== null)
      await db.insertInto('order_password').values({ order_id: id, sealed_password: access.sealed }).execute()
    if (!access.isNew) {
      await moveFirstOrder(db, customer, id)
      continue
    }
    await saveAccess(db, {
      customer,
      user: access.user,
      passwordHash: access.passwordHash,
      temporary: true,
      firstOrder: access.sealed === null ? null : id,
      updatedAt: createdAt,
    })
    const facts = { at: createdAt, level: 'info', order: id, customer, uuid: null, recipient: null } as const
    await insertEvents(db, [{ ...facts, event: 'portal-access-given', detail: access.user }])
  }
}

/** The password is now told by another order: the one that it repeats may be cancelled without a loss. */
async function moveFirstOrder(db: Db, customer: string, order: string): Promise<void> {
  await db.updateTable('portal_access').set({ first_order: order }).where('customer', '=', customer).execute()
}

/** The orders whose access is still theirs to give: between rendering and now another process may have given the customer one. */
export async function withoutStaleAccess(db: Db, orders: readonly NewOrder[]): Promise<NewOrder[]> {
  const fresh: NewOrder[] = []
  for (const order of orders) {
    if (order.access?.isNew !== true || (await isFree(db, order.customer, order.access))) fresh.push(order)
  }
  return fresh
}

async function isFree(db: Db, customer: string, { user }: AccessGrant): Promise<boolean> {
  const [own, owner] = [await findAccess(db, customer), await ownerOfUser(db, user)]
  return (own?.passwordHash ?? null) === null && (owner === undefined || owner === customer)
}

/** The sealed first password that an order's mail says, or null when it says none or it is no longer kept. */
export async function orderPassword(db: Db, order: string): Promise<string | null> {
  const row = await db
    .selectFrom('order_password')
    .select('sealed_password')
    .where('order_id', '=', order)
    .executeTakeFirst()
  return row?.sealed_password ?? null
}

/** States after which nobody needs the password of an order any more: the mail is out, or it never goes. */
const OVER: readonly DeliveryState[] = ['sent', 'delivered', 'bounced', 'cancelled', 'exported']

/**
 * Forgets the first passwords of orders that are over. What was cancelled for everybody told nobody: its customer is again one
 * without a password, and the next mail brings one.
 */
export async function forgetPasswords(db: Db): Promise<void> {
  const kept = await db.selectFrom('order_password').select('order_id').execute()
  if (kept.length === 0) return
  await db.transaction().execute(async (db) => {
    for (const { order_id: order } of kept) {
      const rows = await db.selectFrom('delivery').select('state').where('order_id', '=', order).execute()
      const states = rows.map(({ state }) => state as DeliveryState)
      if (!states.every((state) => OVER.includes(state))) continue
      await db.deleteFrom('order_password').where('order_id', '=', order).execute()
      if (!states.every((state) => state === 'cancelled')) continue
      await db
        .updateTable('portal_access')
        .set({ password_hash: null, first_order: null })
        .where('first_order', '=', order)
        .where('temporary', '=', 1)
        .execute()
    }
  })
}

/** Drops the passwords that are still on their way to a customer: another one holds now. */
export async function dropPasswords(db: Db, customer: string): Promise<void> {
  await db
    .deleteFrom('order_password')
    .where('order_id', 'in', (sub) =>
      sub.selectFrom('send_order').select('id').where('customer', '=', customer),
    )
    .execute()
}

function toAccess(row: Row<'portal_access'>): StoredAccess {
  return {
    customer: row.customer,
    user: row.user,
    passwordHash: row.password_hash,
    temporary: row.temporary === 1,
    firstOrder: row.first_order,
    updatedAt: row.updated_at,
  }
}
