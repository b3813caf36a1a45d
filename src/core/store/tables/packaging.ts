import type { Generated } from 'kysely'

export interface PackagingTypeTable {
  code: string
  description: string
  customer: string | null
  /** JSON list of kinds. */
  kinds: string
  pdf: string
  with_bom: number
  grouping: string
  zip: number
  password_rule: string | null
  /** What the mail says of the password instead of the rule's words. */
  lock_words: string | null
  profile: string | null
  sender: string | null
  subject: string | null
  body: string | null
  long_timeout: number
  log_success: number
  folder: string | null
  name_pattern: string | null
  by_mail: number
  after_send: string
  addenda: string | null
  existing_addenda: string
  portal_access: Generated<string>
  /** JSON: kind of document or `several` → name of a template. */
  templates: Generated<string>
}

/** What is said of a kind of document; null is left to others. */
export interface DocumentSettingTable {
  kind: string
  /** Class of customers, '' for everybody. */
  class: string
  enabled: number | null
  automatic: number | null
  subject: string | null
  body: string | null
}

export interface TemplateTable {
  name: string
  subject: string
  /** Text, or `HTML` and then HTML. */
  body: string
  updated_at: string
  description: Generated<string>
  /** any, sales, payments, payroll, papers. */
  scope: Generated<string>
}

export interface AddendaTable {
  name: string
  body: string
  updated_at: string
}

/** A file in a destination folder, once for each document in it. */
export interface PackagedFileTable {
  path: string
  uuid: string
  customer: string
  type: string
  /** The destination folder as the type named it. */
  root: string
  sha256: string
  bytes: number
  /** Of the source, where the file is a derived copy (BOM); null where it is the same. */
  source_sha256: string | null
  /** Null when no message was queued with it. */
  order_id: string | null
  state: string
  /** Why it was kept. */
  reason: string
  written_at: string
  /** When it was removed, or kept for good. */
  changed_at: string | null
}
