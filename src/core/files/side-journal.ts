import { createHash } from 'node:crypto'
import { closeSync, fsyncSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'

/** Beside the store, for what could not be written into it. */
const NAME = 'outcomes.journal'

/**
 * Appends an entry and syncs it. A line is the SHA-256 of its text and the text, so that half a line is known as such.
 * @param text one line
 */
export function appendEntry(folder: string, text: string): void {
  const file = openSync(join(folder, NAME), 'a', 0o600)
  try {
    // The line end in front parts it from what a full disk may have cut short.
    writeSync(file, `\n${digestOf(text)} ${text}\n`)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

/** The whole entries, oldest first; none when there is no journal. */
export function readEntries(folder: string): string[] {
  let text: string
  try {
    text = readFileSync(join(folder, NAME), 'utf8')
  } catch {
    return []
  }
  return text.split('\n').flatMap((line) => {
    const entry = line.slice(65)
    return line !== '' && line.startsWith(`${digestOf(entry)} `) ? [entry] : []
  })
}

/** Once all that it says is in the store. */
export function removeJournal(folder: string): void {
  rmSync(join(folder, NAME), { force: true })
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
