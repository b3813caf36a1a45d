/** What tests of packaging begin with: a request for everything, a store with one customer, a folder of documents. */
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import type { Ctx } from '../../src/core/flows/ctx.ts'
import type { PackageRequest } from '../../src/core/flows/package-cfdis.ts'
import { ALWAYS } from '../../src/core/model/period.ts'
import { saveCustomer } from '../../src/core/store/customers.ts'
import { type ErpDocument, writeErpFolder } from './cfdi-factory.ts'
import { storeCtx } from './store-ctx.ts'
import { tempFolder } from './temp.ts'

export const NOTHING: PackageRequest = {
  clients: [],
  period: ALWAYS,
  kinds: null,
  type: null,
  sources: [],
  grouping: null,
  packing: null,
  scope: 'all',
  repetition: 'once',
  reason: null,
  mode: 'write',
}

export async function packagingCtx(t: TestContext): Promise<Ctx> {
  const data = tempFolder(t)
  const folders = {
    data,
    store: ':memory:',
    spool: join(data, 'spool'),
    lock: join(data, 'lock'),
    settings: join(data, 's.yaml'),
  }
  const ctx = await storeCtx(t, { folders })
  await customer(ctx, {
    code: 'C00001',
    name: 'UNIVERSIDAD ROBOTICA ESPAÑOLA',
    rfc: 'URE180429TM6',
    email: 'compras@ure.example',
  })
  return ctx
}

export async function customer(
  ctx: Ctx,
  c: { code: string; name: string; rfc: string; email: string },
): Promise<void> {
  await saveCustomer(
    ctx.db,
    { ...c, kind: 'customer', billingEmail: '', packaging: { type: 'GRAL', addresses: [] }, contacts: [] },
    ctx.now(),
  )
}

export async function folderWith(t: TestContext, documents: readonly ErpDocument[]): Promise<string> {
  const folder = tempFolder(t)
  await writeErpFolder(folder, documents)
  return folder
}

export const INVOICE = {
  series: 'A',
  folio: '1',
  issuedAt: '2024-05-20T09:00:00',
  receiverRfc: 'URE180429TM6',
} as const
