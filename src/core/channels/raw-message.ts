import type { Socket } from 'node:net'

/** Small enough that timers run, and an early answer is heard, between two pieces of a large attachment. */
const PIECE = 256 * 1024

/** Writes a message's bytes, and resolves when the operating system has them all or there is no reason to go on. */
export async function pour(socket: Socket, pieces: readonly Buffer[], stopped: () => boolean): Promise<void> {
  for (const batch of batchesOf(joined(pieces))) {
    if (stopped()) return
    await written(socket, batch)
  }
}

/** Hands buffers to the operating system in one call; resolves when it has them, or the connection is gone. */
export function written(socket: Socket, batch: readonly Buffer[]): Promise<void> {
  return new Promise((resolve) => {
    if (batch.length === 1) {
      socket.write(batch[0] ?? Buffer.alloc(0), () => resolve())
      return
    }
    socket.cork()
    for (const piece of batch.slice(0, -1)) socket.write(piece)
    socket.write(batch.at(-1) ?? Buffer.alloc(0), () => resolve())
    socket.uncork()
  })
}

/** Pieces that lie one behind the other in memory are one: the operating system takes a single one for less than a list. */
function joined(pieces: readonly Buffer[]): readonly Buffer[] {
  const whole: Buffer[] = []
  for (const piece of pieces) {
    const before = whole.at(-1)
    if (before?.buffer === piece.buffer && before.byteOffset + before.length === piece.byteOffset)
      whole[whole.length - 1] = Buffer.from(before.buffer, before.byteOffset, before.length + piece.length)
    else whole.push(piece)
  }
  return whole
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
