import type { Output } from '../core/model/result.ts'
import type { LongList } from '../core/model/results/listing.ts'
import type { ErrorResult } from '../core/model/results/error.ts'
import { longOf, viewOf } from './views/index.ts'
import { linesOf } from './views/long.ts'
import type { ViewContext } from './views/view.ts'

/** Where text goes. Streams, so that tests and pipes are the same to it. */
export interface Sinks {
  readonly out: { write(text: string): unknown }
  readonly err: { write(text: string): unknown }
  /** Waits for a reader who is slower than the writing, and says whether there is one still; left out where nobody is slower. */
  readonly taken?: () => Promise<'read' | 'gone'>
}

export interface Printer {
  /** A command's result: text for people, or one JSON document on one line. Of a long one only a piece is in memory. */
  result(output: Output): Promise<void>
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

/** Lines that are written together. */
const TOGETHER = 200

/** One JSON document on one line. A list may be longer than memory holds: it is written piece by piece. */
function* jsonPieces(output: Output): Generator<string> {
  const entries = Object.entries(output)
  if (!entries.some(([, value]) => isLong(value))) {
    yield `${JSON.stringify(output)}\n`
    return
  }
  let before = '{'
  for (const [name, value] of entries) {
    yield `${before}${JSON.stringify(name)}:`
    before = ','
    if (isLong(value)) yield* arrayPieces(value)
    // What is undefined is never a part of these.
    else yield JSON.stringify(value)
  }
  yield '}\n'
}

function* arrayPieces(list: LongList): Generator<string> {
  let before = '['
  for (const piece of list.jsonPieces()) {
    yield before
    yield piece
    before = ','
  }
  yield before === '[' ? '[]' : ']'
}

/** Some texts at a time. */
function* together(texts: Iterable<string>): Generator<string> {
  let some: string[] = []
  for (const text of texts) {
    some.push(text)
    if (some.length < TOGETHER) continue
    yield some.join('')
    some = []
  }
  if (some.length > 0) yield some.join('')
}

function isLong(value: unknown): value is LongList {
  return typeof value === 'object' && value !== null && 'jsonPieces' in value
}

function* textPieces(output: Output, context: ViewContext): Generator<string> {
  for (const text of linesOf(longOf(output, context))) yield text.endsWith('\n') ? text : `${text}\n`
}

function line(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`
}

/** The only writer to standard output and standard error. */
export function makePrinter(sinks: Sinks, format: 'text' | 'json', context: ViewContext): Printer {
  const piecesOf = (output: Output) =>
    format === 'json' ? jsonPieces(inWords(output, context)) : together(textPieces(output, context))
  return {
    async result(output) {
      for (const piece of piecesOf(output))
        if (sinks.out.write(piece) === false && (await sinks.taken?.()) === 'gone') return
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
