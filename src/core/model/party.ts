import { CFDI_KINDS, type CfdiKind } from './cfdi.ts'
import { foldName, PARTY_KINDS, type PartyKind } from './customer.ts'
import { CfdiMailError } from './errors.ts'

/** What people type, without case and accents. */
const WORDS: Readonly<Record<PartyKind, readonly string[]>> = {
  customer: ['customer', 'customers', 'cliente', 'clientes'],
  supplier: ['supplier', 'suppliers', 'proveedor', 'proveedores'],
  employee: ['employee', 'employees', 'empleado', 'empleados', 'trabajador', 'trabajadores'],
  bank: ['bank', 'banks', 'banco', 'bancos'],
}

/** The kind that a word names, or undefined. */
export function partyKindOf(text: string): PartyKind | undefined {
  const word = foldName(text)
  return PARTY_KINDS.find((kind) => WORDS[kind].includes(word))
}

/**
 * The kind that was typed, in English or Spanish.
 * @throws BAD_CHOICE
 */
export function parsePartyKind(text: string): PartyKind {
  const kind = partyKindOf(text)
  if (kind !== undefined) return kind
  throw new CfdiMailError('BAD_CHOICE', { flag: 'kind', value: text, choices: PARTY_KINDS.join(', ') })
}

/**
 * Whom a document of this kind is matched with by RFC: payroll with employees, all else with customers only, so that a supplier
 * of the same RFC neither gets the invoice nor puts the customer in doubt. It is said here and nowhere else.
 */
export function partyKindFor(kind: CfdiKind | null): PartyKind {
  return kind === 'N' ? 'employee' : 'customer'
}

/** Kinds of party that get CFDI at all. */
export const CFDI_PARTIES: readonly PartyKind[] = [...new Set(CFDI_KINDS.map(partyKindFor))]

/** First letter of the codes that are given out: C00001, P00001 (proveedor), E00001, B00001. */
export const CODE_PREFIXES: Readonly<Record<PartyKind, string>> = {
  customer: 'C',
  supplier: 'P',
  employee: 'E',
  bank: 'B',
}
