import type { Host } from './host.ts'

/** The first signal asks for an end, a second one insists. */
export type SignalMoment = 'asked' | 'insisted'

export interface Signals {
  readonly abort: AbortSignal
  /** 129, 130 or 143 when a signal came, else undefined. */
  exitCode(): number | undefined
  /** Ends the process at once, with that code; without a signal as Ctrl-C does. */
  leave(): void
  /** The same, as if the terminal were known to be gone. */
  hangUp(): void
  release(): void
}

const CODES = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const
type EndSignal = keyof typeof CODES
const END_SIGNALS = Object.keys(CODES) as readonly EndSignal[]

/**
 * The first SIGINT, SIGTERM or SIGHUP asks: what is in hand is finished, nothing new is begun. A second one ends the process at
 * once; the store then tells by its dot marks what became of the message in flight. A second SIGHUP asks only again: of a window
 * that is closed the shell tells, and the system once more.
 * @param tell what the person who signals is told, while it happens
 */
export function onSignals(
  host: Pick<Host, 'on' | 'off' | 'exit' | 'stdout' | 'kill' | 'pid' | 'platform'>,
  tell: (moment: SignalMoment) => void,
): Signals {
  const controller = new AbortController()
  let code: number | undefined
  const listener = (signal: EndSignal) => {
    const isFirst = code === undefined
    code = CODES[signal]
    if (!isFirst && signal === 'SIGHUP') return
    tell(isFirst ? 'asked' : 'insisted')
    if (!isFirst) host.exit(code)
    controller.abort()
  }
  for (const signal of END_SIGNALS) host.on(signal, listener)
  // Nobody reads the outcome any more: the message in hand is finished and written down, nothing more is begun.
  const unread = () => {
    controller.abort()
  }
  host.stdout.on('error', unread)
  const leave = () => {
    if (code === CODES.SIGHUP) host.off('SIGHUP', listener)
    endAs(host, code ?? CODES.SIGINT)
  }
  return {
    abort: controller.signal,
    exitCode: () => code,
    leave,
    hangUp() {
      code = CODES.SIGHUP
      leave()
    },
    release() {
      for (const signal of END_SIGNALS) host.off(signal, listener)
      host.stdout.off('error', unread)
    },
  }
}

/**
 * Ends the process with an exit code. A hang-up ends it as if nobody had listened: Node 20 dies of an assertion (SIGABRT) when it ends
 * and cannot put the settings of a terminal back that is gone.
 */
export function endAs(host: Pick<Host, 'exit' | 'kill' | 'pid' | 'platform'>, code: number): void {
  if (code === CODES.SIGHUP && host.platform !== 'win32') host.kill(host.pid, 'SIGHUP')
  else host.exit(code)
}
