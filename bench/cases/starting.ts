import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Figure, median, seconds } from '../figures.ts'
import { emptyHouse } from '../house.ts'
import { timed } from '../timed.ts'
import { type Bench, type Case, inRounds } from './case.ts'

const COMMANDS = [
  { what: 'cfdi-mail --version', words: ['--version'], most: 1.6 },
  { what: 'cfdi-mail --help', words: ['--help'], most: 3.5 },
  { what: 'cfdi-mail send, nothing due', words: ['send', '--quiet'], most: 4.5 },
] as const

/** R6: what starting costs, beside Node with an empty module. */
export const starting: Case = {
  ids: ['R6'],
  async run(bench) {
    const { folder } = bench
    const made = emptyHouse(join(folder, 'house'))
    await made.run('init', '--quiet')
    const empty = join(folder, 'empty.mjs')
    writeFileSync(empty, '')
    const many: Bench = { ...bench, rounds: bench.rounds * 4 }
    const rounds = await inRounds(many, async () => {
      const node = await timed([process.execPath, empty], { scratch: folder })
      const runs: number[] = []
      for (const { words } of COMMANDS) runs.push((await made.run(...words)).ms)
      return { node: node.ms, runs }
    })
    const figures = COMMANDS.map(({ what, most }, i): Figure => {
      const own = rounds.map(({ runs }) => runs[i] ?? Number.NaN)
      return {
        ...{ id: 'R6', what, against: 'node with an empty module', peakMb: null },
        ratios: rounds.map(({ node }, round) => (own[round] ?? Number.NaN) / node),
        target: { at: 'most', value: most },
        ours: seconds(median(own)),
        reference: seconds(median(rounds.map(({ node }) => node))),
      }
    })
    return { figures, growth: [] }
  },
}
