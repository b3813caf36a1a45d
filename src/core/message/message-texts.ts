import { decode } from 'libqp'
import type { SealedMessage } from '../model/send-order.ts'
import { boundaryOf } from './compose.ts'
import type { RenderedMail } from './render.ts'

/**
 * What a message says, read back from its own bytes: the other way round of `composeMessage`. Line ends are `\n`, and the last
 * line has one too; composed again the texts are the same bytes.
 * @param head of a sealed message
 * @param seed that its boundaries were made of, the order's id
 */
export function textsIn(head: SealedMessage['head'], seed: string): Pick<RenderedMail, 'text' | 'html'> {
  const [, text, html] = head.split(delimiter(seed, 2))
  if (text !== undefined && html !== undefined) return { text: bodyOf(text), html: bodyOf(html) }
  const [whole, mixed] = head.split(delimiter(seed, 1))
  return { text: bodyOf(mixed ?? whole ?? ''), html: null }
}

/** At the beginning of a line (RFC 2046 § 5.1.1): no quoted-printable body can hold it, but a subject can, within a line. */
function delimiter(seed: string, level: number): RegExp {
  return new RegExp(`(?<=\\r\\n)--${boundaryOf(seed, level)}`)
}

/** The content of a part, behind the first empty line. */
function bodyOf(part: string): string {
  const body = part.slice(part.indexOf('\r\n\r\n') + 4)
  return decode(body).toString().replaceAll('\r\n', '\n')
}
