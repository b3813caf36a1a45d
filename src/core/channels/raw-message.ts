import { EventEmitter } from 'node:events'
import type { Socket } from 'node:net'
import type { Duplex, Readable, Writable } from 'node:stream'
import { dotStuffed, LAST_LINE_END } from './dot-stuffing.ts'

/** Small enough that timers run between two pieces of a large attachment. */
const PIECE = 64 * 1024

export interface RawMessageOptions {
  readonly chunks: readonly Buffer[]
  /** The connection under the library's stream: its buffer has to be empty before the dot. */
  readonly socket: Socket
  /** The server said 354: the transfer begins. */
  readonly onStart: () => void
  /** All bytes are written. The final dot follows when it resolves and `stop` was not called meanwhile. */
  readonly beforeDot: () => Promise<void>
  /** The dot is next. */
  readonly onDot: () => void
  /** The dot has left the library. */
  readonly onSent: () => void
  /** Something of these threw. */
  readonly onFailure: (error: unknown) => void
}

export interface RawMessage {
  /** For SMTPConnection.send(), which asks a stream for nothing but `on` and, after 354, `pipe`. */
  readonly stream: Readable
  /** Writes nothing more, the dot least of all. */
  readonly stop: () => void
}

/** A message that holds back its final dot until the store knows that it is about to be sent. */
export function rawMessage(options: RawMessageOptions): RawMessage {
  let ended = false
  const stop = () => {
    ended = true
  }
  const stopped = () => ended
  const pipe = (target: Duplex) => {
    pour(options, target, stopped).catch((error: unknown) => options.onFailure(error))
    return target
  }
  const stream = Object.assign(new EventEmitter(), { pipe, destroy: stop })
  return { stream: stream as unknown as Readable, stop }
}

async function pour(options: RawMessageOptions, target: Duplex, stopped: () => boolean): Promise<void> {
  options.onStart()
  // Past the library's stream, which looks at every byte in turn; only the end goes through it, for the dot to follow.
  const wire = dotStuffed(options.chunks)
  await writeAll(wire === null ? target : options.socket, wire ?? options.chunks, stopped)
  if (wire !== null && !stopped()) target.write(LAST_LINE_END)
  await emptied(target, options.socket, stopped)
  if (stopped()) return
  await options.beforeDot()
  if (stopped()) return
  options.onDot()
  await new Promise<void>((resolve) => target.end(resolve))
  options.onSent()
}

async function writeAll(target: Writable, chunks: readonly Buffer[], stopped: () => boolean): Promise<void> {
  for (const chunk of chunks) {
    for (let start = 0; start < chunk.length && !stopped(); start += PIECE) {
      if (!target.write(chunk.subarray(start, start + PIECE))) await drained(target)
    }
  }
}

function drained(stream: Writable): Promise<void> {
  return new Promise((resolve) => stream.once('drain', resolve))
}

/** Resolves when the operating system has every byte: the doubt about the dot should begin as late as it can. */
async function emptied(target: Duplex, socket: Socket, stopped: () => boolean): Promise<void> {
  while (!stopped() && target.writableLength + target.readableLength > 0) {
    await (socket.writableNeedDrain ? drained(socket) : new Promise((resolve) => setImmediate(resolve)))
  }
  // Writes are carried out in order, so the callback of an empty one says that those before it are done.
  await new Promise<void>((resolve) => socket.write(Buffer.alloc(0), () => resolve()))
}
