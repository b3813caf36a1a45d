/** Writes one thing while the next is made. */
export interface BesideWriter {
  /** Waits for what is being written, and begins. A failure is thrown here at the next turn, or by `last`. */
  write(work: () => Promise<void>): Promise<void>
  /** Ends with what was begun last. */
  last(): Promise<void>
}

export function besideWriter(): BesideWriter {
  let running = Promise.resolve()
  return {
    async write(work) {
      await running
      running = work()
      // It is met where it is awaited, also when something else is thrown before.
      running.catch(() => undefined)
    },
    last: () => running,
  }
}
