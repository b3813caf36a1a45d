/** Order files as an ERP drops them. */
import { mkdirSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { TestContext } from 'node:test'
import { importOrders, type ImportOrdersRequest } from '../../src/core/flows/import-orders.ts'
import type { Ctx } from '../../src/core/flows/ctx.ts'
import { tempFolder } from './temp.ts'

/** What an order says; texts go in as they are, so they may hold markup. */
export interface OrderText {
  readonly to?: readonly string[]
  readonly subject?: string
  readonly body?: string
  readonly attachments?: readonly string[]
  /** Further elements, as XML. */
  readonly more?: string
}

/** An order in this program's own shape. */
export function orderXml({
  to = [],
  subject = 'Factura',
  body = 'Adjunta.',
  attachments = [],
  more = '',
}: OrderText) {
  return `<?xml version="1.0" encoding="UTF-8"?>
<OrdenEnvio version="1.0">${more}
  <Destinatarios>${to.map((each) => `<Destinatario>${each}</Destinatario>`).join('')}</Destinatarios>
  <Asunto>${subject}</Asunto>
  <Cuerpo>${body}</Cuerpo>
  <Adjuntos>${attachments.map((each) => `<Adjunto>${each}</Adjunto>`).join('')}</Adjuntos>
</OrdenEnvio>
`
}

export interface Drop {
  readonly folder: string
  /** Writes a file of the folder, old enough to be settled. */
  write(name: string, content: string | Buffer): string
  /** Writes an order under an identification. */
  order(id: string, content: OrderText | string | Buffer): string
}

/** An empty drop folder. */
export function dropFolder(t: TestContext): Drop {
  const folder = tempFolder(t)
  const write = (name: string, content: string | Buffer) => {
    const path = join(folder, name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, content)
    utimesSync(path, LONG_AGO, LONG_AGO)
    return path
  }
  return {
    folder,
    write,
    order: (id, content) =>
      write(
        `_CFD_MAIL_REQ_${id}.XML`,
        typeof content === 'string' || Buffer.isBuffer(content) ? content : orderXml(content),
      ),
  }
}

const LONG_AGO = new Date('2024-01-01T00:00:00Z')

/** One run of `import-orders`. */
export function takeOrders(ctx: Ctx, folder: string, changes: Partial<ImportOrdersRequest> = {}) {
  return importOrders(ctx, { folder, limit: null, access: 'guarded', mode: 'write', ...changes })
}
