import { parseReply, type Reply } from '../model/reply.ts'

/** One command and its reply. */
export interface Exchange {
  /** The command's verb alone: arguments may be secrets. */
  readonly verb: string
  reply: Reply | null
  /** Milliseconds from the command to its reply. */
  ms: number
}

/** What was said since `clear`, in order. SMTP answers in the order of the commands, pipelined or not. */
export interface Transcript {
  readonly exchanges: () => readonly Exchange[]
  readonly clear: () => void
  /** Called after every line, either way. */
  readonly watch: (changed: () => void) => void
  /** The last whole reply, as it came. */
  readonly lastRaw: () => string
  /** For the library's `logger`; it masks secrets before they come here. */
  readonly logger: { readonly debug: (entry: unknown, line: unknown) => void }
}

/**
 * Listens to the library's protocol log, the only place where it tells each recipient's own reply, the accepting ones too.
 */
export function transcript(): Transcript {
  let exchanges: (Exchange & { readonly at: number })[] = []
  let changed = (): void => undefined
  let last = ''
  const heard = (raw: string) => {
    last = raw
    const open = exchanges.find((exchange) => exchange.reply === null)
    if (open === undefined) return
    open.reply = parseReply(raw)
    open.ms = Math.round(performance.now() - open.at)
  }
  const said = (line: string) => {
    const verb = (line.split(' ')[0] ?? '').toUpperCase()
    exchanges.push({ verb, reply: null, ms: 0, at: performance.now() })
  }
  return {
    exchanges: () => exchanges,
    clear: () => {
      exchanges = []
    },
    watch: (listener) => {
      changed = listener
    },
    lastRaw: () => last,
    logger: {
      debug(entry, line) {
        const from = typeof entry === 'object' && entry !== null && 'tnx' in entry ? entry.tnx : ''
        if (typeof line !== 'string') return
        if (from === 'server') heard(line)
        else if (from === 'client') said(line)
        else return
        changed()
      },
    },
  }
}
