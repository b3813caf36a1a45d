import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type Corpus, writeCorpus } from '../corpus.ts'
import { type Figure, median, perSecond } from '../figures.ts'
import { house } from '../house.ts'
import { needed } from '../needed.ts'
import { timed } from '../timed.ts'
import { type Bench, type Case, inRounds } from './case.ts'

/** R9: all pairs in one ZIP for each customer, beside zip with PDFs stored. */
export const archiving: Case = {
  ids: ['R9'],
  async run(bench) {
    const corpus = writeCorpus(bench.folder, { documents: Math.ceil(bench.documents / 50), pdfs: 'with' })
    const rounds = await inRounds(bench, (round) => oneRound(bench, corpus, round))
    const rate = (of: (round: Round) => number) => perSecond(corpus.documents, median(rounds.map(of)))
    const figure: Figure = {
      ...{
        id: 'R9',
        what: `package --zip of ${corpus.documents} pairs, one ZIP a customer`,
        against: 'zip -6, PDFs stored',
      },
      ratios: rounds.map(({ zip, own }) => zip / own),
      target: { at: 'least', value: 0.6 },
      ours: rate(({ own }) => own),
      reference: rate(({ zip }) => zip),
      peakMb: Math.max(...rounds.map(({ peakMb }) => peakMb)),
    }
    return { figures: [figure], growth: [] }
  },
}

interface Round {
  readonly zip: number
  readonly own: number
  readonly peakMb: number
}

/** The reference makes as many archives as there are days: nearly half as many as customers, of twice the size. */
async function oneRound({ folder }: Bench, corpus: Corpus, round: number): Promise<Round> {
  const own = join(folder, String(round))
  const made = await house(own, corpus)
  const archives = join(own, 'archives')
  mkdirSync(archives)
  const each = `for day in "$1"/*; do "$2" -6 -q -j -r -n .pdf "$3/\${day##*/}.zip" "$day"; done && sync`
  const zip = await timed(['sh', '-c', each, 'sh', corpus.folder, needed('zip'), archives], {
    scratch: folder,
  })
  const ran = await made.run('package', '--all', '--group-by', 'customer', '--zip', '--quiet')
  rmSync(own, { recursive: true })
  return { zip: zip.ms, own: ran.ms, peakMb: ran.peakMb }
}
