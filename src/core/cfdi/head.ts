import { CFDI_KINDS, type CfdiHead, type CfdiKind, type Party } from '../model/cfdi.ts'
import type { Facts } from './facts.ts'

/** How 3.2 spells the kinds that 3.3 and 4.0 write as I, E and T. */
const KINDS_32: ReadonlyMap<string, CfdiKind> = new Map([
  ['ingreso', 'I'],
  ['egreso', 'E'],
  ['traslado', 'T'],
])

const NOBODY: Party = { rfc: '', name: '' }

/**
 * The head that the facts amount to, with '' for whatever a document ought to say and does not.
 * @returns null when not even the kind of document is known
 */
export function headOf(facts: Facts): CfdiHead | null {
  const { layout, root } = facts
  const kind = kindOf(facts)
  if (layout === null || root === null || kind === null) return null
  return {
    standard: layout.standard,
    version: layout.version,
    kind,
    kindRaw: root.kind,
    issuer: facts.issuer ?? NOBODY,
    receiver: facts.receiver ?? { ...NOBODY, foreignId: null, cfdiUse: null },
    series: root.series,
    folio: root.folio,
    issuedAt: root.issuedAt,
    subtotal: root.subtotal,
    total: facts.total ?? '',
    currency: layout.standard === 'RET' ? 'MXN' : root.currency,
    exchangeRate: root.exchangeRate,
    paymentForm: root.paymentForm,
    paymentMethod: root.paymentMethod,
    issuedIn: root.issuedIn,
    certificate: root.certificate,
    seal: root.seal,
    lines: facts.lines,
    complements: facts.complements,
    hasAddenda: facts.hasAddenda,
    payments: facts.payments,
    paymentsTotal: facts.paymentsTotal,
    payroll: facts.payroll,
    stamp: facts.stamp,
  }
}

function kindOf({ layout, root }: Facts): CfdiKind | null {
  if (layout === null || root === null) return null
  if (layout.standard === 'RET') return 'R'
  if (layout.version === '3.2') return KINDS_32.get(root.kind.toLowerCase()) ?? null
  return CFDI_KINDS.find((kind) => kind === root.kind && kind !== 'R') ?? null
}
