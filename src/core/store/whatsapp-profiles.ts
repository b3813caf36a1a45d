import type { StoredWhatsAppProfile } from '../model/whatsapp-profile.ts'
import { insertEvents } from './event-log.ts'
import { holdOf, limitColumns, limitsOf } from './profile-rows.ts'
import { clearDefault, profileEvent } from './profiles.ts'
import type { Db, NewRow, Row } from './schema.ts'

/** The WhatsApp profile of that name, or undefined. */
export async function findWhatsAppProfile(db: Db, name: string): Promise<StoredWhatsAppProfile | undefined> {
  const row = await joined(db).where('profile.name', '=', name).executeTakeFirst()
  return row === undefined ? undefined : toProfile(row)
}

/** All WhatsApp profiles, by name. */
export async function listWhatsAppProfiles(db: Db): Promise<StoredWhatsAppProfile[]> {
  return (await joined(db).orderBy('profile.name').execute()).map(toProfile)
}

/** The profile that sends WhatsApp orders that name none, or undefined while there is none. */
export async function defaultWhatsAppProfile(db: Db): Promise<StoredWhatsAppProfile | undefined> {
  const row = await joined(db).where('profile.is_default', '=', 1).executeTakeFirst()
  return row === undefined ? undefined : toProfile(row)
}

/**
 * Writes a profile, whether it was there or not; the secrets of its webhook stay. The first one becomes the default.
 * @param at ISO 8601 UTC, for the log
 */
export async function saveWhatsAppProfile(db: Db, profile: StoredWhatsAppProfile, at: string): Promise<void> {
  await db.transaction().execute(async (db) => {
    const former = await defaultWhatsAppProfile(db)
    const isDefault = profile.isDefault || former === undefined || former.name === profile.name
    if (isDefault) await clearDefault(db, 'whatsapp')
    const row = profileRow({ ...profile, isDefault })
    await db
      .insertInto('profile')
      .values(row)
      .onConflict((conflict) => conflict.column('name').doUpdateSet(row))
      .execute()
    const columns = whatsappColumns(profile)
    await db
      .insertInto('whatsapp')
      .values({ profile: profile.name, app_secret: '', verify_token: '', ...columns })
      .onConflict((conflict) => conflict.column('profile').doUpdateSet(columns))
      .execute()
    const { name, phoneId, template } = profile
    await insertEvents(db, [profileEvent('profile-saved', at, `${name}: WhatsApp ${phoneId}, ${template}`)])
  })
}

function joined(db: Db) {
  return db.selectFrom('profile').innerJoin('whatsapp', 'whatsapp.profile', 'profile.name').selectAll()
}

function toProfile(row: Row<'profile'> & Row<'whatsapp'>): StoredWhatsAppProfile {
  return {
    channel: 'whatsapp',
    name: row.name,
    phoneId: row.phone_id,
    accountId: row.account_id,
    baseUrl: row.base_url,
    version: row.version,
    secret: row.secret,
    template: row.template,
    templateLanguage: row.template_language,
    fields: JSON.parse(row.fields) as string[],
    pairSeconds: row.pair_seconds,
    isDefault: row.is_default === 1,
    connections: row.connections,
    messagesPerConnection: row.messages_per_connection,
    ...limitsOf(row),
    testedAt: row.tested_at,
    hold: holdOf(row),
  }
}

function whatsappColumns(profile: StoredWhatsAppProfile) {
  return {
    phone_id: profile.phoneId,
    account_id: profile.accountId,
    base_url: profile.baseUrl,
    version: profile.version,
    template: profile.template,
    template_language: profile.templateLanguage,
    fields: JSON.stringify(profile.fields),
    pair_seconds: profile.pairSeconds,
  }
}

/** The columns that every profile has; those of mail alone are empty. */
function profileRow(profile: StoredWhatsAppProfile): NewRow<'profile'> {
  const { hostname, protocol } = new URL(profile.baseUrl)
  return {
    channel: 'whatsapp',
    name: profile.name,
    host: hostname,
    port: protocol === 'https:' ? 443 : 80,
    security: protocol === 'https:' ? 'tls' : 'none',
    user: profile.phoneId,
    secret: profile.secret,
    ...{ sender: '', sender_name: '', reply_to: '', modules: '[]', pin: '', ca_file: '' },
    is_default: profile.isDefault ? 1 : 0,
    connections: profile.connections,
    messages_per_connection: profile.messagesPerConnection,
    ...limitColumns(profile),
    tested_at: profile.testedAt,
    held_reason: profile.hold?.reason ?? null,
    held_until: profile.hold?.until ?? null,
    strikes: profile.hold?.strikes ?? 0,
  }
}
