import type { Findings } from '../figures.ts'

/** What a case is given. */
export interface Bench {
  /** An empty folder for it alone. */
  readonly folder: string
  readonly rounds: number
  /** Documents of the largest corpus; the others are parts of it. */
  readonly documents: number
  /** Says on the screen what is going on. */
  readonly say: (text: string) => void
}

/** A part of the bench that can be run by itself. */
export interface Case {
  /** The figures that it gives: `R1` … `R9`. */
  readonly ids: readonly string[]
  run(bench: Bench): Promise<Findings>
}

/** Runs something once a round, one round after another, so that ours and the reference share the machine's moods. */
export async function inRounds<T>({ rounds, say }: Bench, one: (round: number) => Promise<T>): Promise<T[]> {
  const results: T[] = []
  for (let round = 1; round <= rounds; round++) {
    say(`round ${round} of ${rounds}`)
    results.push(await one(round))
  }
  return results
}
