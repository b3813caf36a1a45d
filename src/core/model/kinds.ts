import { CFDI_KINDS, type CfdiKind } from './cfdi.ts'
import { foldName } from './customer.ts'
import { CfdiMailError } from './errors.ts'

/** What people type instead of the letter, without accents. */
const WORDS: ReadonlyMap<string, CfdiKind> = new Map([
  ['ingreso', 'I'],
  ['ingresos', 'I'],
  ['factura', 'I'],
  ['facturas', 'I'],
  ['egreso', 'E'],
  ['egresos', 'E'],
  ['traslado', 'T'],
  ['traslados', 'T'],
  ['nomina', 'N'],
  ['nominas', 'N'],
  ['pago', 'P'],
  ['pagos', 'P'],
  ['retencion', 'R'],
  ['retenciones', 'R'],
])

/**
 * Kinds of document as typed: letters of c_TipoDeComprobante (and `R` for retenciones) or their Spanish words, separated by
 * commas, in any case, repeated or not.
 * @param values one text for each time that the flag was typed
 * @returns each kind once, in the order of CFDI_KINDS
 * @throws BAD_CHOICE
 */
export function parseKinds(values: readonly string[]): CfdiKind[] {
  const wanted = new Set(values.flatMap((value) => value.split(',')).map(kindOf))
  return CFDI_KINDS.filter((kind) => wanted.has(kind))
}

function kindOf(value: string): CfdiKind {
  const word = foldName(value)
  const kind = WORDS.get(word) ?? CFDI_KINDS.find((letter) => letter.toLowerCase() === word)
  if (kind === undefined)
    throw new CfdiMailError('BAD_CHOICE', {
      ...{ flag: 'kind', value, choices: CFDI_KINDS.join(', ') },
      words: [...WORDS.keys()].join(', '),
    })
  return kind
}
