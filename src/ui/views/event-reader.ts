import { EVENT_SENTENCES, type EventSentence } from '../../core/model/event-sentences.ts'
import type { ViewContext } from './view.ts'

export type T = ViewContext['t']

/** The detail in the reader's language, or null when it is not one that the program writes. */
export type Reader = (detail: string, t: T) => string | null

/** One of the program's own sentences. */
export function sentence(...names: readonly EventSentence[]): Reader {
  return (detail, t) => {
    const name = names.find((each) => EVENT_SENTENCES[each] === detail)
    return name === undefined ? null : t(`detail.${name}`)
  }
}

/** Its named groups fill the holes of the message. */
export function matching(pattern: RegExp, key: Parameters<T>[0]): Reader {
  return (detail, t) => {
    const groups = pattern.exec(detail)?.groups
    return groups === undefined ? null : t(key, groups)
  }
}

/** A pattern's alternatives from codes: the longest first, or a code would end where a shorter one does. */
export function anyOf(codes: readonly string[]): string {
  return [...codes].sort((a, b) => b.length - a.length).join('|')
}
