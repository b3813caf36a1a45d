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
}

export interface TemplateTable {
  name: string
  subject: string
  /** Text, or `HTML` and then HTML. */
  body: string
  updated_at: string
}

export interface AddendaTable {
  name: string
  body: string
  updated_at: string
}
