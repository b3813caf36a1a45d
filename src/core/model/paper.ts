import { type Customer, foldName, PARTY_KINDS, type PartyKind } from './customer.ts'
import { CfdiMailError } from './errors.ts'

/** Papers that are no CFDI: pedido, orden de compra, estado de cuenta, ticket, recibo. */
export const PAPER_KINDS = ['order', 'purchase-order', 'statement', 'ticket', 'receipt'] as const
export type PaperKind = (typeof PAPER_KINDS)[number]

/** What people type, without case, accents, hyphens and spaces. */
const WORDS: Readonly<Record<PaperKind, readonly string[]>> = {
  order: ['order', 'orders', 'pedido', 'pedidos'],
  'purchase-order': ['purchaseorder', 'purchaseorders', 'ordendecompra', 'ordenesdecompra', 'compra', 'oc'],
  statement: ['statement', 'statements', 'estadodecuenta', 'estadosdecuenta', 'estado', 'edocta', 'edo'],
  ticket: ['ticket', 'tickets', 'tiquet', 'tkt'],
  receipt: ['receipt', 'receipts', 'recibo', 'recibos'],
}

/** A paper inside a send order: what is needed to list, search and repeat it without the source file. */
export interface OrderPaper {
  readonly kind: PaperKind
  /** What the firm calls it: with kind and customer it is packaged once. */
  readonly reference: string
  /** `YYYY-MM-DD`, or null when nothing says it. */
  readonly date: string | null
  /** Decimal text, or ''. */
  readonly amount: string
  readonly currency: string
  /** Name of the source file. */
  readonly file: string
  /** Of the file, lower-case hex. */
  readonly sha256: string
}

/** A paper of which it is known to whom it goes. */
export interface MatchedPaper extends Omit<OrderPaper, 'sha256'> {
  readonly customer: Customer
}

/** The kind that a word names, or undefined. */
export function paperKindOf(text: string): PaperKind | undefined {
  const word = foldName(text).replace(/[\s_-]+/g, '')
  return PAPER_KINDS.find((kind) => WORDS[kind].includes(word))
}

/**
 * The one kind of paper that was typed, in English or Spanish.
 * @param typed one text for each time that the flag was typed
 * @throws PAPER_KIND when there is none, several, or one that is no paper
 */
export function parsePaperKind(typed: readonly string[]): PaperKind {
  const [text, another] = typed.flatMap((value) => value.split(','))
  const kind = text === undefined || another !== undefined ? undefined : paperKindOf(text)
  if (kind !== undefined) return kind
  throw new CfdiMailError('PAPER_KIND', {
    ...{ value: typed.join(','), variant: text === undefined ? 'none' : '' },
    ...{ flag: 'kind', choices: PAPER_KINDS.join(', ') },
  })
}

/** Who may get a paper of the kind. A statement or a receipt goes to any party: its code says to whom. */
export function partiesFor(kind: PaperKind): readonly PartyKind[] {
  switch (kind) {
    case 'purchase-order':
      return ['supplier']
    case 'order':
    case 'ticket':
      return ['customer']
    case 'statement':
    case 'receipt':
      return PARTY_KINDS
  }
}
