import { closeSync, openSync, readFileSync, readSync } from 'node:fs'
import { blobPath } from './spool.ts'

/** Room for the snapshots of most messages. */
const ROOM_BYTES = 512 * 1024

let room: Buffer | undefined

/**
 * The bytes of a message's snapshots, unchecked: for who checks what is made of them, at once. The next call may put others in their
 * place, so that thousands of messages do not leave theirs to the collector.
 * @param names SHA-256 of each, hex
 * @returns null for a file that is not there
 */
export function uncheckedBlobs(spool: string, names: readonly string[]): readonly (Buffer | null)[] {
  room ??= Buffer.allocUnsafeSlow(ROOM_BYTES)
  let rest = room
  return names.map((sha256) => {
    const path = blobPath(spool, sha256)
    try {
      const length = readInto(rest, path)
      if (length === rest.length) return readFileSync(path)
      const bytes = rest.subarray(0, length)
      rest = rest.subarray(length)
      return bytes
    } catch {
      return null
    }
  })
}

/** @returns bytes read; as many as there is room for when the file may have more */
function readInto(target: Buffer, path: string): number {
  const file = openSync(path, 'r')
  try {
    return readSync(file, target)
  } finally {
    closeSync(file)
  }
}
