import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Corpus, writeCorpus } from '../corpus.ts'
import { count, type Figure, median, perSecond } from '../figures.ts'
import { house, saveProfile } from '../house.ts'
import { needed } from '../needed.ts'
import { type BenchServer, sink } from '../servers.ts'
import { type Timed, timed } from '../timed.ts'
import { type Bench, type Case, inRounds } from './case.ts'

const CONNECTIONS = 5

interface Round {
  readonly copy: Timed
  readonly packaged: Timed
  /** A `send` that finds nothing due: what starting costs. */
  readonly start: Timed
  readonly sent: Timed
  readonly source: Timed
  readonly pool: number
}

/**
 * R3 and R4: pairs made durable, beside cp and sync; then sent to smtp-sink, beside smtp-source and nodemailer's own pool. Sent
 * once more in a run five times as long: of a short one a good part goes by before the engine has compiled what it runs.
 */
export const mailing: Case = {
  ids: ['R3', 'R4'],
  async run(bench) {
    const server = await sink()
    const measured = async (documents: number) => {
      const folder = join(bench.folder, String(documents))
      const corpus = writeCorpus(folder, { documents, pdfs: 'with' })
      const rounds = await inRounds(bench, (round) =>
        oneRound({ bench: { ...bench, folder }, corpus, server, round }),
      )
      rmSync(folder, { recursive: true })
      return { corpus, rounds }
    }
    try {
      const short = await measured(Math.ceil(bench.documents / 50))
      const long = await measured(Math.ceil(bench.documents / 10))
      return { figures: [packing(short), ...sending(short), ...sending(long)], growth: [] }
    } finally {
      server.stop()
    }
  },
}

interface Measured {
  readonly corpus: Corpus
  readonly rounds: readonly Round[]
}

interface Place {
  readonly bench: Bench
  readonly corpus: Corpus
  readonly server: BenchServer
  readonly round: number
}

async function oneRound({ bench, corpus, server, round }: Place): Promise<Round> {
  const scratch = bench.folder
  const own = join(scratch, String(round))
  const made = await house(own, corpus)
  await saveProfile(made, { port: server.port, connections: CONNECTIONS })
  const copy = await timed(['sh', '-c', 'cp -r "$1" "$2" && sync', 'sh', corpus.folder, join(own, 'copy')], {
    scratch,
  })
  const packaged = await made.run('package', '--all', '--quiet')
  const sent = await made.run('send', '--quiet')
  const start = await made.run('send', '--quiet')
  const size = Math.round(((corpus.bytes / corpus.documents) * 4) / 3)
  const load = ['-s', String(CONNECTIONS), '-m', String(corpus.documents), '-l', String(size)]
  const source = await timed([needed('smtp-source'), '-d', ...load, `127.0.0.1:${server.port}`], { scratch })
  const script = fileURLToPath(new URL('../programs/pool-by-path.js', import.meta.url))
  const pool = await timed([process.execPath, script, String(server.port), corpus.folder], { scratch })
  rmSync(own, { recursive: true })
  return { copy, packaged, start, sent, source, pool: Number(pool.stdout) }
}

/** Documents a second, by the median of the rounds. */
function rate({ corpus, rounds }: Measured, of: (round: Round) => number): string {
  return perSecond(corpus.documents, median(rounds.map(of)))
}

function packing(measured: Measured): Figure {
  const { corpus, rounds } = measured
  return {
    ...{ id: 'R3', what: `package ${corpus.documents} pairs, durable`, against: 'cp -r and sync' },
    ratios: rounds.map(({ copy, packaged }) => copy.ms / packaged.ms),
    target: { at: 'least', value: 0.4 },
    ours: rate(measured, ({ packaged }) => packaged.ms),
    reference: rate(measured, ({ copy }) => copy.ms),
    peakMb: Math.max(...rounds.map(({ packaged }) => packaged.peakMb)),
  }
}

function sending(measured: Measured): Figure[] {
  const { corpus, rounds } = measured
  const own = ({ sent, start }: Round) => sent.ms - start.ms
  const kilobytes = count((corpus.bytes / corpus.documents / 1000) * (4 / 3))
  const send = {
    ...{ id: 'R4', what: `send ${corpus.documents} messages of ${kilobytes} KB, 5 connections` },
    ours: rate(measured, own),
    peakMb: Math.max(...rounds.map(({ sent }) => sent.peakMb)),
  }
  return [
    {
      ...{ ...send, against: 'smtp-source -s 5' },
      ratios: rounds.map((round) => round.source.ms / own(round)),
      target: { at: 'least', value: 0.5 },
      reference: rate(measured, ({ source }) => source.ms),
    },
    {
      ...{ ...send, against: "nodemailer's pool of 5, by path" },
      ratios: rounds.map((round) => round.pool / own(round)),
      target: { at: 'least', value: 3.5 },
      reference: rate(measured, ({ pool }) => pool),
    },
  ]
}
