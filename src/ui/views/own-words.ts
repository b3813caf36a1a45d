import { codeWords, matching, type Reader } from './event-reader.ts'

/** What the program itself wrote in a reply's place: the message is larger than its profile takes. */
export const overProfile = matching(
  /^(?<bytes>\d+) bytes; the profile takes (?<most>\d+)$/,
  'detail.over-profile',
)

/** Why it made an order of its own: what the other channel answered. */
export const fallbackReason = matching(/^fallback: (?<reply>.*)$/, 'order.fallback')

/** `NORTE new-contact`: an order that carries one of a group's notices, by the word that `--event` takes. */
export const noticeReason: Reader = (reason, t) => {
  const { group = '', event } = /^(?<group>\S+) (?<event>[a-z-]+)$/.exec(reason)?.groups ?? {}
  const word = event === undefined ? null : codeWords(['choice.event'], event, t)
  return word === null ? null : `${group} ${word}`
}
