import type { ExistingAddenda } from './addenda.ts'
import type { CfdiKind } from './cfdi.ts'
import type { PasswordRule } from './file-password.ts'
import type { PortalAccess } from './portal.ts'
import type { AssignedTemplates } from './template-use.ts'

/** What a packaging type asks of the PDF: must be there, goes when it is there, never goes. */
export const PDF_POLICIES = ['required', 'optional', 'none'] as const
export type PdfPolicy = (typeof PDF_POLICIES)[number]

/** One message per document, or one per customer with all the documents of the run. */
export const GROUPINGS = ['document', 'customer'] as const
export type Grouping = (typeof GROUPINGS)[number]

/** What becomes of an order's files in the destination folder once every recipient's copy was taken. */
export const AFTER_SEND = ['keep', 'trash', 'delete'] as const
export type AfterSend = (typeof AFTER_SEND)[number]

/** How documents are packaged and mailed (tipo de empaquetado). */
export interface PackagingType {
  readonly code: string
  readonly description: string
  /** Only for this customer; null serves any. */
  readonly customer: string | null
  readonly kinds: readonly CfdiKind[]
  readonly pdf: PdfPolicy
  /** Attach a copy of the XML that begins with a UTF-8 byte order mark; the signed text is the same, so the seal stays valid. */
  readonly withBom: boolean
  readonly grouping: Grouping
  readonly zip: boolean
  /** The attachments travel in a ZIP that opens with a password of this rule; null locks nothing. */
  readonly passwordRule: PasswordRule | null
  /** What the mail says of the password; null takes the words of the rule. */
  readonly passwordHint: string | null
  /** Destination folder (carpeta destino), absolute: packages are written there too, customer by customer. Null writes none. */
  readonly folder: string | null
  /** Names under the destination folder, as `checkedPattern` lets through; null takes the usual one. */
  readonly namePattern: string | null
  /** Queue messages; a type that does not only writes files. */
  readonly byMail: boolean
  readonly afterSend: AfterSend
  /** SMTP profile by name; null takes the default profile. */
  readonly profile: string | null
  /** From address; null takes the profile's. */
  readonly sender: string | null
  /** Handlebars texts that replace the document kind's template; a body that starts with `HTML` is HTML. */
  readonly subject: string | null
  readonly body: string | null
  /** Templates that serve kinds of document instead of the usual ones. */
  readonly templates: AssignedTemplates
  /** Template of the addenda that is added to the attached XML; null adds none. */
  readonly addenda: string | null
  readonly existingAddenda: ExistingAddenda
  /** Whether its mails say how to enter the portal, with the files or instead of them. */
  readonly portalAccess: PortalAccess
  /** 10 minutes a message instead of 2 for the transfer of its bytes. */
  readonly longTimeout: boolean
  /** Write successes to the event log too; errors always are. */
  readonly logSuccess: boolean
}

/** The type every new customer has. Payroll is left out on purpose: it goes only to the employee, never to a customer's list. */
export const GRAL: PackagingType = {
  code: 'GRAL',
  description: 'EMPAQUETADO GENERAL',
  customer: null,
  kinds: ['I', 'E', 'T', 'P', 'R'],
  pdf: 'required',
  withBom: false,
  grouping: 'document',
  zip: false,
  passwordRule: null,
  passwordHint: null,
  folder: null,
  namePattern: null,
  byMail: true,
  afterSend: 'keep',
  profile: null,
  sender: null,
  subject: null,
  body: null,
  templates: {},
  addenda: null,
  existingAddenda: 'error',
  portalAccess: 'off',
  longTimeout: false,
  logSuccess: true,
}

/** The type every new employee has: each payroll document alone, to its employee. */
export const NOMINA: PackagingType = {
  ...GRAL,
  code: 'NOMINA',
  description: 'RECIBOS DE NÓMINA',
  kinds: ['N'],
}

/** Types that are there from the start and cannot be removed. */
export const FIRST_TYPES = [GRAL, NOMINA] as const
