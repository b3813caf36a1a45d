import type { Room } from '../message/assemble.ts'

/** What most messages need. A larger one gets bytes of its own, which nobody keeps. */
const KEPT_BYTES = 256 * 1024

/**
 * Places for a connection's messages, whose bytes then leave nothing to the collector: one for the message that is on its way, and
 * one for the next, which is made ready meanwhile.
 */
export interface MessageRooms {
  /** The place of the next message. What was put there before and not begun is gone. */
  readonly next: Room
  /** The next message is the one on its way now. All of the one before has left. */
  readonly begin: () => void
  /** The connection was given up and may still hold the message on its way: its place is not used again. */
  readonly abandon: () => void
}

export function messageRooms(): MessageRooms {
  let spare: Buffer | null = null
  let busy: Buffer | null = null
  return {
    next(bytes) {
      if (bytes > KEPT_BYTES) return Buffer.allocUnsafeSlow(bytes)
      spare ??= Buffer.allocUnsafeSlow(KEPT_BYTES)
      return spare.subarray(0, bytes)
    },
    begin() {
      ;[busy, spare] = [spare, busy]
    },
    abandon() {
      busy = null
    },
  }
}
