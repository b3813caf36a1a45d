import type { PaperKind } from '../../core/model/paper.ts'
import type { ViewContext } from './view.ts'

/** How people name a paper: what it is and its reference, `pedido 4500`. */
export function paperName(
  { kind, reference }: { readonly kind: PaperKind; readonly reference: string },
  t: ViewContext['t'],
): string {
  return `${t(`paper.${kind}`)} ${reference}`.trim()
}
