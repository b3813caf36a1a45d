import { readFileSync } from 'node:fs'
import { makePrinter, type Printer } from '../ui/printer.ts'
import { exitCodeOf } from '../ui/exit-codes.ts'
import { detectLanguage } from '../ui/messages/index.ts'
import { makeViewContext } from '../ui/view-context.ts'
import { reportError } from './errors.ts'
import type { Host } from './host.ts'
import { type Invocation, parseCommandLine } from './parser.ts'
import { onSignals } from './signals.ts'

/**
 * Runs one command line.
 * @returns the exit code
 */
export async function main(host: Host): Promise<number> {
  const words = host.argv.slice(2)
  if (words.length === 1 && (words[0] === '--version' || words[0] === '-V')) {
    host.stdout.write(`${version()}\n`)
    return 0
  }
  const language = detectLanguage(words, host.env, null)
  const parsed = await parseCommandLine(words, language, { version: version(), width: host.stdout.columns })
  const printer = printerFor(host, parsed.common, language)
  if (parsed.outcome === 'text') {
    printer.text(parsed.text)
    return 0
  }
  if (parsed.outcome === 'error') {
    printer.error({ kind: 'error', code: 'USAGE', message: parsed.message })
    return 64
  }
  return await runCommand(host, parsed, printer)
}

async function runCommand(host: Host, invocation: Invocation, firstPrinter: Printer): Promise<number> {
  const signals = onSignals(host)
  let printer = firstPrinter
  // Loaded only now: `--help` and `--version` need neither store nor channels.
  const { openContext } = await import('../context.ts')
  let code = 0
  try {
    const context = await openContext(host, invocation, signals.abort)
    try {
      printer = printerFor(
        host,
        invocation.common,
        detectLanguage(host.argv.slice(2), host.env, context.ctx.settings.language),
      )
      const outcome = invocation.command.run(context.ctx, invocation.flags, invocation.words)
      for await (const result of isStream(outcome) ? outcome : [await outcome]) {
        code = Math.max(code, exitCodeOf(result))
        if (!invocation.common.quiet || code !== 0) printer.result(result)
      }
    } finally {
      await context.close()
    }
  } catch (error) {
    code = reportError(error, printer, invocation.common)
  } finally {
    signals.release()
  }
  return signals.exitCode() ?? code
}

function isStream<T>(value: Promise<T> | AsyncIterable<T>): value is AsyncIterable<T> {
  return Symbol.asyncIterator in value
}

function printerFor(host: Host, common: Invocation['common'], language: 'es' | 'en'): Printer {
  const context = makeViewContext({
    language,
    width: host.stdout.columns,
    color: host.stdout.isTTY && common.color !== false && !host.env['NO_COLOR'] ? 'on' : 'off',
    verbosity: common.quiet ? 'quiet' : common.verbose ? 'verbose' : 'normal',
  })
  return makePrinter({ out: host.stdout, err: host.stderr }, common.json ? 'json' : 'text', context)
}

function version(): string {
  const file = new URL('../../package.json', import.meta.url)
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version
}
