import type { HeldProfile } from '../../core/model/results/outbox.ts'
import type { ViewContext } from './view.ts'

/** What to type once the cause of a hold is mended that no time ends: what a person put there, a person takes away. */
export function holdCure({ name, cause }: HeldProfile, { t }: ViewContext): string {
  // A key that is missing holds profiles of either channel.
  if (cause === null || cause === 'secret-unreadable') return t('hold-cure.release', { name })
  if (cause === 'oauth-consent') return t('hold-cure.sign-in', { name })
  return t(cause.startsWith('whatsapp-') ? 'hold-cure.whatsapp-test' : 'hold-cure.smtp-test', { name })
}
