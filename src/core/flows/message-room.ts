import type { Room } from '../message/assemble.ts'

/** What most messages need. A larger one gets bytes of its own, which nobody keeps. */
const KEPT_BYTES = 256 * 1024

/** The place of a connection's messages, one after another: their bytes leave nothing to the collector. */
export interface MessageRoom {
  readonly take: Room
  /** Others will be used from now on: a connection that was given up may still hold these, and must not send the next message's. */
  readonly abandon: () => void
}

export function messageRoom(): MessageRoom {
  let kept: Buffer | null = null
  return {
    take(bytes) {
      if (bytes > KEPT_BYTES) return Buffer.allocUnsafeSlow(bytes)
      kept ??= Buffer.allocUnsafeSlow(KEPT_BYTES)
      return kept.subarray(0, bytes)
    },
    abandon() {
      kept = null
    },
  }
}
