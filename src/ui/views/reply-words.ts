import type { ViewContext } from './view.ts'

/** Meta's yes, as the log and the store keep it. */
const META_TOOK = /^HTTP 2\d\d \{"messaging_product":"whatsapp"/

/** What the program itself says of a message that is larger than its profile takes. */
const OVER_PROFILE = /^(?<bytes>\d+) bytes; the profile takes (?<most>\d+)$/

/** A reply on one line of a list: Meta's raw yes says no more than that it took the message. `--verbose` and `--json` have its words. */
export function replyWords(reply: string, { t, verbosity }: Pick<ViewContext, 't' | 'verbosity'>): string {
  const over = OVER_PROFILE.exec(reply)?.groups
  if (over !== undefined) return t('detail.over-profile', over)
  return verbosity !== 'verbose' && META_TOOK.test(reply) ? t('seen.meta-took') : reply
}
