import { type Kysely, sql } from 'kysely'

/**
 * What tells employees apart, and whose pay a document is. Documents of payroll are forgotten, so that the next look reads
 * them whole. A store that is in use gets the type of payroll. A migration never changes once it is released.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const column of ['curp', 'employee_number']) {
    await db.schema
      .alterTable('customer')
      .addColumn(column, 'text', (c) => c.notNull().defaultTo(''))
      .execute()
  }
  await db.schema.alterTable('document').addColumn('payroll', 'text').execute()
  await sql`delete from document where kind = 'N'`.execute(db)
  await sql`insert into packaging_type (code, description, kinds, pdf, with_bom, grouping, zip, long_timeout, log_success)
    select 'NOMINA', 'RECIBOS DE NÓMINA', '["N"]', 'required', 0, 'document', 0, 0, 1
    where exists (select 1 from packaging_type where code = 'GRAL')
    and not exists (select 1 from packaging_type where code = 'NOMINA')`.execute(db)
  await sql`update customer set packaging_type = 'NOMINA' where kind = 'employee' and packaging_type = 'GRAL'`.execute(
    db,
  )
}
