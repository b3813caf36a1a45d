import type { ViewContext } from './view.ts'

/** Texts below each other, and lines that are made when they are asked for. [] prints nothing. */
export type Long = readonly (string | Iterable<string>)[]

/** A view of a result that may be long: as much of its text as is being written is in memory. */
export type LongView<R> = (result: R, context: ViewContext) => Long

/** One after another; a text may have several lines. */
export function* linesOf(long: Long): Generator<string> {
  for (const part of long)
    if (typeof part === 'string') yield part
    else yield* part
}

/** All of it as one text. */
export function wholeOf(long: Long): string {
  return [...linesOf(long)].join('\n')
}
