import type { MediaMemory } from '../channels/channel.ts'
import { readSnapshot } from '../files/snapshots.ts'
import { jsonObject, textOf } from '../model/json-object.ts'
import { MEDIA_DAYS, type WhatsAppProfile } from '../model/whatsapp-profile.ts'
import type { ClaimedOrder } from '../store/claimed-orders.ts'
import { orderBody } from '../store/order-body.ts'
import { findMedia, keepMedia } from '../store/whatsapp-media.ts'
import type { Ctx } from './ctx.ts'
import type { LoadedMessage } from './loaded-message.ts'

const TRANSFER_MS = 300_000
/** Meta's limit for the whole body is 1024 characters; a longer text of one parameter is cut. */
const LONGEST_PARAMETER = 256

/**
 * The PDF of a WhatsApp order, proved to be the one that was packaged, and the texts that the profile's template asks for. The
 * texts were taken down when it was packaged; which of them, and under which template, is for the profile to say, since a
 * template that Meta took away has to be replaced.
 */
export async function loadTemplateMessage(
  ctx: Ctx,
  order: ClaimedOrder,
  profile: WhatsAppProfile,
): Promise<LoadedMessage | { readonly missing: string }> {
  const pdf = order.attachments.find(({ mediaType }) => mediaType === 'application/pdf')
  const content = pdf === undefined ? null : readSnapshot(ctx.folders.spool, pdf)
  if (pdf === undefined || content === null)
    return { missing: `snapshot of ${pdf?.name ?? 'the PDF'} is missing or changed` }
  const texts = jsonObject(orderBody(ctx.db, order.id).text ?? '')
  return {
    ...{ from: '', chunks: [content], bytes: content.length, transferMs: TRANSFER_MS },
    template: {
      filename: pdf.name,
      // An empty parameter is refused by Meta (131008), and a template is no place to leave something out.
      parameters: profile.fields.map((field) => textOf(texts[field]).slice(0, LONGEST_PARAMETER) || '-'),
      reference: order.deliveries[0]?.id ?? order.id,
      media: mediaOf(ctx, { phoneId: profile.phoneId, sha256: pdf.sha256 }),
    },
  }
}

function mediaOf(ctx: Ctx, file: { readonly phoneId: string; readonly sha256: string }): MediaMemory {
  return {
    recall: () => findMedia(ctx.db, file, new Date(ctx.now().getTime() - MEDIA_DAYS * 86_400_000)),
    keep: (id) => keepMedia(ctx.db, file, { id, at: ctx.now() }),
  }
}
