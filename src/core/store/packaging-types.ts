import type { ExistingAddenda } from '../model/addenda.ts'
import type { CfdiKind } from '../model/cfdi.ts'
import type { PasswordRule } from '../model/file-password.ts'
import type { AfterSend, Grouping, PackagingType, PdfPolicy } from '../model/packaging-type.ts'
import type { PortalAccess } from '../model/portal.ts'
import type { AssignedTemplates } from '../model/template-use.ts'
import type { Db, NewRow, Row } from './schema.ts'

/** The packaging type of that code (upper case), or undefined. */
export async function findPackagingType(db: Db, code: string): Promise<PackagingType | undefined> {
  const row = await db.selectFrom('packaging_type').selectAll().where('code', '=', code).executeTakeFirst()
  return row === undefined ? undefined : toType(row)
}

export async function listPackagingTypes(db: Db): Promise<PackagingType[]> {
  return (await db.selectFrom('packaging_type').selectAll().orderBy('code').execute()).map(toType)
}

/** Writes the type, whether it was there or not. */
export async function savePackagingType(db: Db, type: PackagingType): Promise<void> {
  const row = toRow(type)
  await db
    .insertInto('packaging_type')
    .values(row)
    .onConflict((conflict) => conflict.column('code').doUpdateSet(row))
    .execute()
}

/** @returns whether there was one */
export async function removePackagingType(db: Db, code: string): Promise<boolean> {
  const { numDeletedRows } = await db.deleteFrom('packaging_type').where('code', '=', code).executeTakeFirst()
  return numDeletedRows > 0n
}

/** How many customers have that type. */
export async function countCustomersOfType(db: Db, code: string): Promise<number> {
  const { customers } = await db
    .selectFrom('customer')
    .select((select) => select.fn.countAll<number | string>().as('customers'))
    .where('packaging_type', '=', code)
    .executeTakeFirstOrThrow()
  return Number(customers)
}

function toType(row: Row<'packaging_type'>): PackagingType {
  return {
    code: row.code,
    description: row.description,
    customer: row.customer,
    kinds: JSON.parse(row.kinds) as CfdiKind[],
    pdf: row.pdf as PdfPolicy,
    withBom: row.with_bom === 1,
    grouping: row.grouping as Grouping,
    zip: row.zip === 1,
    passwordRule: row.password_rule as PasswordRule | null,
    passwordHint: row.lock_words,
    folder: row.folder,
    namePattern: row.name_pattern,
    byMail: row.by_mail === 1,
    afterSend: row.after_send as AfterSend,
    profile: row.profile,
    sender: row.sender,
    subject: row.subject,
    body: row.body,
    longTimeout: row.long_timeout === 1,
    logSuccess: row.log_success === 1,
    addenda: row.addenda,
    existingAddenda: row.existing_addenda as ExistingAddenda,
    portalAccess: row.portal_access as PortalAccess,
    templates: JSON.parse(row.templates) as AssignedTemplates,
  }
}

function toRow(type: PackagingType): NewRow<'packaging_type'> {
  return {
    code: type.code,
    description: type.description,
    customer: type.customer,
    kinds: JSON.stringify(type.kinds),
    pdf: type.pdf,
    with_bom: type.withBom ? 1 : 0,
    grouping: type.grouping,
    zip: type.zip ? 1 : 0,
    password_rule: type.passwordRule,
    lock_words: type.passwordHint,
    folder: type.folder,
    name_pattern: type.namePattern,
    by_mail: type.byMail ? 1 : 0,
    after_send: type.afterSend,
    profile: type.profile,
    sender: type.sender,
    subject: type.subject,
    body: type.body,
    long_timeout: type.longTimeout ? 1 : 0,
    log_success: type.logSuccess ? 1 : 0,
    addenda: type.addenda,
    existing_addenda: type.existingAddenda,
    portal_access: type.portalAccess,
    templates: JSON.stringify(type.templates),
  }
}
