import type { ErrorCode } from '../errors.ts'

export interface ErrorResult {
  readonly kind: 'error'
  readonly code: ErrorCode | 'USAGE' | 'UNEXPECTED'
  /** In the reader's language. */
  readonly message: string
  readonly hint?: string
  /** What a value that was refused, or a name that nobody has, was probably meant to be; left out when nothing is near. */
  readonly nearest?: string
}
