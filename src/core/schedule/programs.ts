import { execFile } from 'node:child_process'
import { CfdiMailError } from '../model/errors.ts'

const LIMIT_MS = 60_000

export type Ran =
  | { readonly ok: true; readonly stdout: string }
  | { readonly ok: false; readonly isMissing: boolean; readonly detail: string }

/** A program of the system, found on the PATH. Its "no" is a value. */
export async function runProgram(words: readonly string[], input = ''): Promise<Ran> {
  const [program = '', ...rest] = words
  return await new Promise((resolve) => {
    const child = execFile(program, rest, { timeout: LIMIT_MS }, (error, stdout, stderr) => {
      if (error === null) resolve({ ok: true, stdout })
      else {
        const detail = (stderr.trim() || stdout.trim() || error.message).split('\n').at(-1) ?? ''
        resolve({ ok: false, isMissing: error.code === 'ENOENT', detail })
      }
    })
    // A program that ends without reading is answered by its exit code.
    child.stdin?.on('error', () => undefined)
    child.stdin?.end(input)
  })
}

/**
 * The same where a "no" ends the command.
 * @param byHand what a person can do instead: files and commands, as text
 * @throws SCHEDULER_MISSING, SCHEDULER_REFUSED
 */
export async function mustRun(words: readonly string[], byHand: string, input = ''): Promise<string> {
  const ran = await runProgram(words, input)
  if (ran.ok) return ran.stdout
  throw schedulerError(words, ran, byHand)
}

export function schedulerError(
  words: readonly string[],
  { isMissing, detail }: Extract<Ran, { readonly ok: false }>,
  byHand: string,
): CfdiMailError {
  const params = { program: words[0] ?? '', command: words.join(' '), detail, text: byHand }
  return new CfdiMailError(isMissing ? 'SCHEDULER_MISSING' : 'SCHEDULER_REFUSED', params)
}
