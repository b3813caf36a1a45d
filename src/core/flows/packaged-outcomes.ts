import { UNUSABLE_REASONS } from '../model/cfdi.ts'
import type { DocumentReason } from '../model/document-reason.ts'
import type { Choice } from '../model/choice.ts'
import type { PackagedDocument, PackagedOrder, PackagedResult } from '../model/results/packaged.ts'
import type { IndexedFile } from '../store/documents.ts'

/** What became of each document of a run, by the path of its file. */
export type Outcomes = Map<string, PackagedDocument>

/** Says something else of a document; nothing of one that is not told at all. */
export function change(outcomes: Outcomes, path: string, changes: Partial<PackagedDocument>): void {
  const known = outcomes.get(path)
  if (known !== undefined) outcomes.set(path, { ...known, ...changes })
}

/** The result of a run, counted. */
export function packagedResult(
  packing: { readonly type: string | null; readonly mode: 'write' | 'dry-run' },
  documents: readonly PackagedDocument[],
  orders: readonly PackagedOrder[],
): PackagedResult {
  const count = (result: PackagedDocument['result']) =>
    documents.filter((document) => document.result === result).length
  return {
    kind: 'packaged',
    dryRun: packing.mode === 'dry-run',
    type: packing.type,
    documents,
    orders,
    totals: {
      documents: documents.length,
      queued: count('queued'),
      filed: count('filed'),
      already: count('already'),
      skipped: count('skipped'),
      rejected: count('rejected'),
    },
  }
}

/** What is said of a document as it was chosen: where it goes, or why it stays. */
export function documentOf(choice: Choice<IndexedFile>): PackagedDocument {
  const { file } = choice
  return {
    uuid: file.uuid,
    file: file.path,
    documentKind: file.kind,
    series: file.series,
    folio: file.folio,
    issuedAt: file.issuedAt,
    total: file.total,
    currency: file.currency,
    receiverRfc: file.receiverRfc,
    files: [],
    customer: choice.customer?.code ?? null,
    ...(choice.result === 'take'
      ? { result: choice.route === 'mail' ? 'queued' : 'filed', reason: null, detail: '' }
      : { result: resultOf(choice.reason), reason: choice.reason, detail: choice.detail }),
  }
}

/** Rejected is what may never leave as it is; skipped is what does not leave now. */
function resultOf(reason: DocumentReason): PackagedDocument['result'] {
  if (reason === 'already') return 'already'
  return REJECTED.includes(reason) ? 'rejected' : 'skipped'
}

const REJECTED: readonly DocumentReason[] = [
  ...UNUSABLE_REASONS,
  'uuid-conflict',
  'cancelled',
  'changed',
  'bad-pdf',
  'bad-attachment',
]
