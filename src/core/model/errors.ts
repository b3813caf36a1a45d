/**
 * Every known reason why a command cannot go on. The kind decides the exit code (ui/exit-codes.ts); the words are in
 * ui/messages under `error.<CODE>` and, where there is a cure to name, `hint.<CODE>`.
 */
export const ERRORS = {
  // the command line
  BAD_PERIOD: 'usage',
  BAD_DATE: 'usage',
  BAD_DURATION: 'usage',
  BAD_INTERVAL: 'usage',
  BAD_NUMBER: 'usage',
  BAD_CHOICE: 'usage',
  BAD_ADDENDA_FIELD: 'usage',
  BAD_SELECTION: 'usage',
  NOTHING_SELECTED: 'usage',
  PAPER_KIND: 'usage',
  NOT_WITH_PAPERS: 'usage',
  ONLY_WITH_PAPERS: 'usage',
  BAD_PAPER_PATTERN: 'usage',
  CHOOSE_CUSTOMER: 'usage',
  NOTHING_TO_CHANGE: 'usage',
  CHOOSE_IMPORT: 'usage',
  CHOOSE_PROSCAI: 'usage',
  NEEDS_REASON: 'usage',
  NEEDS_YES: 'usage',
  NEEDS_ADDRESS: 'usage',
  BAD_REPLY: 'usage',
  BAD_RECEIPT: 'usage',
  BAD_UUID: 'usage',
  BAD_HEAD: 'usage',
  CHOOSE_VERDICT: 'usage',
  NO_TERMINAL: 'usage',
  NO_PASSWORD: 'usage',
  NO_TOKEN: 'usage',
  CHOOSE_PASSWORD: 'usage',
  CHOOSE_EVENT: 'usage',
  NO_REFRESH_TOKEN: 'usage',
  NO_CLIENT_SECRET: 'usage',
  NO_DEVICE_CODE: 'usage',
  // the data
  CUSTOMER_NOT_FOUND: 'data',
  WRONG_PARTY: 'data',
  NOT_OWN_ADDRESS: 'data',
  PASSWORD_IN_MAIL: 'data',
  PORTAL_UNSAID: 'data',
  CUSTOMER_EXISTS: 'data',
  BAD_PORTAL_ACCESS: 'data',
  BAD_FILE_PASSWORD: 'data',
  CHOOSE_FILE_PASSWORD: 'usage',
  NO_FILE_PASSWORD: 'data',
  GROUP_NOT_FOUND: 'data',
  GROUP_EXISTS: 'data',
  GROUP_IN_USE: 'data',
  BAD_GROUP: 'data',
  NOT_IN_GROUP: 'data',
  NOTICE_OFF: 'data',
  NOTICE_ALWAYS_ON: 'data',
  CUSTOMER_IN_USE: 'data',
  BAD_CUSTOMER: 'data',
  BAD_ADDRESS: 'data',
  BAD_PHONE: 'data',
  NEEDS_XML_BY: 'data',
  BAD_PACKAGING_ENTRY: 'data',
  BAD_CSV: 'data',
  CSV_NO_COLUMN: 'data',
  CSV_COLUMN_TWICE: 'data',
  PAPER_INDEX_COLUMN: 'data',
  CONTACT_NOT_FOUND: 'data',
  CONTACT_AMBIGUOUS: 'data',
  CONTACT_EXISTS: 'data',
  TYPE_NOT_FOUND: 'data',
  SETTING_NOT_FOUND: 'data',
  TYPE_EXISTS: 'data',
  TYPE_IN_USE: 'data',
  TYPE_NEEDED: 'data',
  BAD_TYPE: 'data',
  BAD_NAME_PATTERN: 'data',
  TYPE_NEEDS_FOLDER: 'data',
  ORDER_NOT_FOUND: 'data',
  AMBIGUOUS_ID: 'data',
  WRONG_STATE: 'data',
  NOT_A_RECIPIENT: 'data',
  NO_ADDRESS: 'data',
  NOT_QUARANTINED: 'data',
  SNAPSHOT_MISSING: 'data',
  RECEIPT_NOT_FOUND: 'data',
  RECEIPT_AMBIGUOUS: 'data',
  RECEIPT_TWICE: 'data',
  RECEIPT_REFUSED: 'data',
  RECEIPT_NOT_SENT: 'data',
  RECEIPT_IN_USE: 'data',
  DOCUMENT_NOT_FOUND: 'data',
  DOCUMENT_CANCELLED: 'data',
  NO_EVIDENCE: 'data',
  NO_STATUSES: 'data',
  TEMPLATE_NOT_FOUND: 'data',
  TEMPLATE_EXISTS: 'data',
  TEMPLATE_IN_USE: 'data',
  TEMPLATE_SCOPE: 'data',
  BAD_TEMPLATE_NAME: 'data',
  BAD_ARCHIVE: 'data',
  ADDENDA_NOT_FOUND: 'data',
  ADDENDA_EXISTS: 'data',
  ADDENDA_IN_USE: 'data',
  BAD_ADDENDA_NAME: 'data',
  BAD_ADDENDA: 'data',
  BAD_ADDENDA_DATA: 'data',
  NO_ADDENDA_PREVIEW: 'data',
  BAD_TEMPLATE: 'data',
  FOLDER_NOT_EMPTY: 'data',
  OPERATOR_NOT_FOUND: 'data',
  BAD_OPERATOR: 'data',
  ROLE_NOT_FOUND: 'data',
  ROLE_IN_USE: 'data',
  BAD_ROLE: 'data',
  BAD_PERMISSION: 'data',
  NO_ADMINISTRATOR: 'data',
  // input that is not there
  SOURCE_NOT_FOUND: 'no-input',
  FILE_NOT_FOUND: 'no-input',
  CANNOT_WRITE: 'no-input',
  // the world outside
  SERVER_UNREACHABLE: 'unavailable',
  MAILBOX_UNREACHABLE: 'unavailable',
  AUTH_REFUSED: 'auth',
  MAILBOX_REFUSED: 'auth',
  CONSENT_REFUSED: 'auth',
  NOT_ALLOWED: 'auth',
  SEND_RUNNING: 'try-later',
  WATCH_RUNNING: 'try-later',
  IMPORT_RUNNING: 'try-later',
  STORE_BUSY: 'try-later',
  DISK_FULL: 'try-later',
  DISK_LOW: 'try-later',
  // what the administrator set up
  NO_SQLITE: 'config',
  NO_STORE: 'config',
  STORE_NEWER: 'config',
  STORE_NOT_ADOPTED: 'config',
  STORE_DAMAGED: 'config',
  NO_SOURCES: 'config',
  NO_PORTAL_URL: 'config',
  NO_ORDER_FOLDER: 'config',
  ORDER_FOLDER_OPEN: 'config',
  NO_PROFILE: 'config',
  NO_BOUNCE_MAILBOX: 'config',
  MAILBOX_NOT_FOUND: 'config',
  BAD_CA_FILE: 'config',
  PROFILE_NOT_FOUND: 'config',
  PROFILE_IN_USE: 'config',
  PROFILE_HAS_ORDERS: 'config',
  BAD_PROFILE: 'config',
  BAD_WHATSAPP_PROFILE: 'config',
  NO_WHATSAPP_PROFILE: 'config',
  NO_WEBHOOK_SECRETS: 'config',
  CANNOT_LISTEN: 'config',
  PROFILE_OTHER_CHANNEL: 'config',
  BAD_SETTINGS: 'config',
  BAD_SECRET: 'config',
  WRONG_KEY: 'config',
  BAD_KEY: 'config',
  KEY_NOT_FOUND: 'config',
  KEY_UNSAFE: 'config',
  BAD_REFERENCE: 'config',
  NO_OAUTH: 'config',
  KEY_INLINE: 'config',
  NO_ACCESS: 'config',
  SCHEDULER_MISSING: 'config',
  SCHEDULER_REFUSED: 'config',
  SCHEDULE_FOREIGN: 'config',
} as const

export type ErrorCode = keyof typeof ERRORS
export type ErrorKind = (typeof ERRORS)[ErrorCode]
export type ErrorParams = Readonly<Record<string, string | number>>

/** One of several things that are wrong at once. Its words are in ui/messages under `<family>.<code>`. */
export interface ErrorProblem {
  readonly family: 'setting-problem' | 'template-problem' | 'addenda-problem'
  readonly code: string
  readonly params: ErrorParams
}

/**
 * A reason the program knows. Thrown where it is known, worded where it is shown: `params` fill the `{holes}` of its message,
 * the words of `problems`, a line each, fill `{problems}`. `params.variant` takes the words under `error.<CODE>.<variant>`.
 */
export class CfdiMailError extends Error {
  readonly code: ErrorCode
  readonly params: ErrorParams
  readonly problems: readonly ErrorProblem[]

  constructor(
    code: ErrorCode,
    params: ErrorParams = {},
    options: { readonly cause?: unknown; readonly problems?: readonly ErrorProblem[] } = {},
  ) {
    super(code, options)
    this.name = 'CfdiMailError'
    this.code = code
    this.params = params
    this.problems = options.problems ?? []
  }
}
