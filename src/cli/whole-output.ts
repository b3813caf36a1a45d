import { once } from 'node:events'
import { fstatSync, writeSync } from 'node:fs'
import type { Host } from './host.ts'

/** What is written to a file or a device, and how the stream is told. Node's own type has no such member. */
interface Writing {
  _write(chunk: Uint8Array, encoding: string, done: (error?: Error | null) => void): void
}

/**
 * Standard output that is a file gets all of each text or an error. Node writes once and takes whatever fits for all: a JSON
 * document on a disk that fills up ended in the middle, with exit code 0.
 */
export function writeWhole({ stdout }: Pick<Host, 'stdout'>): void {
  const { fd } = stdout
  if (stdout.isTTY || !isFile(fd)) return
  const writing: Writing = stdout
  writing._write = (chunk, _encoding, done) => {
    try {
      for (let from = 0; from < chunk.length;) from += writeSync(fd, chunk, from)
    } catch (error) {
      done(error as Error)
      return
    }
    done()
  }
}

/** Waits until a pipe's reader has taken what was written, or is gone. After a signal nobody waits: that is for the process's end. */
export async function untilTaken(
  { stdout }: Pick<Host, 'stdout'>,
  signal: AbortSignal,
): Promise<'read' | 'gone'> {
  if (stdout.writableNeedDrain && !signal.aborted)
    await once(stdout, 'drain', { signal }).catch(() => undefined)
  return stdout.errored === null ? 'read' : 'gone'
}

function isFile(fd: number): boolean {
  try {
    return fstatSync(fd).isFile()
  } catch {
    return false
  }
}
