import type { SkipReason } from './document-reason.ts'

/** Why a paper is not queued, besides what it shares with a CFDI. Stable codes. */
export const PAPER_REASONS = [
  'unknown-party', // nobody has the code that the name or the index says
  'wrong-party', // a purchase order for a customer, an order for a supplier
  'name-not-in-pattern',
  'other-kind', // its name is usual for another kind of paper, which is the detail
  'ambiguous-name', // the name can be read for two parties
  'not-in-index',
  'not-marked', // its line of the index has no mark to send it
  'bad-index-row',
  'index-twice', // two rows of the index name the file
  'file-missing', // a row of the index names a file that is not there
  'not-a-paper', // of a kind that is not sent
  'unsafe-page', // a ticket's page that runs or loads something, or does not end
  'is-cfdi-pdf', // the printed form of a CFDI, which goes with its XML
  'no-date', // asked for by date, and nothing says its date
  'reference-twice', // two different files of one kind, party and reference
  'paper-changed', // packaged before with other bytes; `--again` sends it
  'same-paper', // the same bytes went to the party under another reference
  'no-mail', // the packaging type queues no messages
] as const
export type PaperOnlyReason = (typeof PAPER_REASONS)[number]

/** Every reason that a paper can have. */
export type PaperReason =
  | PaperOnlyReason
  | Extract<
      SkipReason,
      | 'already'
      | 'kind-disabled'
      | 'no-type'
      | 'type-of-another-customer'
      | 'bad-pdf'
      | 'too-big'
      | 'bad-template'
      | 'bad-message'
    >
  | 'unreadable'
  | 'empty'
  | 'too-large'

/** The file may never leave as it is; the others do not leave now. */
const REJECTED: readonly PaperReason[] = [
  'unreadable',
  'empty',
  'too-large',
  'bad-pdf',
  'not-a-paper',
  'unsafe-page',
  'is-cfdi-pdf',
  'bad-index-row',
  'index-twice',
  'file-missing',
  'reference-twice',
]

/** How the paper is listed. */
export function paperResult(reason: PaperReason): 'already' | 'skipped' | 'rejected' {
  if (reason === 'already') return 'already'
  return REJECTED.includes(reason) ? 'rejected' : 'skipped'
}
