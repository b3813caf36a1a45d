import { CfdiMailError } from '../model/errors.ts'
import type { PaperReason } from '../model/paper-reason.ts'
import type { Ctx } from './ctx.ts'
import type { MadeOrder } from './make-orders.ts'
import { makePaperOrder, type PaperParts } from './make-paper-order.ts'

/** Why a paper is not queued. */
export interface Objection {
  readonly reason: PaperReason
  readonly detail: string
}

/** One paper that cannot be put into a message must not keep the others from theirs. */
export async function tryPaperOrder(
  ctx: Ctx,
  parts: PaperParts,
  reason: string | null,
): Promise<MadeOrder | Objection> {
  try {
    const made = await makePaperOrder(ctx, parts, reason)
    const bytes = made.bytes
    if (bytes <= ctx.settings.maxMessageBytes) return made
    return { reason: 'too-big', detail: `${bytes} > ${ctx.settings.maxMessageBytes} bytes` }
  } catch (error) {
    if (!(error instanceof CfdiMailError)) throw error
    const detail = `${error.code} ${Object.values(error.params).join(' ')}`
    return { reason: error.code === 'BAD_TEMPLATE' ? 'bad-template' : 'bad-message', detail }
  }
}
