import type { Socket } from 'node:net'

/** Small enough that timers run, and an early answer is heard, between two pieces of a large attachment. */
const PIECE = 256 * 1024

/** Writes a message's bytes, and resolves when the operating system has them all or there is no reason to go on. */
export async function pour(socket: Socket, pieces: readonly Buffer[], stopped: () => boolean): Promise<void> {
  for (const batch of batchesOf(pieces)) {
    if (stopped()) return
    await written(socket, batch)
  }
}

/** Hands buffers to the operating system in one call; resolves when it has them, or the connection is gone. */
export function written(socket: Socket, batch: readonly Buffer[]): Promise<void> {
  return new Promise((resolve) => {
    socket.cork()
    for (const piece of batch.slice(0, -1)) socket.write(piece)
    socket.write(batch.at(-1) ?? Buffer.alloc(0), () => resolve())
    socket.uncork()
  })
}

function* batchesOf(pieces: readonly Buffer[]): Generator<readonly Buffer[]> {
  let batch: Buffer[] = []
  let room = PIECE
  for (const piece of pieces) {
    for (let start = 0; start < piece.length;) {
      const part = piece.subarray(start, start + room)
      batch.push(part)
      start += part.length
      room -= part.length
      if (room > 0) continue
      yield batch
      batch = []
      room = PIECE
    }
  }
  if (batch.length > 0) yield batch
}
