import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

const FOLDER = 'companies'

/** Companies share the program and nothing else: each has a folder of its own below the data folder of all. */
export function companyFolder(home: string, code: string): string {
  return join(home, FOLDER, code.toUpperCase())
}

/** Codes of the companies that have a store below a data folder, in order of the alphabet. */
export function companiesIn(home: string): string[] {
  try {
    const folders = readdirSync(join(home, FOLDER))
    return folders.filter((code) => existsSync(join(companyFolder(home, code), 'store.db'))).sort()
  } catch {
    // No company yet, or a folder of another user: the error at hand tells more than this one would.
    return []
  }
}
