import type { OrderChannel } from '../../core/model/channel.ts'
import type { HeldReason } from '../../core/model/delivery.ts'
import type { ViewContext } from './view.ts'

/**
 * Why a delivery of an order is held, in the reader's words. What an order without a recipient waits for is of mail an address and
 * of WhatsApp a number; the store keeps one code for both.
 */
export function heldWords(
  { channel }: { readonly channel: OrderChannel },
  reason: HeldReason,
  { t }: Pick<ViewContext, 't'>,
): string {
  return t(`held.${reason === 'no-address' && channel === 'whatsapp' ? 'no-number' : reason}`)
}
