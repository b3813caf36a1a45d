import { createRequire } from 'node:module'
// eslint-disable-next-line no-restricted-imports -- which Node runs is known before anything could be given as an argument
import { versions } from 'node:process'
import type Database from 'better-sqlite3'
import { CfdiMailError } from '../model/errors.ts'

/**
 * better-sqlite3 for the Node that runs: 13 needs Node-API 10 (Node 22.14) and dies of less, 12 aborts from Node 24.19 on when
 * a statement is collected. docs/adr/0032 has the sources.
 */
const PACKAGE = Number(versions['napi']) >= 10 ? 'better-sqlite3-napi' : 'better-sqlite3'

/**
 * The SQLite driver.
 * @throws NO_SQLITE, when this module is loaded, if the native module is not installed or was built for another Node
 */
export const Sqlite = load()

function load(): typeof Database {
  try {
    return createRequire(import.meta.url)(PACKAGE) as typeof Database
  } catch (error) {
    const detail = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)
    throw new CfdiMailError('NO_SQLITE', { name: PACKAGE, detail }, { cause: error })
  }
}
