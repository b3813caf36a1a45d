import { overProfile } from './own-words.ts'
import type { ViewContext } from './view.ts'

/** Meta's yes, as the log and the store keep it. */
const META_TOOK = /^HTTP 2\d\d \{"messaging_product":"whatsapp"/

/** A reply on one line of a list: Meta's raw yes says no more than that it took the message. `--verbose` and `--json` have its words. */
export function replyWords(reply: string, { t, verbosity }: Pick<ViewContext, 't' | 'verbosity'>): string {
  const own = overProfile(reply, t)
  if (own !== null) return own
  return verbosity !== 'verbose' && META_TOOK.test(reply) ? t('seen.meta-took') : reply
}
