import type { ErrorCode } from '../errors.ts'

export interface ErrorResult {
  readonly kind: 'error'
  readonly code: ErrorCode | 'USAGE' | 'UNEXPECTED'
  /** In the reader's language. */
  readonly message: string
  readonly hint?: string
}
