import { matching } from './event-reader.ts'

/** What the program itself wrote in a reply's place: the message is larger than its profile takes. */
export const overProfile = matching(
  /^(?<bytes>\d+) bytes; the profile takes (?<most>\d+)$/,
  'detail.over-profile',
)

/** Why it made an order of its own: what the other channel answered. */
export const fallbackReason = matching(/^fallback: (?<reply>.*)$/, 'order.fallback')
