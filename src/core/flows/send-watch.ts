import { setTimeout as sleep } from 'node:timers/promises'
import type { SentRun } from '../model/results/outbox.ts'
import type { Ctx } from './ctx.ts'
import { sendManyDue, type SendRequest } from './send-due.ts'

/**
 * Sends what is due, waits, and looks again, until a signal. A turn with nothing to tell gives nothing.
 * @param request.every milliseconds between two looks
 */
export async function* sendAndWatch(
  ctx: Ctx,
  { every, ...request }: SendRequest & { readonly every: number },
): AsyncGenerator<SentRun> {
  while (!ctx.signal.aborted) {
    const result = await sendTurn(ctx, request)
    if (result !== null) yield result
    ctx.idle()
    await sleep(every, undefined, { signal: ctx.signal }).catch(() => undefined)
  }
}

/**
 * One turn of a program that stays: sends what is due.
 * @returns null when there is nothing to tell
 * @throws what `sendDue` throws
 */
export async function sendTurn(ctx: Ctx, request: SendRequest): Promise<SentRun | null> {
  const result = await sendManyDue(ctx, request)
  return result.deliveries.length > 0 ? result : null
}
