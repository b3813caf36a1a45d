import type { FoundOrder } from '../files/order-folder.ts'
import { givenMail } from '../message/render.ts'
import type { Customer } from '../model/customer.ts'
import { CfdiMailError } from '../model/errors.ts'
import type { NewEvent } from '../model/event.ts'
import type { OrderFileReason } from '../model/results/order-files.ts'
import type { NewOrder } from '../model/send-order.ts'
import type { Ctx } from './ctx.ts'
import { type AcceptedOrder, judgeOrder } from './judge-order-file.ts'
import { orderDocumentOf } from '../model/order-document.ts'
import { newOrder } from './new-order.ts'
import type { OrderContent } from './read-order-file.ts'

/** An order file that may go, and the send order that it becomes. */
export interface MadeOrderFile {
  readonly order: NewOrder
  readonly judged: AcceptedOrder
}

export interface FileToMake {
  readonly file: FoundOrder
  readonly content: OrderContent
  /** All of them. */
  readonly customers: readonly Customer[]
}

/** Judges a file that was read and makes its send order, or says why there is none. Writes nothing. */
export async function makeFileOrder(
  ctx: Ctx,
  { file, content, customers }: FileToMake,
): Promise<MadeOrderFile | { readonly reason: OrderFileReason; readonly detail: string }> {
  const judged = await judgeOrder(ctx, content, customers)
  if (!judged.ok) return judged
  try {
    const order = await orderOf(ctx, { file, content }, judged)
    const { maxMessageBytes } = ctx.settings
    const bytes = order.sealed?.bytes ?? 0
    if (bytes > maxMessageBytes) return { reason: 'too-big', detail: `${bytes} > ${maxMessageBytes} bytes` }
    return { order, judged }
  } catch (error) {
    if (!(error instanceof CfdiMailError)) throw error
    return { reason: 'bad-message', detail: `${error.code} ${Object.values(error.params).join(' ')}` }
  }
}

async function orderOf(
  ctx: Ctx,
  { file, content }: Omit<FileToMake, 'customers'>,
  judged: AcceptedOrder,
): Promise<NewOrder> {
  const heads = content.attachments.flatMap(({ head }) => (head === null ? [] : [head]))
  return await newOrder(ctx, {
    customer: judged.customer ?? { code: '', name: '' },
    type: judged.type,
    issuerName: heads[0]?.issuer.name ?? '',
    text: givenMail(content.file),
    documents: heads.map(orderDocumentOf),
    attachments: content.attachments,
    recipients: judged.recipients,
    doubts: judged.doubts,
    resendOf: null,
    reason: file.name,
  })
}

/** What a file asked for and did not get stands in the log, with the order that it became. */
export function ignoredEvents(file: FoundOrder, { order, judged }: MadeOrderFile): NewEvent[] {
  return judged.ignored.map(({ part, value }) => ({
    at: order.createdAt,
    level: 'warning',
    event: 'order-file-ignored',
    order: order.id,
    customer: order.customer,
    uuid: null,
    recipient: null,
    detail: `${file.name}: ${part}: ${value}`,
  }))
}
