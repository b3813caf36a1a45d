import type { PackagedDocument, PackagedRun } from '../../core/model/results/packaged.ts'
import { amountOf } from './document-name.ts'
import { newest } from './newest.ts'
import { labelOf, type Obstacle, obstacleOf } from './obstacles.ts'
import { stripControls } from './plain.ts'
import { rowsOf } from './table.ts'
import type { ViewContext } from './view.ts'

/** What there is to say of a run's documents. */
export interface DocumentsSeen {
  /** A row of texts for each that is shown, the gravest last. */
  readonly rows: Iterable<readonly string[]>
  /** How many are not shown. */
  readonly more: number
  /** Of those that are shown. */
  readonly obstacles: readonly Obstacle[]
  /** Of the files that lie in destination folders, or would. */
  readonly paths: ReadonlySet<string>
}

/** One document, as much of it as is shown: of a hundred thousand of them the run's own words would not fit into memory. */
interface Line {
  /** The texts of its row in one. */
  readonly row: string
  readonly obstacle: Obstacle | null
}

/** No text of a row holds it: control characters are taken out. */
const BETWEEN = '\u0000'

/** Looks at the documents of a run, once. What needs a person is shown last, next to the totals, and is never what is left out. */
export function documentsSeen(
  { documents, dryRun }: Pick<PackagedRun, 'documents' | 'dryRun'>,
  context: ViewContext,
): DocumentsSeen {
  const byWeight: readonly Line[][] = [[], [], [], []]
  const paths = new Set<string>()
  const mode = dryRun ? 'dry-run' : 'write'
  for (const document of documents) {
    for (const path of document.files) paths.add(path)
    const same = byWeight[WEIGHTS[document.result]] ?? []
    same.push(lineOf(document, mode, context))
    if (same.length >= MANY) same.splice(0, same.length - newest(same, null, context).length)
  }
  const shown = newest(byWeight.flat(), null, context)
  return {
    rows: rowsOf(shown, ({ row }) => row.split(BETWEEN)),
    more: documents.length - shown.length,
    obstacles: shown.flatMap(({ obstacle }) => obstacle ?? []),
    paths,
  }
}

/** Looked at together. */
const MANY = 1_000

const WEIGHTS: Readonly<Record<PackagedDocument['result'], number>> = {
  queued: 0,
  filed: 0,
  already: 1,
  skipped: 2,
  rejected: 3,
}

function lineOf(document: PackagedDocument, mode: 'write' | 'dry-run', { t }: ViewContext): Line {
  const words =
    mode === 'dry-run' && (document.result === 'queued' || document.result === 'filed')
      ? t(`result.planned.${document.result}`)
      : t(`result.${document.result}`)
  const row = [
    labelOf(document, t),
    document.issuedAt?.slice(0, 10) ?? '',
    document.customer ?? document.receiverRfc,
    amountOf(document),
    words,
  ]
  return { row: row.map(stripControls).join(BETWEEN), obstacle: obstacleOf(document, t) }
}
