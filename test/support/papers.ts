/** A store with a customer and a supplier, and a folder of papers that are no CFDI. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { TestContext } from 'node:test'
import { addCustomer } from '../../src/core/flows/customers.ts'
import type { PapersRequest } from '../../src/core/flows/package-papers.ts'
import { ALWAYS } from '../../src/core/model/period.ts'
import { makePdf } from './cfdi-factory.ts'
import { testCtx, type TestCtx } from './ctx.ts'
import { tempFolder } from './temp.ts'

export interface PapersHouse extends TestCtx {
  readonly folder: string
  readonly request: PapersRequest
}

/** Files by name; a text is what its PDF shows, a buffer the bytes themselves. The customer is C00001, the supplier P00001. */
export async function papersHouse(
  t: TestContext,
  files: Readonly<Record<string, string | Buffer>>,
): Promise<PapersHouse> {
  const test = await testCtx(t)
  await addCustomer(test.ctx, {
    code: 'P00001',
    kind: 'supplier',
    name: 'Papelera del Norte',
    email: 'ventas@papelera.example',
    pointOfSale: false,
  })
  const folder = tempFolder(t)
  for (const [name, content] of Object.entries(files)) writePaper(join(folder, name), content)
  const request: PapersRequest = {
    folder,
    kind: 'statement',
    index: null,
    patterns: [],
    unknown: 'refuse',
    clients: [],
    period: ALWAYS,
    type: null,
    repetition: 'once',
    reason: null,
    mode: 'write',
  }
  return { ...test, folder, request }
}

export function writePaper(path: string, content: string | Buffer): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, typeof content === 'string' ? makePdf(content) : content)
}
