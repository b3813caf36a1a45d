import type { Socket } from 'node:net'
import { WireError, wordsOf } from './smtp-errors.ts'

/** Largest reply that is listened to, in bytes. */
const LARGEST_REPLY = 64 * 1024

/** Commands and replies on a bare socket, for the steps around the library's part of a session. */
export interface Lines {
  /** The next whole reply, its lines joined by `\n`. Rejects with a WireError when it does not come within `ms`. */
  readonly read: (ms: number) => Promise<string>
  /** Sends one command and reads its reply. */
  readonly ask: (command: string, ms: number) => Promise<string>
  /** Whether the peer has sent anything that was not read. */
  readonly hasMore: () => boolean
  /** Lets go of the socket; `text` and what was not read yet are what its next reader finds. */
  readonly release: (text: string) => void
}

/** Takes a socket's bytes until it is released. The deadlines are wall-clock: a peer that drips bytes does not stretch them. */
export function readLines(socket: Socket): Lines {
  let received = Buffer.alloc(0)
  let ended: WireError | null = null
  let wake = (): void => undefined
  const onData = (chunk: Buffer) => {
    received = Buffer.concat([received, chunk])
    wake()
  }
  const onEnd = () => {
    ended ??= new WireError('closed', 'connection closed by the server')
    wake()
  }
  const onError = (error: Error) => {
    ended ??= new WireError('closed', wordsOf(error))
    wake()
  }
  socket.on('data', onData).on('end', onEnd).on('close', onEnd).on('error', onError)
  socket.resume()

  async function read(ms: number): Promise<string> {
    const until = performance.now() + ms
    for (;;) {
      const end = endOfReply(received)
      if (end > 0) {
        const reply = received.subarray(0, end).toString('utf8').trimEnd()
        received = received.subarray(end)
        return reply
      }
      if (ended !== null) throw ended
      await nextChange(until - performance.now())
    }
  }

  function nextChange(ms: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new WireError('timeout', 'no reply in time')), Math.max(ms, 0))
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  return {
    read,
    ask(command, ms) {
      socket.write(`${command}\r\n`)
      return read(ms)
    },
    hasMore: () => received.length > 0,
    release(text) {
      socket.pause()
      socket.off('data', onData).off('end', onEnd).off('close', onEnd).off('error', onError)
      const rest = Buffer.concat([Buffer.from(text), received])
      if (rest.length > 0 && !socket.readableEnded) socket.unshift(rest)
    },
  }
}

/** Index after the last line of the first complete reply, or 0 while more has to come. */
function endOfReply(bytes: Buffer): number {
  let start = 0
  for (;;) {
    const lineEnd = bytes.indexOf(0x0a, start)
    if (lineEnd < 0) {
      if (bytes.length > LARGEST_REPLY) throw new WireError('nonsense', 'reply too long')
      return 0
    }
    const line = bytes.subarray(start, lineEnd).toString('latin1').trimEnd()
    if (!/^\d{3}(?:[ -]|$)/.test(line))
      throw new WireError('nonsense', `not an SMTP reply: ${line.slice(0, 80)}`)
    start = lineEnd + 1
    if (line[3] !== '-') return start
  }
}
