export interface Deadline {
  readonly set: (ms: number) => void
  readonly clear: () => void
  readonly close: () => void
}

/** A timer that can be set again and, once closed, no more. */
export function deadline(expired: () => void): Deadline {
  let timer: NodeJS.Timeout | undefined
  let open = true
  return {
    set(ms) {
      if (!open) return
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
