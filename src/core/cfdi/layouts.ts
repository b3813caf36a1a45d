import type { CfdiStandard } from '../model/cfdi.ts'
import { knownName } from './names.ts'
import { knownUri } from './namespaces.ts'

/** Where each datum of the root's attributes is, as numbers of attribute names; 0 = this version has none. */
export interface RootNames {
  readonly kind: number
  readonly series: number
  readonly folio: number
  readonly issuedAt: number
  readonly subtotal: number
  readonly total: number
  readonly currency: number
  readonly exchangeRate: number
  readonly paymentForm: number
  readonly paymentMethod: number
  readonly issuedIn: number
  readonly certificate: number
  readonly seal: number
}

export interface PartyNames {
  readonly rfc: number
  readonly name: number
}

/** How one version of one document type names its parts. Sources: cfdv32, cfdv33, cfdv40, retencionpagov1 and v2 (XSD of the SAT). */
export interface Layout {
  readonly standard: CfdiStandard
  readonly version: string
  readonly uri: number
  readonly root: number
  readonly versionName: number
  readonly names: RootNames
  readonly issuer: PartyNames
  readonly receiver: PartyNames
  /** UsoCFDI of the receiver, or 0. */
  readonly cfdiUse: number
  /** Attribute of a receiver abroad, or 0. */
  readonly foreignId: number
  /** Total in the Totales element (Retenciones), or 0. */
  readonly totalsTotal: number
}

const NONE = 0

/** CFDI 3.3 and 4.0 name these alike. */
const CFDI_NAMES: RootNames = {
  kind: knownName('TipoDeComprobante'),
  series: knownName('Serie'),
  folio: knownName('Folio'),
  issuedAt: knownName('Fecha'),
  subtotal: knownName('SubTotal'),
  total: knownName('Total'),
  currency: knownName('Moneda'),
  exchangeRate: knownName('TipoCambio'),
  paymentForm: knownName('FormaPago'),
  paymentMethod: knownName('MetodoPago'),
  issuedIn: knownName('LugarExpedicion'),
  certificate: knownName('NoCertificado'),
  seal: knownName('Sello'),
}

/** Most begin with a small letter in 3.2; Moneda, TipoCambio and LugarExpedicion, which came late, do not. */
const CFDI_32_NAMES: RootNames = {
  kind: knownName('tipoDeComprobante'),
  series: knownName('serie'),
  folio: knownName('folio'),
  issuedAt: knownName('fecha'),
  subtotal: knownName('subTotal'),
  total: knownName('total'),
  currency: knownName('Moneda'),
  exchangeRate: knownName('TipoCambio'),
  paymentForm: knownName('formaDePago'),
  paymentMethod: knownName('metodoDePago'),
  issuedIn: knownName('LugarExpedicion'),
  certificate: knownName('noCertificado'),
  seal: knownName('sello'),
}

/** Retenciones have no series, no currency (always MXN), and their total in an element of its own. */
const RETENCIONES_NAMES: RootNames = {
  kind: knownName('CveRetenc'),
  series: NONE,
  folio: knownName('FolioInt'),
  issuedAt: knownName('FechaExp'),
  subtotal: NONE,
  total: NONE,
  currency: NONE,
  exchangeRate: NONE,
  paymentForm: NONE,
  paymentMethod: NONE,
  issuedIn: knownName('LugarExpRetenc'),
  certificate: knownName('NoCertificado'),
  seal: knownName('Sello'),
}

const PARTY: PartyNames = { rfc: knownName('Rfc'), name: knownName('Nombre') }
const PARTY_32: PartyNames = { rfc: knownName('rfc'), name: knownName('nombre') }

const CFDI_40: Layout = {
  standard: 'CFDI',
  version: '4.0',
  uri: knownUri('http://www.sat.gob.mx/cfd/4'),
  root: knownName('Comprobante'),
  versionName: knownName('Version'),
  names: CFDI_NAMES,
  issuer: PARTY,
  receiver: PARTY,
  cfdiUse: knownName('UsoCFDI'),
  foreignId: NONE,
  totalsTotal: NONE,
}

const CFDI_33: Layout = { ...CFDI_40, version: '3.3', uri: knownUri('http://www.sat.gob.mx/cfd/3') }

/** 3.2 shares its namespace with 3.3: only the version attribute tells them apart. */
const CFDI_32: Layout = {
  ...CFDI_33,
  version: '3.2',
  versionName: knownName('version'),
  names: CFDI_32_NAMES,
  issuer: PARTY_32,
  receiver: PARTY_32,
  cfdiUse: NONE,
}

const RETENCIONES_20: Layout = {
  standard: 'RET',
  version: '2.0',
  uri: knownUri('http://www.sat.gob.mx/esquemas/retencionpago/2'),
  root: knownName('Retenciones'),
  versionName: knownName('Version'),
  names: RETENCIONES_NAMES,
  issuer: { rfc: knownName('RfcE'), name: knownName('NomDenRazSocE') },
  receiver: { rfc: knownName('RfcR'), name: knownName('NomDenRazSocR') },
  cfdiUse: NONE,
  foreignId: knownName('NumRegIdTribR'),
  totalsTotal: knownName('MontoTotOperacion'),
}

const RETENCIONES_10: Layout = {
  ...RETENCIONES_20,
  version: '1.0',
  uri: knownUri('http://www.sat.gob.mx/esquemas/retencionpago/1'),
  names: { ...RETENCIONES_NAMES, issuedIn: NONE, certificate: knownName('NumCert') },
  issuer: { rfc: knownName('RFCEmisor'), name: knownName('NomDenRazSocE') },
  receiver: { rfc: knownName('RFCRecep'), name: knownName('NomDenRazSocR') },
  foreignId: knownName('NumRegIdTrib'),
  totalsTotal: knownName('montoTotOperacion'),
}

export const LAYOUTS: readonly Layout[] = [CFDI_40, CFDI_33, CFDI_32, RETENCIONES_20, RETENCIONES_10]

/** Root and namespace of the SAT's documents, of whatever version. */
const FAMILIES: readonly (readonly [root: string, namespace: RegExp])[] = [
  ['Comprobante', /^http:\/\/www\.sat\.gob\.mx\/cfd\/\d+$/],
  ['Retenciones', /^http:\/\/www\.sat\.gob\.mx\/esquemas\/retencionpago\/\d+$/],
]

/** Whether a root that no layout fits is at least a fiscal document of the SAT, in a version not known here. */
export function isFiscalRoot(local: string, namespace: string): boolean {
  return FAMILIES.some(([root, pattern]) => root === local && pattern.test(namespace))
}
