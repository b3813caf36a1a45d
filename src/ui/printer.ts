import type { Output } from '../core/model/result.ts'
import type { ErrorResult } from '../core/model/results/error.ts'
import { viewOf } from './views/index.ts'
import type { ViewContext } from './views/view.ts'

/** Where text goes. Streams, so that tests and pipes are the same to it. */
export interface Sinks {
  readonly out: { write(text: string): unknown }
  readonly err: { write(text: string): unknown }
}

export interface Printer {
  /** A command's result: text for people, or one JSON document on one line. */
  result(output: Output): void
  /** An error: text on stderr; with `--json` also one document on stdout. */
  error(error: ErrorResult, details?: string): void
  /** What a signal does: it asks for an end, a second one insists, and the command is interrupted, told after its result. On stderr. */
  signalled(moment: 'asked' | 'insisted' | 'interrupted'): void
  /** Help and version. */
  text(text: string): void
}

/** The one word of advice that scripts show to people: what to do about a failed test, in the reader's language. */
function inWords(output: Output, { t }: ViewContext): Output {
  if (output.kind !== 'smtp-test' && output.kind !== 'whatsapp-test') return output
  if (output.cause === null) return output
  return { ...output, remedy: t(`remedy.${output.cause}`) }
}

/** Values that are written together. */
const TOGETHER = 200

/** One JSON document on one line. A listing that is no array may be longer than memory holds: it is written piece by piece. */
function* jsonPieces(output: Output): Generator<string> {
  const entries = Object.entries(output)
  if (!entries.some(([, value]) => isListing(value))) {
    yield `${JSON.stringify(output)}\n`
    return
  }
  let before = '{'
  for (const [name, value] of entries) {
    yield `${before}${JSON.stringify(name)}:`
    before = ','
    if (isListing(value)) yield* arrayPieces(value)
    // What is undefined is never a part of these.
    else yield JSON.stringify(value)
  }
  yield '}\n'
}

function* arrayPieces(values: Iterable<unknown>): Generator<string> {
  let piece = '['
  let held = 0
  let separator = ''
  for (const value of values) {
    piece += separator + JSON.stringify(value)
    separator = ','
    if (++held % TOGETHER !== 0) continue
    yield piece
    piece = ''
  }
  yield `${piece}]`
}

function isListing(value: unknown): value is Iterable<unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Symbol.iterator in value
}

/** The only writer to standard output and standard error. */
export function makePrinter(sinks: Sinks, format: 'text' | 'json', context: ViewContext): Printer {
  const line = (text: string) => (text === '' || text.endsWith('\n') ? text : `${text}\n`)
  return {
    result(output) {
      if (format === 'json') for (const piece of jsonPieces(inWords(output, context))) sinks.out.write(piece)
      else sinks.out.write(line(viewOf(output, context)))
    },
    error(error, details) {
      if (format === 'json') sinks.out.write(`${JSON.stringify(error)}\n`)
      sinks.err.write(line(viewOf(error, context)))
      if (details !== undefined) sinks.err.write(line(details))
    },
    signalled(moment) {
      if (context.verbosity !== 'quiet') sinks.err.write(line(context.t(`signal.${moment}`)))
    },
    text(text) {
      sinks.out.write(format === 'json' ? `${JSON.stringify({ kind: 'text', text })}\n` : line(text))
    },
  }
}
