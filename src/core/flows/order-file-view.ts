import type { FoundOrder } from '../files/order-folder.ts'
import { profileOfLane } from '../model/lanes.ts'
import { orderIdOf } from '../model/order-file.ts'
import type { OrderFileView } from '../model/results/order-files.ts'
import type { MadeOrderFile } from './make-file-order.ts'
import type { OrderContent, OrderFault } from './read-order-file.ts'

/** A file of which only the name counts. */
export function viewOfNone(
  file: string,
  outcome: Pick<OrderFileView, 'result' | 'reason'> & { readonly order?: string; readonly detail?: string },
): OrderFileView {
  return {
    ...{
      file,
      identification: orderIdOf(file) ?? '',
      detail: '',
      order: null,
      customer: null,
      profile: null,
    },
    ...{ subject: '', recipients: [], documents: [], attachments: [], ignored: [] },
    ...outcome,
  }
}

/** A file that is not taken, with what it says. */
export function viewOfFault(
  file: FoundOrder,
  { reason, detail, file: said }: OrderFault,
  result: 'waiting' | 'refused',
): OrderFileView {
  const bare = viewOfNone(file.name, { result, reason, detail })
  return said === null
    ? bare
    : { ...bare, customer: said.customer || null, subject: said.subject, attachments: said.attachments }
}

/** A file that is taken. @param id of its send order; '' in a dry run */
export function viewOfOrder(
  file: FoundOrder,
  { content, made: { order, judged } }: { readonly content: OrderContent; readonly made: MadeOrderFile },
  id: string,
): OrderFileView {
  return {
    ...viewOfNone(file.name, { result: 'queued', reason: null, order: id }),
    customer: judged.customer?.code ?? null,
    profile: profileOfLane(order.profile),
    subject: order.subject,
    recipients: order.deliveries.map(({ address, rule, state, heldReason, heldDetail }) => ({
      ...{ address, rule, state, heldReason, detail: heldDetail ?? '' },
    })),
    documents: order.documents.map(({ uuid }) => uuid),
    attachments: content.attachments.map(({ name }) => name),
    ignored: judged.ignored,
  }
}
