import type { Deadlines } from './channel.ts'
import type { Exchange } from './smtp-transcript.ts'

export interface Deadline {
  readonly set: (ms: number | null) => void
  readonly clear: () => void
  readonly close: () => void
}

/** A timer that can be set again and, once closed, no more. Null leaves it as it is. */
export function deadline(expired: () => void): Deadline {
  let timer: NodeJS.Timeout | undefined
  let open = true
  return {
    set(ms) {
      if (ms === null || !open) return
      clearTimeout(timer)
      timer = setTimeout(expired, ms)
    },
    clear: () => clearTimeout(timer),
    close() {
      open = false
      clearTimeout(timer)
    },
  }
}

/** Milliseconds that the first command without a reply may still wait; null while none does. */
export function nextDeadline(
  exchanges: readonly Exchange[],
  { command, dataInit }: Deadlines,
): number | null {
  const open = exchanges.find(({ reply }) => reply === null)
  if (open === undefined) return null
  return open.verb === 'DATA' ? dataInit : command
}
