/**
 * How people name a document: kind, series and folio (`I A-1001`); the end of the UUID where there is no folio.
 */
export function documentName(document: {
  readonly documentKind?: string | null
  readonly kind?: string | null
  readonly series: string
  readonly folio: string
  readonly uuid: string | null
}): string {
  const folio = [document.series, document.folio].filter((part) => part !== '').join('-')
  const kind = document.documentKind ?? document.kind ?? ''
  return [kind, folio === '' ? (document.uuid?.slice(-12) ?? '') : folio]
    .filter((part) => part !== '')
    .join(' ')
}

/** A payment's or a waybill's own Total is 0 XXX: no amount that anybody wants to read. */
export function amountOf({ total, currency }: { readonly total: string; readonly currency: string }): string {
  return total === '' || currency === 'XXX' ? '' : `${total} ${currency}`
}
