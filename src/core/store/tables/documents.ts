/** The index of the source folders: one row a file, read again only when its size or time changes. */
export interface DocumentTable {
  path: string
  size: number
  /** Microseconds since 1970, as the file system says. */
  mtime_us: number
  /** Time of the last change of the file's entry: a copy that keeps its date does not keep this. */
  ctime_us: number
  /** Null when it may be sent. */
  reason: string | null
  detail: string
  uuid: string | null
  kind: string | null
  series: string
  folio: string
  issued_at: string | null
  issuer_rfc: string
  receiver_rfc: string
  receiver_name: string
  total: string
  currency: string
  /** End of the Sello (`sealMark`). */
  seal_mark: string
  /** JSON of what the Nomina complement says; null where there is none. */
  payroll: string | null
  pdf: string | null
  /** JSON list of file names, `<stem>_Adj.*`. */
  extras: string
}

export interface CancelledDocumentTable {
  uuid: string
  at: string
  reason: string
}
