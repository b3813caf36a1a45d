import { writeMessageFile } from '../files/message-file.ts'
import type { SandboxResult } from '../model/results/sandbox.ts'
import type { ClaimedOrder } from '../store/claimed-orders.ts'
import { peekOrders } from '../store/claims.ts'
import { listPackagingTypes } from '../store/packaging-types.ts'
import type { Ctx } from './ctx.ts'
import { loadMessage } from './load-message.ts'
import { openLanes, type SendRequest } from './send-due.ts'

/** Orders written at the most when no limit is given. */
const DEFAULT_LIMIT = 1000

/**
 * Writes the messages that `send` would send as `.eml` files, byte for byte, and sends nothing. States stay as they are.
 * @throws NO_PROFILE, PROFILE_NOT_FOUND like `send`
 */
export async function sendToFolder(
  ctx: Ctx,
  { folder, ...request }: SendRequest & { readonly folder: string },
): Promise<SandboxResult> {
  const types = new Map((await listPackagingTypes(ctx.db)).map((type) => [type.code, type]))
  const messages: SandboxResult['messages'][number][] = []
  const missing: SandboxResult['missing'][number][] = []
  for (const { lanes, profile } of await openLanes(ctx, request)) {
    const limit = (request.limit ?? DEFAULT_LIMIT) - messages.length - missing.length
    for (const order of limit > 0 ? await peekOrders(ctx.db, { lanes, now: ctx.now(), limit }) : []) {
      const loaded = await loadMessage(ctx, { order, profile, type: types.get(order.type), sealing: 'look' })
      if ('missing' in loaded) missing.push({ order: order.id, detail: loaded.missing })
      else
        messages.push({
          ...viewOf(order),
          bytes: loaded.bytes,
          file: writeMessageFile(folder, order.id, {
            chunks: loaded.chunks,
            ending: loaded.template === undefined ? 'eml' : 'pdf',
          }),
          ...(loaded.template === undefined ? {} : { parameters: loaded.template.parameters }),
        })
    }
  }
  return { kind: 'sandbox', folder, messages, missing }
}

function viewOf(order: ClaimedOrder) {
  return {
    order: order.id,
    recipients: order.deliveries.map((delivery) => delivery.recipient),
    subject: order.subject,
  }
}
