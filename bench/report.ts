import { cpus, release, totalmem } from 'node:os'
import { readFileSync } from 'node:fs'
import { count, type Figure, median, reached } from './figures.ts'

/** The table of the README: ratios, because they hold where times do not. */
export function table(figures: readonly Figure[]): string {
  const head = '| | measured | beside | ratio | spread | wanted | | ours | reference | peak MB |'
  const line = '|---|---|---|---|---|---|---|---|---|---|'
  return [head, line, ...figures.map(row)].join('\n')
}

function row(figure: Figure): string {
  const { id, what, against, ratios, target, ours, reference, peakMb } = figure
  const cells = [
    ...[id, what, against, count(median(ratios))],
    `${count(Math.min(...ratios))}–${count(Math.max(...ratios))}`,
    `${target.at === 'least' ? '≥' : '≤'} ${target.value}`,
    reached(figure) ? '✓' : '✗',
    ...[ours, reference, peakMb === null ? '' : count(peakMb)],
  ]
  return `| ${cells.join(' | ')} |`
}

/** What the figures were measured on. */
export function machine(): string {
  const processors = cpus()
  const model = processors[0]?.model.trim() ?? 'unknown processor'
  const memory = Math.round(totalmem() / 1024 ** 3)
  return `${processors.length} × ${model}, ${memory} GB, ${system()} (Linux ${release()}), Node ${process.versions.node}`
}

function system(): string {
  try {
    return /^PRETTY_NAME="(.*)"$/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? process.platform
  } catch {
    return process.platform
  }
}
