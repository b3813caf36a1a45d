import { UNUSABLE_REASONS } from '../model/cfdi.ts'
import type { DocumentReason } from '../model/document-reason.ts'
import type { Choice } from '../model/choice.ts'
import type { PackagedDocument } from '../model/results/packaged.ts'
import type { IndexedFile } from '../store/documents.ts'

/** What became of each document of a run, by the path of its file. */
export type Outcomes = Map<string, PackagedDocument>

/** Says something else of a document; nothing of one that is not told at all. */
export function change(outcomes: Outcomes, path: string, changes: Partial<PackagedDocument>): void {
  const known = outcomes.get(path)
  if (known !== undefined) outcomes.set(path, { ...known, ...changes })
}

/** What is said of a document as it was chosen: where it goes, or why it stays. */
export function documentOf(choice: Choice<IndexedFile>): PackagedDocument {
  const { file } = choice
  const isTaken = choice.result === 'take'
  // Written out: an object that is built by spreading others takes the engine ten times as long, and there is one a document.
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
    result: isTaken ? (choice.route === 'mail' ? 'queued' : 'filed') : resultOf(choice.reason),
    reason: isTaken ? null : choice.reason,
    detail: isTaken ? '' : choice.detail,
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
