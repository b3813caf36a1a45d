import type { NewEvent } from '../model/event.ts'
import type { OrderChannel } from '../model/channel.ts'
import type { ProfileLimits } from '../model/limits.ts'
import type { ProfileHold, ProfileModule, StoredProfile } from '../model/profile.ts'
import { insertEvents } from './event-log.ts'
import { limitColumns, toProfile, toRow } from './profile-rows.ts'
import type { Db } from './schema.ts'

/** The mail profile of that name, or undefined. */
export async function findProfile(db: Db, name: string): Promise<StoredProfile | undefined> {
  const row = await mailProfiles(db).where('name', '=', name).executeTakeFirst()
  return row === undefined ? undefined : toProfile(row)
}

/** All mail profiles, by name. */
export async function listProfiles(db: Db): Promise<StoredProfile[]> {
  return (await mailProfiles(db).orderBy('name').execute()).map(toProfile)
}

function mailProfiles(db: Db) {
  return db.selectFrom('profile').selectAll().where('channel', '=', 'email')
}

/** The channel of the profile of that name, whichever it is; null when there is none. */
export async function channelOfProfile(db: Db, name: string): Promise<OrderChannel | null> {
  const row = await db.selectFrom('profile').select('channel').where('name', '=', name).executeTakeFirst()
  return (row?.channel as OrderChannel | undefined) ?? null
}

/** The profile that sends mail that names none, or undefined while there is no mail profile. */
export async function defaultProfile(db: Db): Promise<StoredProfile | undefined> {
  const row = await mailProfiles(db).where('is_default', '=', 1).executeTakeFirst()
  return row === undefined ? undefined : toProfile(row)
}

/**
 * Writes a profile, whether it was there or not. The first one becomes the default, and one saved as the default takes the
 * place of the former; a default does not stop being it by being saved again.
 * @param at ISO 8601 UTC, for the log
 */
export async function saveProfile(db: Db, profile: StoredProfile, at: string): Promise<void> {
  await db.transaction().execute(async (db) => {
    const former = await defaultProfile(db)
    const isDefault = profile.isDefault || former === undefined || former.name === profile.name
    if (isDefault) await clearDefault(db, 'email')
    const row = toRow({ ...profile, isDefault })
    await takeModules(db, profile.name, profile.modules)
    await db
      .insertInto('profile')
      .values(row)
      .onConflict((conflict) => conflict.column('name').doUpdateSet(row))
      .execute()
    await insertEvents(db, [
      profileEvent('profile-saved', at, `${profile.name}: ${profile.host}:${profile.port}`),
    ])
  })
}

/**
 * Writes which modules a profile sends for. A module has one profile: another that had it has it no more.
 * @param at ISO 8601 UTC, for the log
 */
export async function saveModules(
  db: Db,
  { name, modules }: Pick<StoredProfile, 'name' | 'modules'>,
  at: string,
): Promise<void> {
  await db.transaction().execute(async (db) => {
    await takeModules(db, name, modules)
    await writeModules(db, name, modules)
    await insertEvents(db, [
      profileEvent('profile-saved', at, `${name}: modules ${modules.join(', ') || '-'}`),
    ])
  })
}

async function takeModules(db: Db, name: string, modules: readonly ProfileModule[]): Promise<void> {
  for (const other of await listProfiles(db)) {
    const left = other.modules.filter((module) => !modules.includes(module))
    if (other.name !== name && left.length < other.modules.length) await writeModules(db, other.name, left)
  }
}

async function writeModules(db: Db, name: string, modules: readonly ProfileModule[]): Promise<void> {
  await db
    .updateTable('profile')
    .set({ modules: JSON.stringify(modules) })
    .where('name', '=', name)
    .execute()
}

/** Leaves a channel without a default profile: another is about to take its place. */
export async function clearDefault(db: Db, channel: OrderChannel): Promise<void> {
  await db
    .updateTable('profile')
    .set({ is_default: 0 })
    .where('channel', '=', channel)
    .where('is_default', '=', 1)
    .execute()
}

/**
 * Writes a profile's limits and connections, and nothing else of it: a hold that comes in the meantime stays.
 * @param at ISO 8601 UTC, for the log
 */
export async function saveLimits(
  db: Db,
  profile: ProfileLimits & Pick<StoredProfile, 'name' | 'connections' | 'messagesPerConnection'>,
  at: string,
): Promise<void> {
  const { connections, messagesPerConnection } = profile
  await db.transaction().execute(async (db) => {
    await db
      .updateTable('profile')
      .set({ connections, messages_per_connection: messagesPerConnection, ...limitColumns(profile) })
      .where('name', '=', profile.name)
      .execute()
    const { perMinute, perDay, maxRecipients, maxBytes, onUnknown, bouncesTo } = profile
    const rates = { perMinute, perDay, maxRecipients, maxBytes }
    const limits = JSON.stringify({ ...rates, onUnknown, bouncesTo, connections })
    await insertEvents(db, [profileEvent('profile-saved', at, `${profile.name}: ${limits}`)])
  })
}

/**
 * Removes a profile; when it was its channel's default, the first of those left takes its place.
 * @returns whether there was one
 */
export async function removeProfile(db: Db, name: string): Promise<boolean> {
  return db.transaction().execute(async (db) => {
    const gone = await db
      .deleteFrom('profile')
      .where('name', '=', name)
      .returning(['channel', 'is_default'])
      .executeTakeFirst()
    if (gone?.is_default === 1) {
      const left = db.selectFrom('profile').select('name').where('channel', '=', gone.channel)
      const heir = await left.orderBy('name').executeTakeFirst()
      if (heir !== undefined) await markDefault(db, heir.name)
    }
    return gone !== undefined
  })
}

/**
 * Makes a profile its channel's default.
 * @returns whether there is such a profile
 */
export async function setDefault(db: Db, name: string): Promise<boolean> {
  return db.transaction().execute(async (db) => {
    const channel = await channelOfProfile(db, name)
    if (channel === null) return false
    await clearDefault(db, channel)
    await markDefault(db, name)
    return true
  })
}

async function markDefault(db: Db, name: string): Promise<void> {
  await db.updateTable('profile').set({ is_default: 1 }).where('name', '=', name).execute()
}

/** A hold and when it began. */
export interface NewHold extends ProfileHold {
  /** ISO 8601 UTC. */
  readonly at: string
}

/** Puts a profile on hold: it sends nothing until the hold's end, or until a person releases it. */
export async function holdProfile(
  db: Db,
  name: string,
  { at, reason, until, strikes }: NewHold,
): Promise<void> {
  await db.transaction().execute(async (db) => {
    const hold = { held_reason: reason, held_until: until, strikes }
    const { numUpdatedRows } = await db
      .updateTable('profile')
      .set(hold)
      .where('name', '=', name)
      .executeTakeFirst()
    if (numUpdatedRows > 0n) await insertEvents(db, [profileEvent('profile-held', at, `${name}: ${reason}`)])
  })
}

/**
 * Ends a profile's hold and forgets its strikes.
 * @param at ISO 8601 UTC, for the log
 * @returns whether it was on hold
 */
export async function releaseProfile(db: Db, name: string, at: string): Promise<boolean> {
  return db.transaction().execute(async (db) => {
    const { numUpdatedRows } = await db
      .updateTable('profile')
      .set({ held_reason: null, held_until: null, strikes: 0 })
      .where('name', '=', name)
      .where('held_reason', 'is not', null)
      .executeTakeFirst()
    if (numUpdatedRows === 0n) return false
    await insertEvents(db, [profileEvent('profile-released', at, name)])
    return true
  })
}

/**
 * Notes that a profile passed its test, which ends its hold.
 * @param at ISO 8601 UTC
 */
export async function markTested(db: Db, name: string, at: string): Promise<void> {
  await db.updateTable('profile').set({ tested_at: at }).where('name', '=', name).execute()
  await releaseProfile(db, name, at)
}

/** A profile's own event: of no order and no customer. */
export function profileEvent(
  event: 'profile-saved' | 'profile-held' | 'profile-released',
  at: string,
  detail: string,
): NewEvent {
  const level = event === 'profile-held' ? 'error' : 'info'
  return { at, level, event, order: null, customer: null, uuid: null, recipient: null, detail }
}
