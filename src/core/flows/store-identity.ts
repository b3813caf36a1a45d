import { storePlace, writeWitness } from '../files/store-place.ts'
import { CfdiMailError } from '../model/errors.ts'
import { EVENT_SENTENCES } from '../model/event-sentences.ts'
import type { StoreAdoptedResult } from '../model/results/store.ts'
import { type StoreIdentity, type StrangeReason, strangeReason } from '../model/store-identity.ts'
import { insertEvents } from '../store/event-log.ts'
import { holdUnsent, readIdentity, saveIdentity } from '../store/identity.ts'
import { newId } from '../store/ids.ts'
import { dropNotices, tellNoMore } from '../store/notices.ts'
import { takeRunLock } from '../store/run-lock.ts'
import type { Ctx } from './ctx.ts'

/** Makes a new store belong to the place it is in, whatever was there before. */
export async function claimPlace(ctx: Ctx): Promise<StoreIdentity> {
  return await settle(ctx, { id: newId(ctx.now()), runs: 0 })
}

/**
 * The store's identity. One of an older version has none: it belongs, from now on, to the place it is in, unless a store that
 * had one was used there before it.
 */
export async function knownIdentity(ctx: Ctx): Promise<StoreIdentity> {
  const known = await readIdentity(ctx.db)
  if (known !== null) return known
  const { witness } = storePlace(ctx.folders.data)
  if (witness === null) return await claimPlace(ctx)
  const identity = { id: witness.id, folder: '', machine: '', stamp: '', runs: 0 }
  await saveIdentity(ctx.db, identity)
  return identity
}

/** Why this store may not send, or null when it was last used in this very place. */
export async function whyStrange(ctx: Ctx): Promise<StrangeReason | null> {
  return strangeReason(await knownIdentity(ctx), storePlace(ctx.folders.data))
}

/**
 * Begins a run of `send`: the store and its witness count it, so that an older copy of the store is known for one. For the
 * holder of the run lock.
 * @throws STORE_NOT_ADOPTED for a store that was copied, moved or restored
 */
export async function beginRun(ctx: Ctx): Promise<void> {
  const identity = await knownIdentity(ctx)
  const place = storePlace(ctx.folders.data)
  const reason = strangeReason(identity, place)
  if (reason !== null) throw new CfdiMailError('STORE_NOT_ADOPTED', { strange: reason, folder: place.folder })
  // The store first: it may be ahead of its witness, never behind.
  const runs = identity.runs + 1
  await saveIdentity(ctx.db, { ...identity, runs })
  const stamp = writeWitness(ctx.folders.data, { id: identity.id, runs })
  if (stamp !== identity.stamp) await saveIdentity(ctx.db, { ...identity, runs, stamp })
}

/**
 * Makes a store that was copied, moved or restored belong to where it is now. Whatever would have gone out by itself is held
 * until a person releases it. A store that is at home is left as it is.
 * @throws SEND_RUNNING
 */
export async function adoptStore(ctx: Ctx): Promise<StoreAdoptedResult> {
  const lock = takeRunLock(ctx.folders.lock)
  try {
    const identity = await knownIdentity(ctx)
    const reason = await whyStrange(ctx)
    const { folder } = storePlace(ctx.folders.data)
    const facts = { kind: 'store-adopted', id: identity.id, folder, former: identity.folder, reason } as const
    if (reason === null) return { ...facts, deliveries: 0, orders: 0, needsPerson: false }
    const held = await holdWhatCame(ctx, `${reason}: ${identity.folder} → ${folder}`)
    const runs = Math.max(identity.runs, storePlace(ctx.folders.data).witness?.runs ?? 0)
    await settle(ctx, { id: identity.id, runs })
    return { ...facts, ...held, needsPerson: held.deliveries > 0 }
  } finally {
    lock.release()
  }
}

/** In one commit, and before the store may send: a process that dies in between leaves it strange. */
async function holdWhatCame(ctx: Ctx, detail: string) {
  const at = ctx.now().toISOString()
  return await ctx.db.transaction().execute(async (db) => {
    const held = await holdUnsent(db, { at, detail: EVENT_SENTENCES['came-along'] })
    const nothing = { order: null, customer: null, uuid: null, recipient: null }
    await insertEvents(db, [{ at, level: 'info', event: 'store-adopted', ...nothing, detail }])
    await dropNotices(db, at)
    await tellNoMore(db)
    return held
  })
}

/**
 * In the store first, still without the witness's stamp, which is then not asked for. The other way round a process that dies in
 * between, or a full disk, would leave a witness whose store does not know it: the look of a restored backup.
 */
async function settle(ctx: Ctx, { id, runs }: Pick<StoreIdentity, 'id' | 'runs'>): Promise<StoreIdentity> {
  const { folder, machine } = storePlace(ctx.folders.data)
  await saveIdentity(ctx.db, { id, folder, machine, stamp: '', runs })
  const stamp = writeWitness(ctx.folders.data, { id, runs })
  const identity = { id, folder, machine, stamp, runs }
  await saveIdentity(ctx.db, identity)
  return identity
}
