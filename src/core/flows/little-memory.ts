import { setFlagsFromString } from 'node:v8'

/** Work of this kind that is under way: the connections of a lane are several. */
let running = 0

/**
 * Runs work that makes much and keeps little. V8 lets its old space grow to nearly three times what lives in it before it
 * looks; attachments' bytes and orders of batches that are long written wait for that. Here it looks when half has come to it.
 */
export async function inLittleMemory<T>(work: () => Promise<T>): Promise<T> {
  if (running++ === 0) setFlagsFromString('--heap-growing-percent=50')
  try {
    return await work()
  } finally {
    if (--running === 0) setFlagsFromString('--heap-growing-percent=0')
  }
}

/**
 * From now on the young space stays as small as it is. V8 doubles it, to 48 MB, while objects outlive collections, as a batch in hand
 * does; the time that this saves is a quarter of a dry run's and cannot be seen where each document takes milliseconds. To be called
 * now and then: Node 20's V8 makes 2 of the factor again, for all threads, whenever one starts. What such a run tells at its end
 * makes as much, so it is taken back when all is told, where compiled code is written down (cli/compiled-cache.ts).
 */
export function keepYoungSpace(): void {
  setFlagsFromString('--semi-space-growth-factor=1')
}

/** To be called before compiled code is loaded: V8 takes it only under the flags that it was made with, those of its start. */
export function growAsUsual(): void {
  setFlagsFromString('--semi-space-growth-factor=2')
}
