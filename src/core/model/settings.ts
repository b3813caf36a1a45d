import type { OrderMapping } from './order-file.ts'
import type { OrderRecipients } from './order-policy.ts'

/** What the administrator writes in the settings file. Everything else (customers, profiles, types) is data in the store. */
export interface Settings {
  /** Folders where the ERP leaves stamped XML and their PDFs. Absolute. */
  readonly sources: readonly string[]
  /** Company code whose store is used when no flag says otherwise; null is the store of the data folder itself. */
  readonly company: string | null
  readonly language: 'es' | 'en' | null
  /** Packaging type of customers created at a point of sale (POS_CLI_CFD_EMP). */
  readonly posPackagingType: string
  /** Shown in the default mails; the issuer's name stands in for it. */
  readonly companyName: string | null
  /** Page where customers sign in to the portal; null while there is none. */
  readonly portalUrl: string | null
  /** Page where they ask for another password; null is `recuperar` below the sign-in page. */
  readonly portalRecoveryUrl: string | null
  /** Who is told, once a run, of what needs a person; null tells nobody. */
  readonly errorMail: string | null
  /** Largest file that is read, in bytes. */
  readonly maxFileBytes: number
  /** Largest message as transmitted, in bytes. Most servers refuse above 25 MB. */
  readonly maxMessageBytes: number
  /** Free bytes without which nothing is begun; null for twice the largest message and 50 MiB. */
  readonly minFreeBytes: number | null
  /** Seconds that the outcome of a message waits for a store that another process holds, before it is written beside it. */
  readonly outcomeWaitSeconds: number
  /** Folder where order files appear (MAILER_DIR). Absolute; null for none. */
  readonly mailerDir: string | null
  /** Folder below which the order files' attachments are (MAILER_ATTACHMENT_PATH); null for that of the order files. */
  readonly mailerAttachmentPath: string | null
  /** How the writer of the orders names that folder, where it sees it under another name: taken off its paths. */
  readonly mailerAttachmentPrefix: string | null
  /** Who an order file may send to without a person's word. */
  readonly orderRecipients: OrderRecipients
  /** Where the fields are in order files of another shape. */
  readonly orderMapping: OrderMapping
}

export const DEFAULT_SETTINGS: Settings = {
  sources: [],
  company: null,
  language: null,
  posPackagingType: 'GRAL',
  companyName: null,
  portalUrl: null,
  portalRecoveryUrl: null,
  errorMail: null,
  maxFileBytes: 10 * 1024 * 1024,
  maxMessageBytes: 25 * 1024 * 1024,
  minFreeBytes: null,
  outcomeWaitSeconds: 300,
  mailerDir: null,
  mailerAttachmentPath: null,
  mailerAttachmentPrefix: null,
  orderRecipients: 'known',
  orderMapping: {},
}

/** Where each setting's value came from: a file path, an environment variable, or 'default'. */
export type SettingOrigins = Readonly<Record<keyof Settings, string>>
