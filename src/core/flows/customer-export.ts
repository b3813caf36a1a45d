import { writeTableFile } from '../files/csv-file.ts'
import { writeCsv } from '../files/csv.ts'
import { TABLE_HEADERS, toCells } from '../model/customer-table.ts'
import type { CustomersExportedResult } from '../model/results/customers.ts'
import { allCustomers } from '../store/customers.ts'
import type { Ctx } from './ctx.ts'

/**
 * All customers as a table that `importTable` takes back.
 * @param out file to write; undefined gives the text in the result
 * @throws FILE_NOT_FOUND when the file's folder is not there, NO_ACCESS, DISK_FULL
 */
export async function exportCustomers(ctx: Ctx, out: string | undefined): Promise<CustomersExportedResult> {
  const customers = await allCustomers(ctx.db)
  const csv = writeCsv(TABLE_HEADERS, customers.map(toCells))
  const file = out === undefined ? null : writeTableFile(out, csv)
  return { kind: 'customers-exported', customers: customers.length, file, csv: file === null ? csv : null }
}
