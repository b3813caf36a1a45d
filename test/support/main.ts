/** Runs a command line inside this process, with streams of its own: for what no test needs a process for. */
import { EventEmitter } from 'node:events'
import { PassThrough } from 'node:stream'
import type { TestContext } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import type { Host } from '../../src/cli/host.ts'
import { main } from '../../src/cli/main.ts'
import { cli, type Cli, jsonFrom } from './cli.ts'

export interface MainRan {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/**
 * @param data the data folder
 * @param environment more variables; the language is Spanish unless they say otherwise
 */
export async function runMain(
  data: string,
  words: readonly string[],
  { environment = {}, input = '' }: { environment?: Record<string, string>; input?: string | Buffer } = {},
): Promise<MainRan> {
  const host = hostFor(data, words, environment)
  host.stdin.end(input)
  const [stdout, stderr] = [textOf(host.stdout), textOf(host.stderr)]
  const code = await main(host as unknown as Host)
  // What was written last is handed on in the turn after.
  await setImmediate()
  return { code, stdout: stdout(), stderr: stderr() }
}

/** What the program needs of a process, with streams that nobody reads yet; what is emitted on it are signals. */
export function hostFor(data: string, words: readonly string[], environment: Record<string, string> = {}) {
  return Object.assign(new EventEmitter(), {
    argv: ['node', 'cfdi-mail', ...words],
    env: { CFDI_MAIL_DATA: data, XDG_CONFIG_HOME: data, ...environment },
    platform: process.platform,
    exit: (code: number) => process.exit(code),
    stdin: new PassThrough(),
    stdout: new PassThrough(),
    stderr: new PassThrough(),
  })
}

/** Reads a stream as it is written: a long result waits for its reader. */
function textOf(stream: PassThrough): () => string {
  const pieces: Buffer[] = []
  stream.on('data', (piece: Buffer) => pieces.push(piece))
  return () => Buffer.concat(pieces).toString()
}

/** What `cli` gives, each command in this process: a fifth of the time, for tests of what is said and not of how a process ends. */
export function cliInside(t: TestContext, extra: Readonly<Record<string, string>> = {}): Cli {
  const program = cli(t, extra)
  const { data, environment } = program
  const run: Cli['run'] = async (words, input = '') => ({
    signal: null,
    ...(await runMain(data, words, { environment, input })),
  })
  return {
    ...program,
    run,
    json: async <T>(words: readonly string[], input?: string) => await jsonFrom<T>(run, words, input),
  }
}
