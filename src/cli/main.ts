import { CfdiMailError } from '../core/model/errors.ts'
import { EXIT, exitCodeOf } from '../ui/exit-codes.ts'
import { detectLanguage } from '../ui/messages/index.ts'
import type { Language } from '../ui/messages/translate.ts'
import { makePrinter, type Printer } from '../ui/printer.ts'
import { makeViewContext } from '../ui/view-context.ts'
import { carriedFlags } from './carried-flags.ts'
import type { CommonFlags } from './common-flags.ts'
import { refuseEmptyPaths } from './empty-paths.ts'
import { reportError } from './errors.ts'
import { flagNames } from './flag-names.ts'
import type { Host } from './host.ts'
import { type Invocation, parseCommandLine } from './parser.ts'
import { onSignals, type Signals } from './signals.ts'
import { version } from './version.ts'
import { untilTaken } from './whole-output.ts'

/**
 * Runs one command line.
 * @returns the exit code
 */
export async function main(host: Host): Promise<number> {
  const words = host.argv.slice(2)
  const options = { version: version(), width: knownColumns(host) }
  let language = detectLanguage(words, host.env, null)
  let parsed = await parseCommandLine(words, language, options)
  if (parsed.outcome !== 'run') {
    const wished = await settledLanguage(host, parsed.common)
    if (wished !== language) parsed = await parseCommandLine(words, (language = wished), options)
  }
  const printer = printerFor(host, parsed.common, { language })
  if (parsed.outcome === 'text') {
    printer.text(parsed.text)
    return 0
  }
  if (parsed.outcome === 'error') {
    printer.error({ kind: 'error', code: 'USAGE', message: parsed.message, hint: parsed.hint })
    return EXIT.usage
  }
  return await runCommand(host, parsed, printer)
}

async function runCommand(host: Host, invocation: Invocation, firstPrinter: Printer): Promise<number> {
  const { common, command, flags, words } = invocation
  let printer = firstPrinter
  const signals = onSignals(host, (moment) => {
    // Who pressed Ctrl-C waits for an answer; a service manager does not.
    if (moment === 'insisted' || host.stderr.isTTY) printer.signalled(moment)
  })
  let { language } = common
  let code: number = EXIT.done
  try {
    refuseEmptyPaths(invocation)
    // Loaded only now: `--help` and `--version` need neither store nor channels.
    const { locate, openContext } = await import('../context.ts')
    const located = locate(host, common, command.opens ?? 'existing')
    language = detectLanguage(host.argv.slice(2), host.env, located.settings.language)
    // A program that stays goes on with its work though nobody reads what it tells; what it tells at once is short.
    printer = printerFor(
      host,
      common,
      staysOn(invocation) ? { language } : { language, signal: signals.abort },
    )
    const leaving = { ...signals, signal: signals.abort }
    const context = await openContext(host, invocation, { located, language, leaving })
    try {
      const outcome = command.run(context.ctx, flags, words)
      for await (const result of isStream(outcome) ? outcome : [await outcome]) {
        const own = exitCodeOf(result)
        code = Math.max(code, own)
        if (own !== EXIT.done || !isSilent(invocation)) await printer.result(result)
      }
    } finally {
      await context.close()
    }
  } catch (error) {
    code = await reportError(error, printer, {
      ...{ language, verbose: common.verbose, carried: carriedFlags(host, common, language) },
      flags: flagNames(language, command.flags),
    })
  } finally {
    signals.release()
  }
  return exitCodeAfter(signals, staysOn(invocation) ? null : printer) ?? code
}

/** A script that asks for JSON reads a document, come what may; of a program that stays it may want only what needs somebody. */
function isSilent(invocation: Invocation): boolean {
  const { quiet, json } = invocation.common
  return quiet && (!json || staysOn(invocation))
}

function staysOn({ command, flags }: Invocation): boolean {
  return command.resident?.(flags) === true
}

/**
 * That a signal ended the command is said: what it printed looks like all there is.
 * @param printer null for a command that has no other end
 */
function exitCodeAfter(signals: Signals, printer: Printer | null): number | undefined {
  const code = signals.exitCode()
  if (code !== undefined) printer?.signalled('interrupted')
  return code
}

/** The reader's language with the settings asked too, where nothing nearer says it. Settings with errors have none. */
async function settledLanguage(host: Host, common: CommonFlags): Promise<Language> {
  const words = host.argv.slice(2)
  const { locate } = await import('../context.ts')
  try {
    const { settings } = locate(host, common, 'existing')
    return detectLanguage(words, host.env, settings.language)
  } catch (error) {
    if (error instanceof CfdiMailError) return common.language
    throw error
  }
}

function isStream<T>(value: Promise<T> | AsyncIterable<T>): value is AsyncIterable<T> {
  return Symbol.asyncIterator in value
}

function printerFor(
  host: Host,
  common: CommonFlags,
  { language, signal }: { readonly language: Language; readonly signal?: AbortSignal },
): Printer {
  const context = makeViewContext({
    ...{ language, carried: carriedFlags(host, common, language) },
    width: columnsOf(host),
    color: host.stdout.isTTY && common.color !== false && !host.env['NO_COLOR'] ? 'on' : 'off',
    verbosity: common.quiet ? 'quiet' : common.verbose ? 'verbose' : 'normal',
  })
  const sinks = {
    ...{ out: host.stdout, err: host.stderr },
    ...(signal === undefined ? {} : { taken: () => untilTaken(host, signal) }),
  }
  return makePrinter(sinks, common.json ? 'json' : 'text', context)
}

/** A terminal on a serial line, or without a window, says 0. */
function knownColumns({ stdout }: Pick<Host, 'stdout'>): number | undefined {
  return stdout.columns > 0 ? stdout.columns : undefined
}

/** The terminal's width, or what COLUMNS says for a pipe. */
function columnsOf({ stdout, env }: Host): number | undefined {
  if (stdout.isTTY) return knownColumns({ stdout })
  const said = Number(env['COLUMNS'])
  return said > 0 ? said : undefined
}
