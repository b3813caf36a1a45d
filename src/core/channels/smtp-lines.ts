import type { Socket } from 'node:net'
import { WireError, wordsOf } from './smtp-errors.ts'

/** Largest reply that is listened to, in bytes. */
const LARGEST_REPLY = 64 * 1024
const [CR, LF] = [0x0d, 0x0a]
const NOTHING = Buffer.alloc(0)

/** Commands and replies on a bare socket, for all but the library's part of a session. One reply is waited for at a time. */
export interface Lines {
  /** The next whole reply, its lines joined by `\n`. Rejects with a WireError when the connection ends before it came. */
  readonly next: () => Promise<string>
  /** The same; also rejects when it does not come within `ms`. */
  readonly read: (ms: number) => Promise<string>
  /** Sends one command and reads its reply. */
  readonly ask: (command: string, ms: number) => Promise<string>
  /** Whether the peer has sent anything that was not read. */
  readonly hasMore: () => boolean
  readonly isOver: () => boolean
  /** Nothing more is read: who waits, or asks later, is told why. */
  readonly end: (reason: WireError) => void
  /** Lets go of the socket; `text` and what was not read yet are what its next reader finds. */
  readonly release: (text: string) => void
}

interface Waiting {
  readonly resolve: (reply: string) => void
  readonly reject: (reason: WireError) => void
}

/** Takes a socket's bytes until it is released. The deadlines are wall-clock: a peer that drips bytes does not stretch them. */
export function readLines(socket: Socket): Lines {
  let received: Buffer = NOTHING
  let ended: WireError | null = null
  let waiting: Waiting | null = null
  const answer = () => {
    if (waiting === null) return
    const { resolve, reject } = waiting
    const taken = takeReply(received)
    if (taken instanceof WireError) ended ??= taken
    if (taken !== null && !(taken instanceof WireError)) {
      received = taken.rest
      waiting = null
      resolve(taken.reply)
    } else if (ended !== null) {
      waiting = null
      reject(ended)
    }
  }
  const end = (reason: WireError) => {
    ended ??= reason
    answer()
  }
  const onData = (chunk: Buffer) => {
    received = received.length === 0 ? chunk : Buffer.concat([received, chunk])
    answer()
  }
  const onEnd = () => end(new WireError('closed', 'connection closed by the server'))
  const onError = (error: Error) => end(new WireError('closed', wordsOf(error)))
  socket.on('data', onData).on('end', onEnd).on('close', onEnd).on('error', onError)
  socket.resume()

  const next = () =>
    new Promise<string>((resolve, reject) => {
      waiting = { resolve, reject }
      answer()
    })

  async function read(ms: number): Promise<string> {
    const late = () => {
      waiting?.reject(new WireError('timeout', 'no reply in time'))
      waiting = null
    }
    const timer = setTimeout(late, Math.max(ms, 0))
    return await next().finally(() => clearTimeout(timer))
  }

  return {
    ...{ next, read, end },
    ask(command, ms) {
      socket.write(`${command}\r\n`)
      return read(ms)
    },
    hasMore: () => received.length > 0,
    isOver: () => ended !== null,
    release(text) {
      socket.pause()
      socket.off('data', onData).off('end', onEnd).off('close', onEnd).off('error', onError)
      const rest = Buffer.concat([Buffer.from(text), received])
      if (rest.length > 0 && !socket.readableEnded) socket.unshift(rest)
    },
  }
}

/** The first complete reply and what comes behind it; null while more has to come. Empty lines before it are nobody's. */
function takeReply(bytes: Buffer): { readonly reply: string; readonly rest: Buffer } | WireError | null {
  let first = 0
  while (bytes[first] === LF || (bytes[first] === CR && bytes[first + 1] === LF)) first++
  for (let start = first; ;) {
    const lineEnd = bytes.indexOf(LF, start)
    if (lineEnd < 0) return bytes.length > LARGEST_REPLY ? new WireError('nonsense', 'reply too long') : null
    const line = bytes.toString('latin1', start, lineEnd).trimEnd()
    if (!/^\d{3}(?:[ -]|$)/.test(line))
      return new WireError('nonsense', `not an SMTP reply: ${line.slice(0, 80)}`)
    start = lineEnd + 1
    if (line[3] !== '-')
      return { reply: bytes.toString('utf8', first, start).trimEnd(), rest: bytes.subarray(start) }
  }
}
