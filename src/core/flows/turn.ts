import { setImmediate } from 'node:timers/promises'

/** Lets the process look around: work that waits for nothing hears no signal and draws no progress until it is through. */
export async function takeTurn(): Promise<void> {
  await setImmediate()
}
