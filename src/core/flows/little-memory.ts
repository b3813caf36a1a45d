import { setFlagsFromString } from 'node:v8'

/**
 * Runs work that makes much and keeps little. V8 lets its old space grow to nearly three times what lives in it before it
 * looks; attachments' bytes and orders of batches that are long written wait for that. Here it looks when it has doubled.
 */
export async function inLittleMemory<T>(work: () => Promise<T>): Promise<T> {
  setFlagsFromString('--heap-growing-percent=100')
  try {
    return await work()
  } finally {
    setFlagsFromString('--heap-growing-percent=0')
  }
}
