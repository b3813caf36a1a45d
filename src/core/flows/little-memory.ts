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

let isYoungSpaceKept = false

/**
 * Runs work that takes milliseconds a document in a young space that stays as small as it is. V8 doubles it, to 48 MB, while
 * objects outlive collections, as a batch in hand does; the time that this saves is a quarter of a dry run's and cannot be seen here. Only
 * while it runs does V8 take 1 for the factor: at its start it makes 2 of it.
 */
export async function inYoungSpaceAsItIs<T>(work: () => Promise<T>): Promise<T> {
  isYoungSpaceKept = true
  keepYoungSpace()
  try {
    return await work()
  } finally {
    isYoungSpaceKept = false
    setFlagsFromString('--semi-space-growth-factor=2')
  }
}

/** For work that `inYoungSpaceAsItIs` runs, to be called now and then: every thread that starts makes 2 of the factor, for all threads. */
export function keepYoungSpace(): void {
  if (isYoungSpaceKept) setFlagsFromString('--semi-space-growth-factor=1')
}
