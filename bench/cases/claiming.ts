import { join } from 'node:path'
import { NO_FAULT } from '../../src/core/model/fault.ts'
import { moduleLane } from '../../src/core/model/lanes.ts'
import { claimOrders } from '../../src/core/store/claims.ts'
import { openStore } from '../../src/core/store/open.ts'
import { writeCorpus } from '../corpus.ts'
import { type Figure, count, median, seconds } from '../figures.ts'
import { house } from '../house.ts'
import { multiplyOrder } from '../outbox-rows.ts'
import type { Bench, Case } from './case.ts'

/** Orders that `send` claims at a time. */
const LIMIT = 20
const SIZES = [1_000, 10_000, 100_000, 1_000_000] as const

/** R8: a claim from an outbox of a million orders that are due, beside one of a thousand. */
export const claiming: Case = {
  ids: ['R8'],
  async run(bench) {
    const times: { readonly size: number; readonly claims: readonly number[] }[] = []
    for (const size of SIZES) times.push({ size, claims: await claimsOf(bench, size) })
    const [least, most] = [times[0]?.claims ?? [], times.at(-1)?.claims ?? []]
    const figure: Figure = {
      ...{ id: 'R8', what: `claim ${LIMIT} orders of 1,000,000 that are due`, against: 'of 1,000' },
      ratios: most.map((ms, i) => ms / (least[i] ?? Number.NaN)),
      target: { at: 'most', value: 2 },
      ours: seconds(median(most)),
      reference: seconds(median(least)),
      peakMb: null,
    }
    const points = times.map(({ size, claims }) => ({ size, ms: median(claims), peakMb: 0 }))
    return { figures: [figure], growth: [{ label: `claim ${LIMIT} orders`, points }] }
  },
}

/** Milliseconds of each of some claims, one after another as a run makes them. */
async function claimsOf({ folder, rounds, say }: Bench, size: number): Promise<readonly number[]> {
  say(`${count(size)} orders`)
  const own = join(folder, String(size))
  const corpus = writeCorpus(own, { documents: 1, pdfs: 'without' })
  const { data, run } = await house(own, corpus)
  await run('package', '--all', '--quiet')
  const file = join(data, 'store.db')
  multiplyOrder(file, size)
  const db = await openStore(file, 'existing', { fault: NO_FAULT })
  const times: number[] = []
  for (let claim = 0; claim < rounds * 4; claim++) {
    const started = performance.now()
    const taken = await claimOrders(db, {
      lanes: [moduleLane('invoicing')],
      now: new Date(),
      token: String(claim),
      limit: LIMIT,
    })
    times.push(performance.now() - started)
    if (taken.length !== LIMIT) throw new Error(`claimed ${taken.length} of ${LIMIT}`)
  }
  await db.destroy()
  return times
}
