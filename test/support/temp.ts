/** Folders for tests that write files. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'

/**
 * Makes an empty folder under the system's temporary one and gives its path. With the test's context it goes
 * when the test ends; without one it goes when the process ends.
 */
export function tempFolder(t?: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'cfdi-mail-'))
  const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
  if (t === undefined) atTheEnd(remove)
  else t.after(remove)
  return folder
}

const last: (() => void)[] = []

/** One listener for all: of more than ten of them Node warns. */
function atTheEnd(remove: () => void): void {
  if (last.length === 0) process.once('exit', () => last.forEach((each) => each()))
  last.push(remove)
}
