import type { Candidate } from './choice.ts'

/** Of the copies of each document the one that is taken: with a PDF, then the newest. By UUID. */
export function bestCopies(files: readonly Candidate[]): Map<string, Candidate> {
  const best = new Map<string, Candidate>()
  for (const file of files) {
    if (file.uuid === null || file.reason !== null) continue
    const other = best.get(file.uuid)
    if (other === undefined || isBetter(file, other)) best.set(file.uuid, file)
  }
  return best
}

function isBetter(file: Candidate, other: Candidate): boolean {
  const [own, its] = [file.pdf !== null, other.pdf !== null]
  if (own !== its) return own
  return file.mtimeUs !== other.mtimeUs ? file.mtimeUs > other.mtimeUs : file.path < other.path
}
