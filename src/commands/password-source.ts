import type { PasswordSource } from '../core/flows/profile-password.ts'

/** Where a secret is, from the two flags that may say so; undefined when neither does. */
export function passwordSource(
  stdin: boolean | undefined,
  reference: string | undefined,
): PasswordSource | undefined {
  if (stdin === true) return 'stdin'
  return reference === undefined ? undefined : { reference }
}
