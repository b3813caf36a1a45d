import { packedList } from '../files/packed-list.ts'
import { HARMLESS_REASONS } from '../model/document-reason.ts'
import type {
  DocumentResult,
  PackagedDocument,
  PackagedOrder,
  PackagedResult,
  PackagedRun,
} from '../model/results/packaged.ts'

/** Takes what became of a run's documents, batch by batch. */
export interface PackagingReport<Run extends PackagedRun> {
  add(documents: readonly PackagedDocument[], orders: readonly PackagedOrder[]): void
  /** @param signal of the run */
  result(signal: AbortSignal): Run
}

/** What is told of the run itself. */
export interface PackagingRun {
  readonly type: string | null
  readonly mode: 'write' | 'dry-run'
}

/** Holds all of it: for some hundred documents. */
export function listedReport(run: PackagingRun): PackagingReport<PackagedResult> {
  const lists = { documents: [] as PackagedDocument[], orders: [] as PackagedOrder[] }
  return reportIn(run, lists, (documents, orders) => {
    for (const document of documents) lists.documents.push(document)
    for (const order of orders) lists.orders.push(order)
  })
}

/** Holds it packed, for any number of documents. */
export function packedReport(run: PackagingRun): PackagingReport<PackagedRun> {
  return reportPacked(run, () => true)
}

/** The same for a person, who is told of those orders alone that wait for somebody, or for another mailer. */
export function toldReport(run: PackagingRun): PackagingReport<PackagedRun> {
  return reportPacked(run, ({ state, orderFile }) => state === 'held' || orderFile !== null)
}

function reportPacked(
  run: PackagingRun,
  isTold: (order: PackagedOrder) => boolean,
): PackagingReport<PackagedRun> {
  const lists = { documents: packedList<PackagedDocument>(), orders: packedList<PackagedOrder>() }
  return reportIn(run, lists, (documents, orders) => {
    lists.documents.add(documents)
    lists.orders.add(orders.filter(isTold))
  })
}

/** Counts, and holds nothing: for when nobody looks at a run that needs nobody. */
export function countedReport(run: PackagingRun): PackagingReport<PackagedResult> {
  return reportIn(run, { documents: [], orders: [] }, () => undefined)
}

function reportIn<Lists extends Pick<PackagedRun, 'documents' | 'orders'>>(
  { type, mode }: PackagingRun,
  lists: Lists,
  keep: PackagingReport<PackagedRun>['add'],
) {
  const totals = { documents: 0, queued: 0, filed: 0, already: 0, skipped: 0, rejected: 0 }
  let needsPerson = false
  return {
    add(documents: readonly PackagedDocument[], orders: readonly PackagedOrder[]) {
      for (const document of documents) totals[document.result satisfies DocumentResult]++
      totals.documents += documents.length
      needsPerson ||= documents.some(isOpen) || orders.some(({ state }) => state === 'held')
      keep(documents, orders)
    },
    result: ({ aborted: interrupted }: AbortSignal) => ({
      kind: 'packaged' as const,
      dryRun: mode === 'dry-run',
      type,
      needsPerson,
      interrupted,
      ...lists,
      totals,
    }),
  }
}

/** Whether somebody has to do something about it. */
function isOpen({ reason }: PackagedDocument): boolean {
  return reason !== null && !HARMLESS_REASONS.includes(reason)
}
