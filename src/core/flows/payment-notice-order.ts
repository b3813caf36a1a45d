import { sha256Of } from '../files/spool.ts'
import { destinationOf } from '../model/choose-papers.ts'
import type { Customer } from '../model/customer.ts'
import type { PaymentNotice } from '../model/payment-notice.ts'
import { listDocumentSettings } from '../store/document-settings.ts'
import { listPackagingTypes } from '../store/packaging-types.ts'
import type { Ctx } from './ctx.ts'
import type { MadeOrder } from './make-orders.ts'
import { type Objection, tryPaperOrder } from './try-paper-order.ts'

/**
 * The send order of a notice: a receipt like one from a file, with its PDF or without. Who may get it and by what packaging
 * type is decided as for any paper.
 * @param content the PDF's bytes, or null
 */
export async function orderOfNotice(
  ctx: Ctx,
  notice: PaymentNotice,
  { party, content }: { readonly party: Customer; readonly content: Buffer | null },
): Promise<MadeOrder | Objection> {
  const kind = 'receipt'
  const types = await listPackagingTypes(ctx.db)
  const to = destinationOf(party.code, {
    kind,
    parties: new Map([[party.code, party]]),
    types: new Map(types.map((type) => [type.code, type])),
    askedType: null,
    settings: await listDocumentSettings(ctx.db),
  })
  if ('reason' in to) return to
  const { reference, date, amount, currency, paid, language, pdf } = notice
  const parts = {
    paper: { kind, reference, date, amount, currency, file: pdf?.name ?? '', customer: party },
    type: to.type,
    sha256: pdf?.sha256 ?? contentHash(notice),
    receipt: { paid, language },
    ticket: null,
    pdf: content,
  } as const
  return await tryPaperOrder(ctx, parts, null)
}

/** Stands for the file that there is none of: what the receipt says. */
function contentHash({ customer, reference, date, amount, currency, paid }: PaymentNotice): string {
  return sha256Of(Buffer.from(JSON.stringify([customer, reference, date, amount, currency, paid])))
}
