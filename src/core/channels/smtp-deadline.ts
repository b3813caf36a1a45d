export interface Deadline {
  /** Milliseconds from now; takes the place of an earlier one. */
  readonly set: (ms: number) => void
  readonly clear: () => void
  readonly close: () => void
}

/**
 * A time that can be set again and, once closed, no more. A message sets four, and nearly all of them are met: a timer of the
 * engine that is there already, and would ring no later, is left as it is and asks what there is to wait for when it rings. It does
 * not keep the program: what is waited for does.
 */
export function deadline(expired: () => void): Deadline {
  let timer: NodeJS.Timeout | undefined
  let rings = Infinity
  let ends = Infinity
  let open = true
  const wait = (ms: number) => {
    clearTimeout(timer)
    rings = performance.now() + ms
    timer = setTimeout(ring, ms).unref()
  }
  const ring = () => {
    const left = ends - performance.now()
    rings = Infinity
    if (left <= 0) expired()
    else if (left < Infinity) wait(left)
  }
  return {
    set(ms) {
      if (!open) return
      ends = performance.now() + ms
      if (ends < rings) wait(ms)
    },
    clear() {
      ends = Infinity
    },
    close() {
      open = false
      clearTimeout(timer)
    },
  }
}
