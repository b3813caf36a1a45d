import { textsIn } from '../message/message-texts.ts'
import type { RenderedMail } from '../message/render.ts'
import { orderTexts, type OrderTexts } from '../store/repeats.ts'
import type { Ctx } from './ctx.ts'

/** What an order's mail says, and the profile that the order named. */
export type OrderWords = RenderedMail & Pick<OrderTexts, 'profile'>

/** The words as they were rendered when the order was made: those of a sealed message are read back from its bytes. */
export async function orderWords(ctx: Ctx, order: string): Promise<OrderWords> {
  const { text, html, head, ...rest } = await orderTexts(ctx.db, order)
  return text === null ? { ...rest, ...textsIn(head ?? '', order) } : { ...rest, text, html }
}
