/** Who may do what. Without a row everybody may do everything. */
export interface OperatorTable {
  /** Operating-system user. */
  user: string
  role: string
}

export interface RoleTable {
  name: string
  /** JSON list. */
  permissions: string
}
