import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { type Corpus, writeCorpus } from '../corpus.ts'
import { type Figure, type Findings, count, median, seconds } from '../figures.ts'
import { house, saveProfile } from '../house.ts'
import { type BenchServer, sink } from '../servers.ts'
import { type Timed, timed } from '../timed.ts'
import { type Bench, type Case, inRounds } from './case.ts'

/** What a corpus of one size took. */
interface Size {
  readonly size: number
  readonly first: Timed
  readonly again: Timed
  readonly find: Timed
  readonly packaged: Timed
  readonly sent: Timed
}

const STEPS = [
  ['first', 'index, first time'],
  ['again', 'index, nothing changed'],
  ['packaged', 'package, durable'],
  ['sent', 'send, 5 connections'],
] as const

/** R2 and R7: one, ten and a hundred parts of the corpus, indexed, indexed again, packaged and sent. */
export const growing: Case = {
  ids: ['R2', 'R7'],
  async run(bench) {
    const server = await sink()
    try {
      const sizes = [100, 10, 1].map((part) => Math.ceil(bench.documents / part))
      const runs = await inRounds(
        { ...bench, rounds: Math.max(1, Math.floor(bench.rounds / 3)) },
        async (round) => {
          const results: Size[] = []
          for (const size of sizes) results.push(await oneSize({ bench, server, size, round }))
          return results
        },
      )
      return findingsOf(runs)
    } finally {
      server.stop()
    }
  },
}

interface Place {
  readonly bench: Bench
  readonly server: BenchServer
  readonly size: number
  readonly round: number
}

async function oneSize({ bench, server, size, round }: Place): Promise<Size> {
  bench.say(`${count(size)} documents`)
  const own = join(bench.folder, `${round}-${size}`)
  const corpus: Corpus = writeCorpus(own, { documents: size, pdfs: 'without' })
  const made = await house(own, corpus)
  await saveProfile(made, { port: server.port, connections: 5 })
  const index = ['package', '--all', '--dry-run', '--quiet']
  const first = await made.run(...index)
  const again = await made.run(...index)
  const find = await timed(['find', corpus.folder, '-printf', '%s %T@\\n'], { scratch: own })
  const packaged = await made.run('package', '--all', '--quiet')
  const sent = await made.run('send', '--quiet')
  rmSync(own, { recursive: true })
  return { size, first, again, find, packaged, sent }
}

function findingsOf(runs: readonly (readonly Size[])[]): Findings {
  const at = (index: number) => runs.flatMap((run) => run.at(index) ?? [])
  const [smallest, largest] = [at(0), at(-1)]
  const growth = STEPS.map(([step, label]) => ({
    label,
    points: [at(0), at(1), largest].map((same) => ({
      size: same[0]?.size ?? 0,
      ms: median(same.map((one) => one[step].ms)),
      peakMb: Math.max(...same.map((one) => one[step].peakMb)),
    })),
  }))
  return {
    figures: [again(largest), memory('packaged', smallest, largest), memory('sent', smallest, largest)],
    growth,
  }
}

function again(largest: readonly Size[]): Figure {
  return {
    ...{ id: 'R2', what: `${count(largest[0]?.size ?? 0)} documents again, nothing changed`, peakMb: null },
    against: "find -printf '%s %T@'",
    ratios: largest.map((one) => one.again.ms / one.find.ms),
    target: { at: 'most', value: 5 },
    ours: seconds(median(largest.map((one) => one.again.ms))),
    reference: seconds(median(largest.map((one) => one.find.ms))),
  }
}

function memory(step: 'packaged' | 'sent', smallest: readonly Size[], largest: readonly Size[]): Figure {
  const [low, high] = [smallest, largest].map((same) => same.map((one) => one[step].peakMb)) as [
    number[],
    number[],
  ]
  return {
    ...{
      id: 'R7',
      what: `peak memory of ${step === 'sent' ? 'send' : 'package'}, ${count(largest[0]?.size ?? 0)} documents`,
    },
    against: `${count(smallest[0]?.size ?? 0)} documents`,
    ratios: high.map((mb, i) => mb / (low[i] ?? Number.NaN)),
    target: { at: 'most', value: 2 },
    ours: `${count(median(high))} MB`,
    reference: `${count(median(low))} MB`,
    peakMb: Math.max(...high),
  }
}
