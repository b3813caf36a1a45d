import { attribute, attributeOrEmpty } from './attributes.ts'
import { takeComplement, takePayment, withoutSpace } from './complement.ts'
import type { Facts, RootValues } from './facts.ts'
import { isFiscalRoot, LAYOUTS, type Layout, type PartyNames, type RootNames } from './layouts.ts'
import { knownName, nameText } from './names.ts'
import { uriText } from './namespaces.ts'
import { takePayrollEmployee } from './payroll.ts'
import { DOCUMENT, type Scan } from './scan.ts'

/** Parts of a document whose children carry facts; DOCUMENT is the first. */
const ROOT = 2
const RECEIVER = 3
const LINES = 4
const COMPLEMENT = 5
const PAYMENTS = 6
const PAYROLL = 7
/** Nothing below matters: an addenda, a complement that is not read, another document. */
const NOTHING = 0
const COMPLEMENT_PARTS = { payments: PAYMENTS, payroll: PAYROLL, other: NOTHING } as const

const VERSION = knownName('Version')
const VERSION_32 = knownName('version')
const ISSUER_ELEMENT = knownName('Emisor')
const RECEIVER_ELEMENT = knownName('Receptor')
const NATIONAL_ELEMENT = knownName('Nacional')
const FOREIGN_ELEMENT = knownName('Extranjero')
const LINES_ELEMENT = knownName('Conceptos')
const LINE_ELEMENT = knownName('Concepto')
const COMPLEMENT_ELEMENT = knownName('Complemento')
const ADDENDA_ELEMENT = knownName('Addenda')
const TOTALS_ELEMENT = knownName('Totales')

/**
 * Takes down what the start tag at hand says. An element counts by namespace, local name and parent, never by prefix: so a
 * stamp or a document inside an addenda is not seen.
 * @param parent part of its parent, DOCUMENT for the root
 * @returns its own part
 */
export function takeElement(facts: Facts, scan: Scan, parent: number): number {
  switch (parent) {
    case DOCUMENT:
      return takeRoot(facts, scan)
    case COMPLEMENT:
      return COMPLEMENT_PARTS[takeComplement(facts, scan)]
    case PAYMENTS:
      takePayment(facts, scan)
      return NOTHING
    case PAYROLL:
      takePayrollEmployee(facts, scan)
      return NOTHING
    default:
      return takeOwn(facts, scan, parent)
  }
}

/** Takes down an element that counts only in the namespace of the document itself. */
function takeOwn(facts: Facts, scan: Scan, parent: number): number {
  const layout = facts.layout
  if (layout === null || scan.uri !== layout.uri) return NOTHING
  if (parent === ROOT) return takeChild(facts, scan, layout)
  if (parent === LINES && scan.local === LINE_ELEMENT) facts.lines++
  if (parent === RECEIVER) takeRetencionesReceiver(facts, scan, layout)
  return NOTHING
}

function takeRoot(facts: Facts, scan: Scan): number {
  facts.rootName = nameText(scan.local)
  facts.rootUri = uriText(scan.uri)
  facts.version = attribute(scan, VERSION) ?? attributeOrEmpty(scan, VERSION_32)
  const layout = LAYOUTS.find(
    (one) =>
      one.uri === scan.uri && one.root === scan.local && attribute(scan, one.versionName) === one.version,
  )
  facts.isFiscal = layout !== undefined || isFiscalRoot(facts.rootName, facts.rootUri)
  if (layout === undefined) return NOTHING
  facts.layout = layout
  facts.root = rootValues(scan, layout.names)
  facts.total = facts.root.total
  return ROOT
}

function rootValues(scan: Scan, names: RootNames): RootValues {
  return {
    kind: attributeOrEmpty(scan, names.kind),
    series: attribute(scan, names.series),
    folio: attribute(scan, names.folio),
    issuedAt: attributeOrEmpty(scan, names.issuedAt),
    subtotal: attribute(scan, names.subtotal),
    total: attribute(scan, names.total),
    currency: attributeOrEmpty(scan, names.currency),
    exchangeRate: attribute(scan, names.exchangeRate),
    paymentForm: attribute(scan, names.paymentForm),
    paymentMethod: attribute(scan, names.paymentMethod),
    issuedIn: attribute(scan, names.issuedIn),
    certificate: attributeOrEmpty(scan, names.certificate),
    seal: withoutSpace(attributeOrEmpty(scan, names.seal)),
  }
}

function takeChild(facts: Facts, scan: Scan, layout: Layout): number {
  switch (scan.local) {
    case ISSUER_ELEMENT:
      facts.issuer ??= party(scan, layout.issuer)
      return NOTHING
    case RECEIVER_ELEMENT:
      return takeReceiver(facts, scan, layout)
    case LINES_ELEMENT:
      return LINES
    case COMPLEMENT_ELEMENT:
      return COMPLEMENT
    case ADDENDA_ELEMENT:
      facts.hasAddenda = true
      return NOTHING
    case TOTALS_ELEMENT:
      facts.total ??= attribute(scan, layout.totalsTotal)
      return NOTHING
    default:
      return NOTHING
  }
}

/** In a CFDI the receiver is in the attributes of Receptor, in Retenciones in its child. */
function takeReceiver(facts: Facts, scan: Scan, layout: Layout): number {
  if (layout.standard === 'RET') return RECEIVER
  const { rfc, name } = party(scan, layout.receiver)
  facts.receiver ??= { rfc, name, foreignId: null, cfdiUse: attribute(scan, layout.cfdiUse) }
  return NOTHING
}

function takeRetencionesReceiver(facts: Facts, scan: Scan, layout: Layout): void {
  const { rfc, name } = party(scan, layout.receiver)
  if (scan.local === NATIONAL_ELEMENT) facts.receiver ??= { rfc, name, foreignId: null, cfdiUse: null }
  if (scan.local === FOREIGN_ELEMENT) {
    facts.receiver ??= { rfc: '', name, foreignId: attribute(scan, layout.foreignId), cfdiUse: null }
  }
}

function party(scan: Scan, names: PartyNames): { readonly rfc: string; readonly name: string } {
  return { rfc: attributeOrEmpty(scan, names.rfc), name: attributeOrEmpty(scan, names.name) }
}
