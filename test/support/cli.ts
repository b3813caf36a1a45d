/** Runs the program as a person or cron does: a process of its own, its own data folder, a clean environment. */
import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { fileURLToPath } from 'node:url'
import { tempFolder } from './temp.ts'

export const BIN = fileURLToPath(new URL('../../bin/cfdi-mail', import.meta.url))
/** What one test's program compiled serves the next one's. */
const CACHE = fileURLToPath(new URL('../../.tests/cache', import.meta.url))

export interface Ran {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

export interface Cli {
  /** The data folder. */
  readonly data: string
  readonly environment: Readonly<Record<string, string>>
  run(words: readonly string[], input?: string): Promise<Ran>
  /** The one JSON document that `--json` gives. */
  json<T>(words: readonly string[], input?: string): Promise<T & { readonly kind: string }>
  /** Starts without waiting; the test ends it by its own handle. */
  start(words: readonly string[], extra?: Readonly<Record<string, string>>): ChildProcess
}

/** A program with nothing set up: `init` is the first thing to run. */
export function cli(t: TestContext, extra: Readonly<Record<string, string>> = {}): Cli {
  const home = tempFolder(t)
  const data = join(home, 'data')
  const environment = {
    PATH: process.env['PATH'] ?? '',
    HOME: home,
    XDG_CONFIG_HOME: join(home, 'config'),
    XDG_CACHE_HOME: CACHE,
    CFDI_MAIL_DATA: data,
    LANG: 'C',
    ...extra,
  }
  const start = (words: readonly string[], more: Readonly<Record<string, string>> = {}) =>
    spawn(process.execPath, [BIN, ...words], {
      env: { ...environment, ...more },
      stdio: ['pipe', 'pipe', 'pipe'],
    })
  const run = async (words: readonly string[], input = ''): Promise<Ran> => {
    const child = start(words)
    child.stdin.end(input)
    return await finished(child)
  }
  return {
    data,
    environment,
    run,
    start,
    json: async <T>(words: readonly string[], input?: string) => await jsonFrom<T>(run, words, input),
  }
}

/** The one JSON document that a command gives. */
export async function jsonFrom<T>(
  run: Cli['run'],
  words: readonly string[],
  input?: string,
): Promise<T & { readonly kind: string }> {
  const ran = await run([...words, '--json'], input)
  try {
    return JSON.parse(ran.stdout) as T & { readonly kind: string }
  } catch {
    throw new Error(`no JSON from ${words.join(' ')}: ${ran.code} ${ran.stdout}${ran.stderr}`)
  }
}

/** Waits for the end of a process and gives all it wrote. */
export function finished(child: ChildProcess): Promise<Ran> {
  const texts = { stdout: '', stderr: '' }
  child.stdout?.on('data', (chunk: Buffer) => (texts.stdout += chunk.toString()))
  child.stderr?.on('data', (chunk: Buffer) => (texts.stderr += chunk.toString()))
  return new Promise((resolve) => {
    child.once('close', (code, signal) => {
      resolve({ code, signal, ...texts })
    })
  })
}
