import { CfdiMailError, type ErrorCode, ERRORS } from '../model/errors.ts'
import type { WatchedResult, WatchPaused } from '../model/results/watched.ts'
import type { Ctx } from './ctx.ts'
import type { WatchMemory } from './watch-memory.ts'
import { happened } from './watch-news.ts'

interface Step<T> {
  readonly job: WatchPaused['job']
  readonly step: () => Promise<T>
}

/** Does a step; what a later turn may find cured is told once, and told again when it is over. */
export async function attempt<T>(
  ctx: Ctx,
  { paused, stay }: WatchMemory,
  { job, step }: Step<T>,
): Promise<{ readonly value: T | null; readonly news: readonly WatchedResult[] }> {
  try {
    const value = await step()
    if (!paused.delete(job)) return { value, news: [] }
    return { value, news: [{ ...happened(ctx), needsPerson: false, event: 'resumed', job, error: null }] }
  } catch (error) {
    if (!(error instanceof CfdiMailError) || stay === 'once' || !mayPass(error.code, job)) throw error
    const { code, params } = error
    if (code === 'SEND_RUNNING' || paused.get(job) === code) return { value: null, news: [] }
    paused.set(job, code)
    const news = {
      ...happened(ctx),
      needsPerson: true,
      event: 'paused',
      job,
      error: { code, params },
    } as const
    return { value: null, news: [news] }
  }
}

/** A store that is damaged stays so. That nothing can be sent or imported is no reason to stop packaging. */
function mayPass(code: ErrorCode, job: WatchPaused['job']): boolean {
  if (code === 'STORE_DAMAGED' || code === 'STORE_NEWER') return false
  return job !== 'package' || ERRORS[code] === 'try-later' || ERRORS[code] === 'no-input'
}
