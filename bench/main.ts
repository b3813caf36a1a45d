/**
 * `npm run bench`: measures R1 to R9 of docs/performance.md, each beside a public reference in the same run; `npm run bench --
 * R4` only those that need it. `--documents 100000` is the size of the largest corpus, `--rounds 5`, `--write` puts the results
 * into docs/ and README.md. It needs some GB below the system's folder for temporary files, and installs nothing.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { archiving } from './cases/archiving.ts'
import { claiming } from './cases/claiming.ts'
import { growing } from './cases/growing.ts'
import { mailing } from './cases/mailing.ts'
import { reading } from './cases/reading.ts'
import { relay } from './cases/relay.ts'
import { starting } from './cases/starting.ts'
import type { Findings } from './figures.ts'
import { writeMeasured } from './measured.ts'
import { machine, table } from './report.ts'

const CASES = [reading, growing, mailing, relay, starting, claiming, archiving]

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    documents: { type: 'string', default: '100000' },
    rounds: { type: 'string', default: '5' },
    write: { type: 'boolean', default: false },
  },
})

await main()

async function main(): Promise<void> {
  const wanted = positionals.map((word) => word.toUpperCase())
  const cases = CASES.filter(({ ids }) => wanted.length === 0 || ids.some((id) => wanted.includes(id)))
  const findings: Findings[] = []
  for (const one of cases) findings.push(await measured(one))
  const all = findings
    .flatMap(({ figures }) => figures)
    .sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
  const growth = findings.flatMap((found) => found.growth)
  const text = `${table(all)}\n\nMeasured on ${machine()}; ${values.rounds} rounds, medians, ratios within each round.\n`
  process.stdout.write(`\n${text}`)
  if (values.write) await writeMeasured(machine(), { figures: all, growth })
}

/** A case in a folder of its own, which is gone afterwards. What cannot be measured here is said, and the others go on. */
async function measured(one: (typeof CASES)[number]): Promise<Findings> {
  const folder = mkdtempSync(join(tmpdir(), 'cfdi-mail-bench-'))
  mkdirSync(folder, { recursive: true })
  try {
    return await one.run({
      folder,
      rounds: Number(values.rounds),
      documents: Number(values.documents),
      say: (text) => process.stderr.write(`${one.ids.join(' ')}: ${text}\n`),
    })
  } catch (error) {
    process.stderr.write(
      `${one.ids.join(' ')} not measured: ${error instanceof Error ? error.message : String(error)}\n`,
    )
    return { figures: [], growth: [] }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
