import { PAPER_KINDS, type PaperKind } from '../../core/model/paper.ts'
import type { PackagedDocument } from '../../core/model/results/packaged.ts'
import { documentName } from './document-name.ts'
import { paperName } from './paper-name.ts'
import { stripControls } from './plain.ts'
import type { ViewContext } from './view.ts'

/** Why a document stays, as it is shown. */
export interface Obstacle {
  readonly reason: NonNullable<PackagedDocument['reason']>
  readonly words: string
  readonly label: string
}

/** @returns null for one that nothing is in the way of, or that was packaged before */
export function obstacleOf(document: PackagedDocument, t: ViewContext['t']): Obstacle | null {
  const { reason } = document
  if (reason === null || reason === 'already') return null
  const label = TOLD.includes(reason) ? withDetail(document, t) : labelOf(document, t)
  return { reason, words: reasonOf(document, t), label }
}

/** Each reason in whole words, with the documents it stops. */
export function obstacleLines(obstacles: readonly Obstacle[], { t, paint }: ViewContext): string[] {
  if (obstacles.length === 0) return []
  const byWords = new Map<string, string[]>()
  for (const { reason, words, label } of obstacles) {
    const title = `${paint('bold', words)}:${TOLD.includes(reason) ? '' : ' '}`
    const same = byWords.get(title)
    if (same === undefined) byWords.set(title, [label])
    else same.push(label)
  }
  const lines = [...byWords].map(
    ([title, labels]) => `  ${title}${labels.join(title.endsWith(' ') ? ', ' : '')}`,
  )
  const reasons = new Set(obstacles.map(({ reason }) => reason))
  const cure = CURED.filter((reason) => reasons.has(reason)).map((reason) => t(`packaged.${reason}`))
  return ['', ...lines, ...cure]
}

/** In words; of a paper by what is usual for its kind, or the kind that its name is usual for. */
function reasonOf({ reason, documentKind, detail }: PackagedDocument, t: ViewContext['t']): string {
  if (reason === null) return ''
  const kind = reason === 'other-kind' ? detail : documentKind
  const paper = PAPER_KINDS.find((each) => each === kind)
  return t(
    `reason.${reason}`,
    paper === undefined ? {} : { kind: t(`choice.kind.${paper}`), example: t(`example.${paper}`) },
  )
}

/** Reasons that say nothing without their detail. */
const TOLD: readonly PackagedDocument['reason'][] = [
  'addenda-data',
  'bad-addenda',
  'bad-index-row',
  'unsafe-page',
]
/** Reasons whose cure takes more than the reason's own words. */
const CURED = ['addenda-data', 'bad-addenda', 'bad-index-row'] as const

/** What is missing, or wrong; where it can be given is said once, below. */
function withDetail(document: PackagedDocument, t: ViewContext['t']): string {
  return `\n    ${labelOf(document, t)}: ${stripControls(document.detail.split(' ← ')[0] ?? '')}`
}

/** A document that may leave is known by its folio; a file that may not, by its name, or nobody finds it. */
export function labelOf(document: PackagedDocument, t: ViewContext['t']): string {
  const { reference, documentKind: kind } = document
  if (reference === undefined)
    return document.result === 'rejected' ? fileName(document.file) : documentName(document)
  return kind === null || document.result !== 'queued'
    ? fileName(document.file)
    : paperName({ kind: kind as PaperKind, reference }, t)
}

/** The last part of a path, fit for a terminal. */
export function fileName(path: string): string {
  return stripControls(path.split(/[\\/]/).at(-1) ?? path)
}
