/** A watch under test: a folder of its own, a clock that runs fast, and what it tells one by one. */
import type { TestContext } from 'node:test'
import type { Ctx } from '../../src/core/flows/ctx.ts'
import { watchSources, type WatchRequest, type WatchTold } from '../../src/core/flows/watch.ts'
import { tempFolder } from './temp.ts'

export interface Watching {
  readonly folder: string
  /** The next thing it tells; a test that waits for nothing runs into its time limit. */
  readonly next: () => Promise<WatchTold>
  /** The same, as short texts: `packaged 1`, `not-packaged no-pdf`, `sent sent`. */
  readonly nextWords: () => Promise<string>
  /** Ends it as a signal does. */
  readonly end: () => Promise<void>
}

/** Begins to watch; it has not looked yet when this returns. */
export function watching(
  t: TestContext,
  ctx: Ctx,
  { folder = tempFolder(t), ...changes }: Partial<WatchRequest> & { readonly folder?: string } = {},
): Watching {
  const controller = new AbortController()
  const events = watchSources(
    { ...ctx, signal: controller.signal },
    {
      sources: [folder],
      from: null,
      rescan: 60_000,
      patience: { settle: 2000, wait: 120_000 },
      sendEvery: null,
      stay: 'resident',
      ...changes,
    },
  )
  const end = async () => {
    controller.abort()
    await events.return(undefined)
  }
  t.after(end)
  const next = async () => {
    const turn = await events.next()
    if (turn.done === true) throw new Error('the watch is over')
    return turn.value
  }
  return { folder, next, end, nextWords: async () => wordsOf(await next()) }
}

function wordsOf(told: WatchTold): string {
  if (told.kind === 'sent') return `sent ${[...told.deliveries].map(({ state }) => state).join(' ')}`
  if (told.kind === 'orders-imported') return `imported ${told.totals.queued} refused ${told.totals.refused}`
  switch (told.event) {
    case 'started':
    case 'looked':
      return `${told.event} ${told.totals.queued} queued ${told.totals.waiting} waiting ${told.blocked} blocked`
    case 'packaged':
      return `packaged ${told.documents.map(({ folio }) => folio).join(' ')}`
    case 'not-packaged':
      return `not-packaged ${told.document.reason}`
    case 'paused':
      return `paused ${told.job} ${told.error?.code}`
    default:
      return told.event
  }
}
