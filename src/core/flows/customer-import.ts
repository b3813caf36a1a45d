import { readCsv } from '../files/csv.ts'
import { readNamedFile } from '../files/named-file.ts'
import type { CsvTable } from '../model/csv-table.ts'
import { hasWhatsAppAlone } from '../model/customer-channel.ts'
import { codeOfRow, type EmptyCells, type ExistingPolicy, planImport } from '../model/customer-import.ts'
import { customersFromReceivers } from '../model/customer-receivers.ts'
import { fieldOfHeader, ignoredColumns } from '../model/customer-table.ts'
import { type Customer, recipientsOf } from '../model/customer.ts'
import { CfdiMailError } from '../model/errors.ts'
import type { CustomersImportedResult, Unreachable } from '../model/results/customers.ts'
import { listGroups } from '../store/customer-groups.ts'
import { allCustomers, findCustomers, saveCustomers } from '../store/customers.ts'
import { insertEvents } from '../store/event-log.ts'
import { listPackagingTypes } from '../store/packaging-types.ts'
import { receiversFound } from '../store/receivers.ts'
import type { Db } from '../store/schema.ts'
import type { Ctx } from './ctx.ts'
import { customerEvent } from './customers.ts'
import { indexSources } from './index-sources.ts'

/** What people ask for: a table, or the documents of folders, not both. */
export interface WantedImport {
  readonly file: string | undefined
  readonly folders: readonly string[] | undefined
  /** Undefined is true. */
  readonly update: boolean | undefined
  /** Empty cells erase what is there. */
  readonly clearEmpty?: boolean | undefined
  readonly dryRun: boolean | undefined
}

/**
 * Takes customers from a CSV table or from the receivers of stamped documents.
 * @throws CHOOSE_IMPORT when neither or both are given, and what `importTable` and `importFromCfdi` throw
 */
export async function importCustomers(ctx: Ctx, wanted: WantedImport): Promise<CustomersImportedResult> {
  const dryRun = wanted.dryRun === true
  const policy = wanted.update === false ? 'leave' : 'update'
  const emptyCells = wanted.clearEmpty === true ? 'erase' : 'keep'
  const { file, folders } = wanted
  if (file !== undefined && folders === undefined)
    return importTable(ctx, { file, policy, emptyCells, dryRun })
  if (file === undefined && folders !== undefined) return importFromCfdi(ctx, { folders, dryRun })
  throw new CfdiMailError('CHOOSE_IMPORT')
}

export interface TableImport {
  /** Path of the CSV file; `-` is standard input. */
  readonly file: string
  readonly policy: ExistingPolicy
  readonly emptyCells: EmptyCells
  readonly dryRun: boolean
}

/**
 * Takes customers from a table. Bad rows are listed with line and field; the good ones are written in one commit.
 * @throws FILE_NOT_FOUND, NO_ACCESS, BAD_CSV, CSV_NO_COLUMN when no column holds the codes, CSV_COLUMN_TWICE
 */
export async function importTable(ctx: Ctx, wanted: TableImport): Promise<CustomersImportedResult> {
  const table = await readTable(ctx, wanted.file)
  const ignored = ignoredColumns(table)
  return ctx.db.transaction().execute(async (db) => {
    const found = await findCustomers(db, table.rows.map(codeOfRow))
    const types = await listPackagingTypes(db)
    const { save, ...lists } = planImport(table.rows, {
      existing: new Map(found.map((customer) => [customer.code, customer])),
      types: types.map((type) => type.code),
      groups: (await listGroups(db)).map(({ code }) => code),
      policy: wanted.policy,
      emptyCells: wanted.emptyCells,
    })
    if (!wanted.dryRun) await saveAll(ctx, db, save)
    return {
      kind: 'customers-imported',
      needsPerson: lists.rejected.length > 0,
      dryRun: wanted.dryRun,
      ...lists,
      needAddress: unreachable(save),
      ignoredColumns: ignored,
    }
  })
}

export interface CfdiImport {
  readonly folders: readonly string[]
  readonly dryRun: boolean
}

/**
 * Makes a customer of each receiver found in the stamped documents of the folders, with the next free codes and no address;
 * receivers that are customers already are left alone.
 * @throws SOURCE_NOT_FOUND
 */
export async function importFromCfdi(ctx: Ctx, wanted: CfdiImport): Promise<CustomersImportedResult> {
  const folders = await indexSources(ctx, wanted.folders)
  const receivers = await receiversFound(ctx.db, folders)
  const { created, known } = await ctx.db.transaction().execute(async (db) => {
    const plan = customersFromReceivers(receivers, await allCustomers(db))
    if (!wanted.dryRun) await saveAll(ctx, db, plan.created)
    return plan
  })
  return {
    kind: 'customers-imported',
    needsPerson: false,
    dryRun: wanted.dryRun,
    created: created.map((customer) => customer.code),
    updated: [],
    unchanged: known,
    left: [],
    rejected: [],
    needAddress: unreachable(created),
    ignoredColumns: [],
  }
}

async function readTable(ctx: Ctx, file: string): Promise<CsvTable> {
  const bytes = file === '-' ? new TextEncoder().encode(await ctx.readStdin()) : readNamedFile(file)
  const table = readCsv(bytes)
  if (table.headers.some((header) => fieldOfHeader(header) === 'code')) return table
  const variant = table.titles.length === 0 ? 'empty' : ''
  throw new CfdiMailError('CSV_NO_COLUMN', { file, found: table.titles.join(', '), variant })
}

async function saveAll(ctx: Ctx, db: Db, customers: readonly Customer[]): Promise<void> {
  await saveCustomers(db, customers, ctx.now())
  await insertEvents(
    db,
    customers.map(({ code }) => customerEvent(ctx, 'customer-saved', { code, detail: 'import' })),
  )
}

function unreachable(customers: readonly Customer[]): Unreachable[] {
  return customers
    .filter((customer) => recipientsOf(customer).length === 0 && !hasWhatsAppAlone(customer))
    .map(({ code, rfc, name }) => ({ code, rfc, name }))
}
