/**
 * Sentences that the program itself writes as an event's detail. Logs out there hold them and their hashes cover them: a sentence
 * is never changed, only shown in other words (ui/views/event-detail.ts).
 */
export const EVENT_SENTENCES = {
  'sender-stopped': 'the sender stopped before the outcome was written',
  'packaged-again': 'packaged again',
  'came-along': 'came with a restored or copied store; it may have been sent since',
  'access-not-kept': 'the first password of this mail is not kept any more',
  'notice-unknown': 'nobody knows whether it arrived',
  'file-password-set': 'file password set',
  'file-password-removed': 'file password removed',
} as const
export type EventSentence = keyof typeof EVENT_SENTENCES
