export interface CustomerGroupTable {
  code: string
  name: string
  /** Address inside the firm that gets requests for access; '' for none. */
  requests_to: string
  /** From address of the group's notices; '' takes the profile's. */
  notices_from: string
  updated_at: string
}

/** What differs from the usual notice. */
export interface GroupNoticeTable {
  group_code: string
  event: string
  enabled: number
  /** Null takes the built-in text. */
  subject: string | null
  body: string | null
}
