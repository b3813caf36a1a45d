import type { Host } from './host.ts'

/** The first signal asks for an end, a second one insists. */
export type SignalMoment = 'asked' | 'insisted'

export interface Signals {
  readonly abort: AbortSignal
  /** 130 or 143 when a signal came, else undefined. */
  exitCode(): number | undefined
  release(): void
}

const CODES = { SIGINT: 130, SIGTERM: 143 } as const

/**
 * The first SIGINT or SIGTERM asks: what is in hand is finished, nothing new is begun. A second one ends the process at once;
 * the store then tells by its dot marks what became of the message in flight.
 * @param tell what the person who signals is told, while it happens
 */
export function onSignals(
  host: Pick<Host, 'on' | 'off' | 'exit' | 'stdout'>,
  tell: (moment: SignalMoment) => void,
): Signals {
  const controller = new AbortController()
  let code: number | undefined
  const listener = (signal: NodeJS.Signals) => {
    const own = signal === 'SIGINT' ? CODES.SIGINT : CODES.SIGTERM
    tell(code === undefined ? 'asked' : 'insisted')
    if (code !== undefined) host.exit(own)
    code = own
    controller.abort()
  }
  host.on('SIGINT', listener)
  host.on('SIGTERM', listener)
  // Nobody reads the outcome any more: the message in hand is finished and written down, nothing more is begun.
  const unread = () => {
    controller.abort()
  }
  host.stdout.on('error', unread)
  return {
    abort: controller.signal,
    exitCode: () => code,
    release() {
      host.off('SIGINT', listener)
      host.off('SIGTERM', listener)
      host.stdout.off('error', unread)
    },
  }
}
