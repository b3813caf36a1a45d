import { execFile } from 'node:child_process'

/** A directory of users that does not answer must not keep anybody waiting. */
const LIMIT_MS = 5_000

/**
 * Whether the operating system knows a user: of this machine, or of a directory that it asks.
 * @returns 'unsaid' where it cannot be found out: there is no `id`, as on Windows, or it did not answer in time
 */
export async function systemUser(name: string): Promise<'known' | 'unknown' | 'unsaid'> {
  return await new Promise((resolve) => {
    execFile('id', ['-u', '--', name], { timeout: LIMIT_MS }, (error) => {
      // Its "no" is an exit code; what kept it from answering is the name of an error, or a signal.
      if (error === null) resolve('known')
      else resolve(typeof error.code === 'number' ? 'unknown' : 'unsaid')
    })
  })
}
