import { setTimeout as sleep } from 'node:timers/promises'
import type { CheckCause } from '../model/profile.ts'
import type { HeldProfile, SentRun } from '../model/results/outbox.ts'
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
  const toldHolds: ToldHolds = new Map()
  while (!ctx.signal.aborted) {
    const result = await sendTurn(ctx, request, toldHolds)
    if (result !== null) yield result
    ctx.idle()
    await sleep(every, undefined, { signal: ctx.signal }).catch(() => undefined)
  }
}

/** Profiles on hold that a program which stays has told of, and why they are. */
export type ToldHolds = Map<string, CheckCause | null>

/**
 * One turn of a program that stays: sends what is due. That a profile is on hold is told once, and again when its cause becomes
 * another one.
 * @returns null when there is nothing to tell
 * @throws what `sendDue` throws
 */
export async function sendTurn(
  ctx: Ctx,
  request: SendRequest,
  toldHolds: ToldHolds,
): Promise<SentRun | null> {
  const result = await sendManyDue(ctx, request)
  const isNews = result.profiles.some(({ name, cause }) => toldHolds.get(name) !== cause)
  remember(toldHolds, result.profiles)
  return result.deliveries.length > 0 || isNews ? result : null
}

function remember(toldHolds: ToldHolds, profiles: readonly HeldProfile[]): void {
  toldHolds.clear()
  for (const { name, cause } of profiles) toldHolds.set(name, cause)
}
