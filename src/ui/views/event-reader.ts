import { EVENT_SENTENCES, type EventSentence } from '../../core/model/event-sentences.ts'
import { es } from '../messages/es/index.ts'
import type { MessageKey } from '../messages/index.ts'
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

/**
 * The words of a code, or null for what is none. The messages themselves say what is one: the model's lists bring so much along
 * that every command would start later.
 * @param families of messages, the first that has the code speaks
 */
export function codeWords(families: readonly string[], code: string, t: T): string | null {
  const key = families.map((family) => `${family}.${code}`).find((each) => each in es)
  return key === undefined ? null : t(key as MessageKey)
}
