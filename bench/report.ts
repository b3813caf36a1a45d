import { cpus, release, totalmem } from 'node:os'
import { readFileSync } from 'node:fs'
import { count, type Figure, median, reached } from './figures.ts'

/** What the README shows: the ratios alone, because they hold where times do not. */
export function shortTable(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => {
    const { id, what, against, ratios } = figure
    return `| ${[id, what, against, count(median(ratios)), aim(figure), mark(figure)].join(' | ')} |`
  })
  return ['| | measured | beside | ratio | wanted | |', '|---|---|---|---|---|---|', ...rows].join('\n')
}

/** All that is known of each figure. */
export function table(figures: readonly Figure[]): string {
  const head = '| | measured | beside | ratio | spread | wanted | | ours | reference | peak MB |'
  const line = '|---|---|---|---|---|---|---|---|---|---|'
  return [head, line, ...figures.map(row)].join('\n')
}

function row(figure: Figure): string {
  const { id, what, against, ratios, ours, reference, peakMb } = figure
  const cells = [
    ...[id, what, against, count(median(ratios))],
    `${count(Math.min(...ratios))}–${count(Math.max(...ratios))}`,
    ...[aim(figure), mark(figure)],
    ...[ours, reference, peakMb === null ? '' : count(peakMb)],
  ]
  return `| ${cells.join(' | ')} |`
}

function aim({ target }: Figure): string {
  return `${target.at === 'least' ? '≥' : '≤'} ${target.value}`
}

function mark(figure: Figure): string {
  return reached(figure) ? '✓' : '✗'
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
