import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { format } from 'prettier'
import { growthChart } from './chart.ts'
import type { Figure, Findings } from './figures.ts'
import { shortTable, table } from './report.ts'

/** All that was measured on one machine; what is measured again replaces its own part. */
interface Measured extends Findings {
  readonly machine: string
}

const ROOT = new URL('../', import.meta.url)
const MEASURED = fileURLToPath(new URL('bench/measured.json', ROOT))
const STYLE = { printWidth: 110, singleQuote: true, semi: false, trailingComma: 'all' } as const

/** Puts table and chart into docs/ and README.md, beside what was measured before on the same machine. */
export async function writeMeasured(machine: string, found: Findings): Promise<void> {
  const before = measuredBefore(machine)
  const figures = [...before.figures.filter((old) => !found.figures.some(isSameAs(old))), ...found.figures]
  figures.sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
  const isNew = (label: string) => found.growth.some((line) => line.label === label)
  const growth = [...before.growth.filter(({ label }) => !isNew(label)), ...found.growth]
  await write('bench/measured.json', JSON.stringify({ machine, figures, growth }), 'json')
  const on = `Measured on ${machine}; medians, ratios within each round.`
  await write(
    'docs/benchmarks.md',
    `# Measured\n\n\`npm run bench -- --write\` writes this page.\n\n${table(figures)}\n\n${on}\n`,
  )
  await write('README.md', filled(read('README.md'), `${shortTable(figures)}\n\n${on}`))
  if (growth.length > 0) writeFileSync(new URL('docs/growth.svg', ROOT), growthChart(growth))
}

function measuredBefore(machine: string): Findings {
  const none = { figures: [], growth: [] }
  if (!existsSync(MEASURED)) return none
  const before = JSON.parse(readFileSync(MEASURED, 'utf8')) as Measured
  return before.machine === machine ? before : none
}

function isSameAs({ id, what, against }: Figure): (other: Figure) => boolean {
  return (other) => other.id === id && other.what === what && other.against === against
}

/** A page with the text between its two marks replaced. */
function filled(page: string, text: string): string {
  const marks = /(<!-- measured -->)[^]*(<!-- \/measured -->)/
  if (!marks.test(page)) throw new Error('README.md has no marks for what was measured')
  return page.replace(marks, (_all, start: string, end: string) => `${start}\n\n${text}\n\n${end}`)
}

function read(name: string): string {
  return readFileSync(new URL(name, ROOT), 'utf8')
}

async function write(name: string, text: string, parser: 'json' | 'markdown' = 'markdown'): Promise<void> {
  writeFileSync(new URL(name, ROOT), await format(text, { ...STYLE, parser }))
}
