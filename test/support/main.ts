/** Runs a command line inside this process, with streams of its own: for what no test needs a process for. */
import { EventEmitter } from 'node:events'
import { PassThrough } from 'node:stream'
import type { TestContext } from 'node:test'
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
  const [stdout, stderr, stdin] = [new PassThrough(), new PassThrough(), new PassThrough()]
  stdin.end(input)
  const host = Object.assign(new EventEmitter(), {
    argv: ['node', 'cfdi-mail', ...words],
    env: { CFDI_MAIL_DATA: data, XDG_CONFIG_HOME: data, ...environment },
    platform: process.platform,
    exit: (code: number) => process.exit(code),
    stdin,
    stdout,
    stderr,
  }) as unknown as Host
  const code = await main(host)
  const text = (stream: PassThrough) => String((stream.read() as Buffer | null) ?? '')
  return { code, stdout: text(stdout), stderr: text(stderr) }
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
