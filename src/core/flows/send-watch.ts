import { setTimeout as sleep } from 'node:timers/promises'
import type { SentResult } from '../model/results/outbox.ts'
import type { Ctx } from './ctx.ts'
import { sendDue, type SendRequest } from './send-due.ts'

/**
 * Sends what is due, waits, and looks again, until a signal. A turn with nothing to tell gives nothing.
 * @param request.every milliseconds between two looks
 */
export async function* sendAndWatch(
  ctx: Ctx,
  { every, ...request }: SendRequest & { readonly every: number },
): AsyncGenerator<SentResult> {
  while (!ctx.signal.aborted) {
    const result = await sendDue(ctx, request)
    if (result.deliveries.length > 0) yield result
    await sleep(every, undefined, { signal: ctx.signal }).catch(() => undefined)
  }
}
