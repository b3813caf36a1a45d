import { causeOfHold } from '../../core/model/profile.ts'
import type { HeldProfile } from '../../core/model/results/outbox.ts'
import { stripControls } from './plain.ts'
import type { ViewContext } from './view.ts'

/** Why a profile is on hold, in the reader's words: the store keeps a code, and what the server or a person said. */
export function holdReason(reason: string, { t }: Pick<ViewContext, 't'>): string {
  const cause = causeOfHold(reason)
  if (cause === null) return stripControls(reason)
  const said = stripControls(reason.slice(cause.length + 2))
  return said === '' ? t(`cause.${cause}`) : `${t(`cause.${cause}`)} (${said})`
}

/** What to type once the cause of a hold is mended that no time ends: what a person put there, a person takes away. */
export function holdCure(
  { name, cause }: Pick<HeldProfile, 'name' | 'cause'>,
  { t }: Pick<ViewContext, 't'>,
): string {
  // A key that is missing holds profiles of either channel.
  if (cause === null || cause === 'secret-unreadable') return t('hold-cure.release', { name })
  if (cause === 'oauth-consent') return t('hold-cure.sign-in', { name })
  return t(cause.startsWith('whatsapp-') ? 'hold-cure.whatsapp-test' : 'hold-cure.smtp-test', { name })
}
