import { sha256Of } from '../files/spool.ts'
import { assembleMessage } from '../message/assemble.ts'
import type { MessageEvidence, OrderEvidence } from '../model/results/evidence.ts'
import type { OrderView } from '../model/send-order.ts'
import { listChained } from '../store/event-log.ts'
import { deliveryFacts, sealedOf } from '../store/evidence.ts'
import type { Ctx } from './ctx.ts'
import { attachmentEvidence } from './evidence-sources.ts'
import { orderContents } from './order-contents.ts'

/** An order's evidence, and its message's bytes where they are proved to be those that were sealed. */
export interface CollectedOrder {
  readonly evidence: OrderEvidence
  readonly message: Buffer | null
}

/**
 * What is known of one order.
 * @param uuid the document that is asked about: what happened to it belongs to the story of each of its orders; '' for none
 */
export async function collectOrder(ctx: Ctx, order: OrderView, uuid: string): Promise<CollectedOrder> {
  const contents = await orderContents(ctx, order.id)
  const { message, bytes } = await sealedMessage(ctx, order, contents)
  const facts = await deliveryFacts(ctx.db, order.id)
  const events = await listChained(ctx.db, uuid === '' ? { order: order.id } : { uuid })
  return {
    message: bytes,
    evidence: {
      order,
      message,
      attachments: await attachmentEvidence(ctx, order, contents),
      deliveries: order.deliveries.map((delivery) => ({
        ...delivery,
        ...(facts.get(delivery.recipient) ?? NO_FACTS),
      })),
      events: events.filter((event) => event.order === order.id || event.order === null),
    },
  }
}

const NO_FACTS = { enhanced: '', serverId: '', dottedAt: null, attemptList: [] }

/** Put together from the spool and the stored frame as `send` does it, and compared with the hash that was stored then. */
async function sealedMessage(
  ctx: Ctx,
  order: OrderView,
  contents: readonly (Buffer | null)[],
): Promise<{ readonly message: MessageEvidence; readonly bytes: Buffer | null }> {
  const sealed = await sealedOf(ctx.db, order.id)
  if (sealed === null) {
    const problem = order.channel === 'whatsapp' ? 'whatsapp' : 'not-sealed'
    return { message: { from: '', sha256: null, bytes: null, problem }, bytes: null }
  }
  const facts = { from: sealed.sender, sha256: sealed.sha256, bytes: sealed.bytes }
  const whole = contents.filter((content) => content !== null)
  if (whole.length !== contents.length) {
    return { message: { ...facts, problem: 'snapshot-missing' }, bytes: null }
  }
  const bytes = assembleMessage(sealed, whole).whole
  return sha256Of(bytes) === sealed.sha256
    ? { message: { ...facts, problem: null }, bytes }
    : { message: { ...facts, problem: 'changed' }, bytes: null }
}
