import type { Kysely } from 'kysely'
import { CfdiMailError } from '../model/errors.ts'
import { type Fault, NO_FAULT } from '../model/fault.ts'
import { up as first } from './migrations/0001-first.ts'
import { up as auditChain } from './migrations/0002-audit-chain.ts'
import { up as limits } from './migrations/0003-limits.ts'
import { up as oauth } from './migrations/0004-oauth.ts'
import { up as bounces } from './migrations/0005-bounces.ts'
import { up as noticesAndIdentity } from './migrations/0006-notices-and-identity.ts'
import { up as destinationFolder } from './migrations/0007-destination-folder.ts'
import { up as parties } from './migrations/0008-parties.ts'
import { up as operators } from './migrations/0009-operators.ts'
import { up as orderFiles } from './migrations/0010-order-files.ts'
import { up as papers } from './migrations/0011-papers.ts'
import { up as addendas } from './migrations/0012-addendas.ts'
import { up as returnPaths } from './migrations/0013-return-paths.ts'
import { up as packagedFiles } from './migrations/0014-packaged-files.ts'
import { up as whatsapp } from './migrations/0015-whatsapp.ts'
import { up as customerChannels } from './migrations/0016-customer-channels.ts'
import { up as portalAccess } from './migrations/0017-portal-access.ts'
import { up as templateScopes } from './migrations/0018-template-scopes.ts'
import { up as payroll } from './migrations/0019-payroll.ts'
import { up as customerGroups } from './migrations/0020-customer-groups.ts'
import { up as documentSettings } from './migrations/0021-document-settings.ts'
import { up as filePasswords } from './migrations/0022-file-passwords.ts'
import { up as ownFilePasswords } from './migrations/0023-own-file-passwords.ts'
import { up as paymentNotices } from './migrations/0024-payment-notices.ts'
import { up as packs } from './migrations/0025-packs.ts'
import { up as textsOnce } from './migrations/0026-texts-once.ts'
import type { Db } from './schema.ts'

/** In order; a released one never changes. */
const MIGRATIONS: readonly { readonly name: string; readonly up: (db: Kysely<unknown>) => Promise<void> }[] =
  [
    { name: '0001-first', up: first },
    { name: '0002-audit-chain', up: auditChain },
    { name: '0003-limits', up: limits },
    { name: '0004-oauth', up: oauth },
    { name: '0005-bounces', up: bounces },
    { name: '0006-notices-and-identity', up: noticesAndIdentity },
    { name: '0007-destination-folder', up: destinationFolder },
    { name: '0008-parties', up: parties },
    { name: '0009-operators', up: operators },
    { name: '0010-order-files', up: orderFiles },
    { name: '0011-papers', up: papers },
    { name: '0012-addendas', up: addendas },
    { name: '0013-return-paths', up: returnPaths },
    { name: '0014-packaged-files', up: packagedFiles },
    { name: '0015-whatsapp', up: whatsapp },
    { name: '0016-customer-channels', up: customerChannels },
    { name: '0017-portal-access', up: portalAccess },
    { name: '0018-template-scopes', up: templateScopes },
    { name: '0019-payroll', up: payroll },
    { name: '0020-customer-groups', up: customerGroups },
    { name: '0021-document-settings', up: documentSettings },
    { name: '0022-file-passwords', up: filePasswords },
    { name: '0023-own-file-passwords', up: ownFilePasswords },
    { name: '0024-payment-notices', up: paymentNotices },
    { name: '0025-packs', up: packs },
    { name: '0026-texts-once', up: textsOnce },
  ]

/** The bookkeeping table is not part of the schema that store functions see. */
interface Bookkeeping {
  migration: { name: string }
}

/**
 * Applies the migrations that the store does not have yet, each in a transaction of its own together with its mark: a
 * process that dies half way leaves the step before.
 * @throws STORE_NEWER when the store has a migration that this version does not know
 */
export async function migrate(store: Db, fault: Fault = NO_FAULT): Promise<void> {
  const db = await bookkeeping(store)
  const done = await appliedNames(db)
  const unknown = done.find((name) => MIGRATIONS.every((migration) => migration.name !== name))
  if (unknown !== undefined) {
    throw new CfdiMailError('STORE_NEWER', { found: unknown, known: MIGRATIONS.at(-1)?.name ?? '' })
  }
  for (const migration of MIGRATIONS) {
    if (done.includes(migration.name)) continue
    await db.transaction().execute(async (db) => {
      // Another process may have done it while this one waited for the lock.
      if ((await appliedNames(db)).includes(migration.name)) return
      await migration.up(db as unknown as Kysely<unknown>)
      fault('migrate')
      await db.insertInto('migration').values({ name: migration.name }).execute()
    })
  }
}

/** Names of the steps that the store was written with, and of those it still lacks. */
export interface MigrationState {
  readonly applied: readonly string[]
  readonly pending: readonly string[]
}

export async function pendingMigrations(store: Db): Promise<MigrationState> {
  const applied = await appliedNames(await bookkeeping(store))
  return { applied, pending: MIGRATIONS.map(({ name }) => name).filter((name) => !applied.includes(name)) }
}

async function bookkeeping(store: Db): Promise<Kysely<Bookkeeping>> {
  const db = store as unknown as Kysely<Bookkeeping>
  await db.schema
    .createTable('migration')
    .ifNotExists()
    .addColumn('name', 'text', (c) => c.primaryKey())
    .execute()
  return db
}

async function appliedNames(db: Kysely<Bookkeeping>): Promise<string[]> {
  return (await db.selectFrom('migration').select('name').orderBy('name').execute()).map((row) => row.name)
}
