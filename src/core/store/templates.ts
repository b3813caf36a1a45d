import type { TemplateScope } from '../model/template-use.ts'
import type { Db, Row } from './schema.ts'

/** A template that somebody wrote: a built-in one changed, or one of another name. */
export interface StoredTemplate {
  readonly name: string
  readonly subject: string
  readonly body: string
  readonly description: string
  readonly scope: TemplateScope
}

/** The stored template of that name, or undefined: then the built-in one stands, if there is one. */
export async function findTemplate(db: Db, name: string): Promise<StoredTemplate | undefined> {
  const row = await db.selectFrom('template').selectAll().where('name', '=', name).executeTakeFirst()
  return row === undefined ? undefined : toTemplate(row)
}

export async function listTemplates(db: Db): Promise<StoredTemplate[]> {
  return (await db.selectFrom('template').selectAll().orderBy('name').execute()).map(toTemplate)
}

/** Writes the template, whether it was there or not. */
export async function saveTemplate(db: Db, template: StoredTemplate, now: Date): Promise<void> {
  const row = { ...template, updated_at: now.toISOString() }
  await db
    .insertInto('template')
    .values(row)
    .onConflict((conflict) => conflict.column('name').doUpdateSet(row))
    .execute()
}

/** @returns whether there was one */
export async function removeTemplate(db: Db, name: string): Promise<boolean> {
  const { numDeletedRows } = await db.deleteFrom('template').where('name', '=', name).executeTakeFirst()
  return numDeletedRows > 0n
}

function toTemplate({ name, subject, body, description, scope }: Row<'template'>): StoredTemplate {
  return { name, subject, body, description, scope: scope as TemplateScope }
}
