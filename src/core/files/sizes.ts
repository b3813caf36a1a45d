import { statSync } from 'node:fs'

/** Size of a file in bytes, or 0 when it cannot be looked at. */
export function fileSize(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0
}
