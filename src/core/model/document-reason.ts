import { PAYROLL_REASONS } from './payroll.ts'
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
  'kind-disabled', // a setting of its kind says that it does not go
  'not-automatic', // a setting of its kind says that it waits for a person's `package`
  'no-pdf',
  'bad-pdf', // not a PDF, or not complete yet
  'bad-attachment', // an extra file of a kind that mail servers refuse
  'changed', // the file is no longer the one that was indexed
  'too-big', // the message would be larger than the server takes
  'bad-template', // the template could not be rendered for this document
  'no-folder', // the destination folder is not there, or the type has none and sends no mail
  'folder-denied', // the destination folder may not be written to
  'folder-full',
  'folder-in-sources', // destination and source folder lie in one another: its copies would be read as documents
  'bad-folder', // anything else that keeps the files out of it
  'bad-message', // the message could not be put together: a sender that cannot be written, a ZIP that did not read back
  'no-portal-url', // its mail says how to enter the portal, and the settings do not say where that is
  'no-portal-text', // its mail goes without files, and its text names no page of the portal
  'addenda-exists', // it has one already, and nobody said what becomes of it
  'addenda-data', // a datum that its addenda needs is given nowhere
  ...PAYROLL_REASONS,
  'no-password', // its packaging type locks the files, and the datum that the password is made of is missing or too short
  'password-in-mail', // the mail would say it
  'bad-addenda', // its addenda cannot be written: a value that is none, a template that is gone, a data file that cannot be read
] as const
/** Why a package cannot be written into a destination folder. */
export type FolderReason = Extract<
  SkipReason,
  'no-folder' | 'folder-denied' | 'folder-full' | 'folder-in-sources' | 'bad-folder'
>
export type SkipReason = (typeof SKIP_REASONS)[number]

export type DocumentReason = UnusableReason | SkipReason

export const DOCUMENT_REASONS: readonly DocumentReason[] = [...UNUSABLE_REASONS, ...SKIP_REASONS]

/** Reasons that nobody has to do anything about. */
export const HARMLESS_REASONS: readonly string[] = [
  'already',
  'duplicate',
  'kind-not-in-type',
  'kind-disabled',
  'not-automatic',
  'cancelled',
  'not-marked', // a paper's: somebody left it without a mark
  'other-kind', // a paper's: it is packaged with the others of its kind
] satisfies readonly (DocumentReason | 'not-marked' | 'other-kind')[]
