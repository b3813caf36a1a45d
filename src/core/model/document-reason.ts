import { type UnusableReason, UNUSABLE_REASONS } from './cfdi.ts'

/** Why a document of the filter is not queued, besides the reasons of its own file. Stable codes. */
export const SKIP_REASONS = [
  'already', // packaged before for this customer; `--again` repeats it
  'cancelled',
  'uuid-conflict', // another file has the same UUID with another seal: neither may leave
  'duplicate', // another copy of the same document, same UUID and seal, is taken
  'no-customer',
  'generic-rfc', // the receiver's RFC is shared by everybody, and no customer of that RFC has the receiver's name
  'ambiguous-customer', // several customers have the RFC; name one with --client
  'no-type',
  'no-address', // an order file for another mailer needs a recipient
  'type-of-another-customer',
  'kind-not-in-type',
  'no-pdf',
  'bad-pdf', // not a PDF, or not complete yet
  'bad-attachment', // an extra file of a kind that mail servers refuse
  'changed', // the file is no longer the one that was indexed
  'too-big', // the message would be larger than the server takes
  'bad-template', // the template could not be rendered for this document
  'bad-message', // the message could not be put together: a sender that cannot be written, a ZIP that did not read back
  'addenda-exists', // it has one already, and nobody said what becomes of it
  'addenda-data', // a datum that its addenda needs is given nowhere
  'bad-addenda', // its addenda cannot be written: a value that is none, a template that is gone, a data file that cannot be read
] as const
export type SkipReason = (typeof SKIP_REASONS)[number]

export type DocumentReason = UnusableReason | SkipReason

export const DOCUMENT_REASONS: readonly DocumentReason[] = [...UNUSABLE_REASONS, ...SKIP_REASONS]

/** Reasons that nobody has to do anything about. */
export const HARMLESS_REASONS: readonly string[] = [
  'already',
  'duplicate',
  'kind-not-in-type',
  'cancelled',
] satisfies readonly DocumentReason[]
