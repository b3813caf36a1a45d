import type { ErrorCode } from '../errors.ts'

/** One kept secret: where, in which form, and whether it opens. Never what it is. */
export interface SecretCheck {
  /** Such as `profile:oficina:secret`. */
  readonly place: string
  readonly form: 'sealed' | 'reference'
  /** Id of the key that sealed it; null for a reference. */
  readonly key: string | null
  /** Null for a reference: what it leads to is not looked at. */
  readonly opens: boolean | null
  /** Why it does not open. */
  readonly problem: ErrorCode | null
}

export interface SecretsCheckedResult {
  readonly kind: 'secrets-checked'
  /** The key in use, or null while there is none. */
  readonly key: { readonly id: string; readonly file: string } | null
  readonly secrets: readonly SecretCheck[]
  readonly needsPerson: boolean
}

export interface RekeyedResult {
  readonly kind: 'rekeyed'
  readonly key: { readonly id: string; readonly file: string }
  /** The key before, and the file where it is kept; null when there was none. */
  readonly former: { readonly id: string; readonly file: string } | null
  /** Whether the former key was deleted. */
  readonly forgotten: boolean
  /** Values that were sealed anew. */
  readonly values: number
}
