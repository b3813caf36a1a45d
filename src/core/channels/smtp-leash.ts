/** Milliseconds that a session goes on after the program was asked to end. */
export interface Grace {
  /** Until the server has said 354: nothing is lost by ending. */
  readonly talk: number
  /** While a message is on its way: without an answer nobody knows whether it arrived. */
  readonly message: number
}

/** A service manager kills after 90 seconds (systemd) or 10 (containers); the store tells what happened either way. */
export const GRACE: Grace = { talk: 1_500, message: 30_000 }

/** What one session may still do once the program was asked to end. */
export interface Leash {
  /** Aborts when it has to stop, wherever it is. */
  readonly over: AbortSignal
  /** Says what is under way; the time for it counts from now, or from the asking when that comes later. */
  readonly carry: (what: 'talk' | 'message') => void
  /** The session has ended. */
  readonly release: () => void
}

/** @param asked aborts when the program is asked to end (SIGTERM, SIGINT, SIGHUP) */
export function leashOf(asked: AbortSignal, grace: Grace = GRACE): Leash {
  const over = new AbortController()
  let timer: NodeJS.Timeout | undefined
  let ms = grace.talk
  const count = () => {
    clearTimeout(timer)
    timer = setTimeout(() => over.abort(), ms)
  }
  if (asked.aborted) count()
  else asked.addEventListener('abort', count)
  return {
    over: over.signal,
    carry(what) {
      ms = grace[what]
      if (asked.aborted) count()
    },
    release() {
      clearTimeout(timer)
      asked.removeEventListener('abort', count)
    },
  }
}
