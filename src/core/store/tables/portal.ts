/** A customer's sign-in to the portal. */
export interface PortalAccessTable {
  customer: string
  /** Upper case; unique. */
  user: string
  /** secrets/password-hash.ts; null while there is none. */
  password_hash: string | null
  /** 1 for one that the program made: the portal asks for another at the first sign-in. */
  temporary: number
  /** Order whose mail says the first password; null for one that a person set. */
  first_order: string | null
  updated_at: string
}

/** The first password that an order's mail says, sealed, until it was sent. The order itself holds a mask in its place. */
export interface OrderPasswordTable {
  order_id: string
  sealed_password: string
}

/** A party's own password for the ZIPs that it is sent. */
export interface FilePasswordTable {
  customer: string
  sealed_password: string
}
