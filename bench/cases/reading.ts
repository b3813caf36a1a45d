import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { type Corpus, writeCorpus } from '../corpus.ts'
import { type Figure, median, perSecond } from '../figures.ts'
import { house } from '../house.ts'
import { needed } from '../needed.ts'
import { type Timed, timed } from '../timed.ts'
import { type Bench, type Case, inRounds } from './case.ts'

interface Round {
  readonly xmllint: Timed
  readonly reader: number
  readonly first: Timed
}

/** R1: a folder read and indexed for the first time, beside xmllint, which only reads. */
export const reading: Case = {
  ids: ['R1'],
  async run(bench) {
    const corpus = writeCorpus(bench.folder, { documents: Math.ceil(bench.documents / 5), pdfs: 'without' })
    const reader = await bundledReader(bench.folder)
    const rounds = await inRounds(bench, (round) => oneRound({ bench, corpus, reader, round }))
    return { figures: figuresOf(corpus, rounds), growth: [] }
  },
}

/** As it is shipped: from source files, through a loader, the same code takes half as long again. */
async function bundledReader(folder: string): Promise<string> {
  const outfile = join(folder, 'read-heads.mjs')
  await build({
    entryPoints: [fileURLToPath(new URL('../programs/read-heads.ts', import.meta.url))],
    ...{ outfile, bundle: true, format: 'esm', platform: 'node', target: 'node20.19' },
  })
  return outfile
}

interface RoundOptions {
  readonly bench: Bench
  readonly corpus: Corpus
  /** The reader's program. */
  readonly reader: string
  readonly round: number
}

async function oneRound({ bench: { folder }, corpus, reader, round }: RoundOptions): Promise<Round> {
  const lint = ['sh', '-c', `find "$1" -name '*.xml' -print0 | xargs -0 "$2" --noout --stream`, 'sh']
  const xmllint = await timed([...lint, corpus.folder, needed('xmllint')], { scratch: folder })
  const alone = await timed([process.execPath, reader, corpus.folder], { scratch: folder })
  const { run } = await house(join(folder, String(round)), corpus)
  const first = await run('package', '--all', '--dry-run', '--quiet')
  return { xmllint, reader: Number(alone.stdout), first }
}

function figuresOf({ documents }: Corpus, rounds: readonly Round[]): Figure[] {
  const ms = (of: (round: Round) => number) => median(rounds.map(of))
  const lint = {
    against: 'xmllint --noout --stream',
    reference: perSecond(
      documents,
      ms((r) => r.xmllint.ms),
    ),
  }
  const peakMb = Math.max(...rounds.map(({ first }) => first.peakMb))
  return [
    {
      ...{ id: 'R1', what: `${documents} documents read and indexed, first time`, ...lint, peakMb },
      ratios: rounds.map(({ xmllint, first }) => xmllint.ms / first.ms),
      target: { at: 'least', value: 0.8 },
      ours: perSecond(
        documents,
        ms((r) => r.first.ms),
      ),
    },
    {
      ...{ id: 'R1', what: 'the reader alone', ...lint, peakMb: null },
      ratios: rounds.map(({ xmllint, reader }) => xmllint.ms / reader),
      target: { at: 'least', value: 1.2 },
      ours: perSecond(
        documents,
        ms((r) => r.reader),
      ),
    },
  ]
}
