import type { OpenPacks } from '../files/snapshots.ts'
import { sha256Of } from '../files/spool.ts'
import { assembleMessage, type Room } from '../message/assemble.ts'
import { composeMessage } from '../message/compose.ts'
import { headHasMask, unmasked } from '../message/password-mask.ts'
import { CfdiMailError } from '../model/errors.ts'
import { EVENT_SENTENCES } from '../model/event-sentences.ts'
import { GRAL, type PackagingType } from '../model/packaging-type.ts'
import type { AnyProfile } from '../model/lanes.ts'
import type { StoredProfile } from '../model/profile.ts'
import { isWhatsApp, type StoredWhatsAppProfile } from '../model/whatsapp-profile.ts'
import type { ClaimedOrder } from '../store/claimed-orders.ts'
import { type OrderBody, orderBody } from '../store/order-body.ts'
import { orderPassword } from '../store/portal-access.ts'
import { recipientsOfOrder, saveSealed } from '../store/seal.ts'
import type { Ctx } from './ctx.ts'
import type { LoadedMessage } from './loaded-message.ts'
import { loadTemplateMessage } from './load-template-message.ts'
import { contentsOf, whatChanged } from './message-contents.ts'
import { messageIdUnder } from './new-order.ts'
import { passwordPlace } from './portal-desk.ts'
import { senderOf } from './sender.ts'

export interface Loading {
  readonly order: ClaimedOrder
  readonly profile: AnyProfile
  readonly type: PackagingType | undefined
  /** Whether a message that is sealed only now keeps its bytes, or is just looked at. */
  readonly sealing: 'fix' | 'look'
  /** Where its bytes are put; left out for bytes of its own. */
  readonly room?: Room
  /** Where its snapshots are read from; left out to open them for this message alone. */
  readonly packs?: OpenPacks
}

const TRANSFER_MS = { normal: 120_000, long: 600_000 } as const

/**
 * The message's bytes from the spool and the store, proved to be those that were packaged.
 * @returns `missing`: what is not there or not the same, for the log
 */
export async function loadMessage(
  ctx: Ctx,
  loading: Loading,
): Promise<LoadedMessage | { readonly missing: string }> {
  const { order, profile, type = GRAL } = loading
  if (isWhatsApp<StoredWhatsAppProfile>(profile)) return await loadTemplateMessage(ctx, order, profile)
  const body = orderBody(ctx.db, order.id)
  const contents = contentsOf(ctx, order, {
    checked: isSealed(body) ? 'whole' : 'each',
    packs: loading.packs,
  })
  if ('missing' in contents) return contents
  const sealed = isSealed(body)
    ? sealedOf(order, body)
    : await seal(ctx, { ...loading, profile, body }, contents)
  const { whole, chunks, encoded } = assembleMessage(sealed, contents, loading.room)
  if (sha256Of(whole) !== sealed.sha256) return { missing: whatChanged(order, contents) }
  const told =
    loading.sealing === 'fix' ? await withPassword(ctx, order.id, { head: sealed.head, chunks }) : chunks
  if ('missing' in told) return told
  return {
    from: sealed.sender,
    chunks: told,
    encoded,
    bytes: whole.length,
    transferMs: type.longTimeout ? TRANSFER_MS.long : TRANSFER_MS.normal,
  }
}

/** Whether its bytes are fixed. */
function isSealed({ sha256 }: OrderBody): boolean {
  return sha256 !== null
}

/** The very bytes for the customer: with the first password where the stored ones have its mask; a look at a message shows the mask. */
async function withPassword(
  ctx: Ctx,
  order: string,
  { head, chunks }: { readonly head: string; readonly chunks: readonly Buffer[] },
): Promise<readonly Buffer[] | { readonly missing: string }> {
  if (!headHasMask(head)) return chunks
  const [first = Buffer.alloc(0), ...rest] = chunks
  const sealed = await orderPassword(ctx.db, order)
  if (sealed === null) return { missing: EVENT_SENTENCES['access-not-kept'] }
  try {
    return [unmasked(first, await ctx.secrets.reveal(passwordPlace(order), sealed)), ...rest]
  } catch (error) {
    if (!(error instanceof CfdiMailError)) throw error
    return { missing: `the first password of this mail does not open: ${error.code}` }
  }
}

function sealedOf(order: ClaimedOrder, { head, tail, sha256 }: OrderBody) {
  return {
    sender: order.sender ?? '',
    head: head ?? '',
    tail: tail ?? '',
    partHeaders: order.attachments.map((attachment) => attachment.partHeader ?? ''),
    sha256: sha256 ?? '',
  }
}

/** An order that was packaged before its sender or its recipients were known gets its bytes now, once and for all. */
async function seal(
  ctx: Ctx,
  {
    order,
    type = GRAL,
    profile,
    sealing,
    body,
  }: Loading & { readonly profile: StoredProfile; readonly body: OrderBody },
  contents: readonly Buffer[],
) {
  const known = senderOf(ctx, profile, { type, issuerName: '' })
  const sender = {
    address: order.sender ?? known?.address ?? profile.from,
    name: known?.name ?? profile.fromName,
  }
  const messageId = messageIdUnder(order.messageId, sender)
  const sealed = composeMessage({
    messageId,
    date: order.createdAt,
    seed: order.id,
    sender,
    replyTo: profile.replyTo,
    to: await recipientsOfOrder(ctx.db, order.id),
    subject: order.subject,
    text: body.text ?? '',
    html: body.html,
    attachments: order.attachments.map(({ name, mediaType }, i) => ({
      name,
      mediaType,
      content: contents[i] ?? Buffer.alloc(0),
    })),
  })
  if (sealing === 'fix') await saveSealed(ctx.db, { order: order.id, messageId }, sealed)
  return sealed
}
