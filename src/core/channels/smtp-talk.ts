import { type Deadline, deadline } from './smtp-deadline.ts'
import { WireError } from './smtp-errors.ts'
import { type Lines, readLines } from './smtp-lines.ts'
import type { Peer } from './smtp-login.ts'

/** A signed-in peer, and what is said from then on: the library's part ends with the sign-in (docs/adr/0026-own-transactions.md). */
export interface Talk {
  readonly peer: Peer
  readonly lines: Lines
  /** Of what it waits for. */
  readonly limit: Deadline
  /** Gives the connection up: nothing more is read, and bytes that wait in its buffer do not leave. */
  readonly drop: (reason: WireError) => void
}

/** Takes the connection from the library. It is dropped when the program has to end. */
export function talkWith(peer: Peer): Talk {
  peer.socket.removeAllListeners('data')
  const lines = readLines(peer.socket)
  const drop = (reason: WireError) => {
    limit.close()
    lines.end(reason)
    peer.connection.close()
  }
  const limit = deadline(() => drop(new WireError('timeout', 'no reply in time')))
  const stop = () => drop(new WireError('timeout', 'no reply before the program had to end'))
  if (peer.leash.over.aborted) stop()
  else peer.leash.over.addEventListener('abort', stop)
  return { peer, lines, limit, drop }
}
