import { readFile } from 'node:fs/promises'
import { CfdiMailError } from '../model/errors.ts'
import type { Environment } from './key.ts'

/** Ways to say where a password is instead of storing it. */
const SCHEMES = ['env:', 'file:', 'cmd:'] as const

/** Milliseconds that a password program may take; it may be asking a person to unlock a key ring. */
const PROGRAM_MS = 30_000

/** Whether a stored secret says where the password is. */
export function isReference(stored: string): boolean {
  return SCHEMES.some((scheme) => stored.startsWith(scheme))
}

/**
 * The password that a reference leads to: an environment variable, the first line of a file, or the first line that a program
 * writes. The program is started directly, never through a shell.
 * @throws BAD_REFERENCE, without the program's arguments and output
 */
export async function followReference(reference: string, env: Environment): Promise<string> {
  const colon = reference.indexOf(':')
  const target = reference.slice(colon + 1)
  const [program = '', ...words] = splitWords(target)
  const scheme = reference.slice(0, colon)
  const shown = scheme === 'cmd' ? `cmd:${program}` : reference
  try {
    const found = await lookUp(scheme, { target, program, words, env })
    if (found !== '') return found
  } catch (error) {
    throw new CfdiMailError('BAD_REFERENCE', { reference: shown, detail: codeOf(error) })
  }
  throw new CfdiMailError('BAD_REFERENCE', { reference: shown, detail: '-' })
}

interface Target {
  readonly target: string
  readonly program: string
  readonly words: readonly string[]
  readonly env: Environment
}

async function lookUp(scheme: string, { target, program, words, env }: Target): Promise<string> {
  switch (scheme) {
    case 'env':
      return env[target] ?? ''
    case 'file':
      return firstLine(await readFile(target, 'utf8'))
    default:
      return firstLine(await run(program, words, env))
  }
}

async function run(program: string, words: readonly string[], env: Environment): Promise<string> {
  // Loaded only now: few passwords come from a program, and every command asks for this file.
  const { execFile } = await import('node:child_process')
  return await new Promise((resolve, reject) => {
    const options = { timeout: PROGRAM_MS, env: { ...env }, encoding: 'utf8', windowsHide: true } as const
    execFile(program, [...words], options, (error, output) => {
      // Its message repeats the whole command line.
      if (error !== null)
        reject(Object.assign(new Error('program failed'), { code: String(error.code ?? error.signal) }))
      else resolve(output)
    })
  })
}

/** Words as a shell would split them, without anything else that a shell does. */
function splitWords(text: string): string[] {
  return [...text.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    (match) => match[1] ?? match[2] ?? match[3] ?? '',
  )
}

function firstLine(text: string): string {
  return text.split(/\r?\n/, 1)[0] ?? ''
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '-'
}
