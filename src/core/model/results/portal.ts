/** `none`: the next mail brings a first one. `first`: the program made it. `own`: a person set it. */
export const PASSWORD_STATES = ['none', 'first', 'own'] as const
export type PasswordState = (typeof PASSWORD_STATES)[number]

/** A customer's way into the portal; never the password. */
export interface PortalAccessResult {
  readonly kind: 'portal-access'
  readonly customer: string
  readonly name: string
  /** Upper case; what it would be when nobody gave it one yet. */
  readonly user: string
  readonly password: PasswordState
  /** Order whose mail says the first password and is not out yet, or null. */
  readonly pendingOrder: string | null
  /** ISO 8601 UTC; null while there is no access. */
  readonly updatedAt: string | null
  /** Page where the customer signs in, or null while the settings name none. */
  readonly portalUrl: string | null
}
