import type { CfdiHead, UnusableReason } from '../model/cfdi.ts'
import type { Facts } from './facts.ts'

/** TimbreFiscalDigitalv11.xsd: hexadecimal digits of either case. Asked of the raw text: upper case makes FF of the ligature ﬀ. */
const UUID = /^[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}$/
/** tdCFDI t_FechaH; 3.2 and Retenciones 1.0 have xs:dateTime, which allows a fraction and an offset behind it. */
const DATE_TIME =
  /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?(Z|[+-]\d\d:\d\d)?$/
/** xs:decimal, of which every t_Importe is made; they allow far fewer digits. */
const DECIMAL = /^[+-]?(\d{1,30}(\.\d{0,30})?|\.\d{1,30})$/

/** Why a document may not leave. */
export interface Fault {
  readonly reason: UnusableReason
  readonly detail: string
}

/**
 * What is wrong with a document that was read to its end, or null. First what it is, then whether its stamp is its own, then
 * whether it says what a mailer needs: a document without stamp and without date is first of all not stamped.
 * @param head what the facts amount to
 */
export function faultOf(facts: Facts, head: CfdiHead | null): Fault | null {
  return identityFault(facts) ?? stampFault(facts) ?? missingDatum(facts, head)
}

function identityFault(facts: Facts): Fault | null {
  if (!facts.isFiscal) return { reason: 'not-cfdi', detail: `root {${facts.rootUri}}${facts.rootName}` }
  if (facts.layout !== null) return null
  return {
    reason: 'unknown-version',
    detail: `${facts.rootName} version '${facts.version}' in ${facts.rootUri}`,
  }
}

function stampFault(facts: Facts): Fault | null {
  const { stamp, stamps, root } = facts
  if (stamp === null) return { reason: 'not-stamped', detail: 'no TimbreFiscalDigital in Complemento' }
  if (stamps > 1) return { reason: 'several-stamps', detail: `${stamps} TimbreFiscalDigital in Complemento` }
  if (!UUID.test(stamp.uuidRaw)) return { reason: 'bad-uuid', detail: `UUID '${stamp.uuidRaw}'` }
  if (facts.stampSeal === root?.seal) return null
  return { reason: 'seal-mismatch', detail: 'SelloCFD of TimbreFiscalDigital is not Sello' }
}

/** A text that says something. RFCs are taken as they are: the PAC has checked them, and a customer is found by the very text. */
const ANYTHING = /./

function missingDatum(facts: Facts, head: CfdiHead | null): Fault | null {
  if (head === null) return missing('TipoDeComprobante', facts.root?.kind ?? '')
  const required: readonly (readonly [datum: string, value: string, form: RegExp])[] = [
    ['Emisor Rfc', head.issuer.rfc, ANYTHING],
    ['Receptor', receiverOf(head), ANYTHING],
    ['Fecha', head.issuedAt, DATE_TIME],
    ['Total', head.total, DECIMAL],
    ['FechaTimbrado', head.stamp?.stampedAt ?? '', DATE_TIME],
  ]
  const lacking = required.find(([, value, form]) => !form.test(value))
  return lacking === undefined ? null : missing(lacking[0], lacking[1])
}

/** A receiver abroad (Retenciones) need not have a tax number: then the name is who it is. */
function receiverOf({ standard, receiver }: CfdiHead): string {
  return receiver.rfc || receiver.foreignId || (standard === 'RET' ? receiver.name : '')
}

function missing(datum: string, value: string): Fault {
  return { reason: 'missing-data', detail: value === '' ? `no ${datum}` : `${datum} '${value}'` }
}
