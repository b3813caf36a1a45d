/** What the server last said to the library, which does not tell the words of its yes. */
export interface Transcript {
  /** The last whole reply, as it came. */
  readonly lastRaw: () => string
  /** For the library's `logger`; it masks secrets before they come here. */
  readonly logger: { readonly debug: (entry: unknown, line: unknown) => void }
}

/** Listens to the library's protocol log. */
export function transcript(): Transcript {
  let last = ''
  return {
    lastRaw: () => last,
    logger: {
      debug(entry, line) {
        const from = typeof entry === 'object' && entry !== null && 'tnx' in entry ? entry.tnx : ''
        if (typeof line === 'string' && from === 'server') last = line
      },
    },
  }
}
