import type { DocumentSetting, SettingKind } from '../model/document-setting.ts'
import type { Db, Row } from './schema.ts'

/** All of them, by kind and class; everybody's first. */
export async function listDocumentSettings(db: Db): Promise<DocumentSetting[]> {
  const rows = await db.selectFrom('document_setting').selectAll().orderBy('kind').orderBy('class').execute()
  return rows.map(toSetting)
}

/** Writes the setting of its kind and class, whether it was there or not. */
export async function saveDocumentSetting(db: Db, setting: DocumentSetting): Promise<void> {
  const { kind, customerClass, subject, body } = setting
  const said = { enabled: flagOf(setting.enabled), automatic: flagOf(setting.automatic), subject, body }
  await db
    .insertInto('document_setting')
    .values({ kind, class: customerClass, ...said })
    .onConflict((conflict) => conflict.columns(['kind', 'class']).doUpdateSet(said))
    .execute()
}

/** @returns whether there was one */
export async function removeDocumentSetting(
  db: Db,
  { kind, customerClass }: Pick<DocumentSetting, 'kind' | 'customerClass'>,
): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('document_setting')
    .where('kind', '=', kind)
    .where('class', '=', customerClass)
    .executeTakeFirst()
  return numDeletedRows > 0n
}

function toSetting(row: Row<'document_setting'>): DocumentSetting {
  return {
    kind: row.kind as SettingKind,
    customerClass: row.class,
    enabled: row.enabled === null ? null : row.enabled === 1,
    automatic: row.automatic === null ? null : row.automatic === 1,
    subject: row.subject,
    body: row.body,
  }
}

function flagOf(said: boolean | null): number | null {
  return said === null ? null : said ? 1 : 0
}
