import type { CfdiKind, StampedHead } from '../model/cfdi.ts'
import type { PaidDocument } from '../model/paid-document.ts'
import { PAPER_KINDS, type PaperKind } from '../model/paper.ts'
import { languageOfTemplate, RECEIPT_TEMPLATES } from '../model/receipt.ts'
import { BUILT_IN_TEMPLATES, type BuiltInTemplate } from '../model/template.ts'
import { PASSWORD_MASK, type PortalAccessData } from '../model/portal.ts'
import { attachmentBase } from './attachment-name.ts'
import { paidDocuments } from './paid-lines.ts'
import { paperData, templateData, type TemplateData } from './template-data.ts'

/** Between the SAT's public test parties. */
const INVOICE: StampedHead = {
  standard: 'CFDI',
  version: '4.0',
  kind: 'I',
  kindRaw: 'I',
  issuer: { rfc: 'EKU9003173C9', name: 'ESCUELA KEMPER URGATE' },
  receiver: { rfc: 'URE180429TM6', name: 'UNIVERSIDAD ROBOTICA ESPAÑOLA', foreignId: null, cfdiUse: 'G03' },
  series: 'A',
  folio: '1001',
  issuedAt: '2024-05-20T09:00:00',
  subtotal: '1000.00',
  total: '1160.00',
  currency: 'MXN',
  exchangeRate: null,
  paymentForm: '03',
  paymentMethod: 'PUE',
  issuedIn: '42501',
  certificate: '30001000000500003416',
  seal: 'c2FtcGxl',
  lines: 1,
  complements: [],
  hasAddenda: false,
  payments: [],
  paymentsTotal: null,
  payroll: null,
  stamp: {
    uuid: '6F1A3C5E-0D2B-4A7C-9E8F-1B2C3D4E5F60',
    uuidRaw: '6F1A3C5E-0D2B-4A7C-9E8F-1B2C3D4E5F60',
    version: '1.1',
    stampedAt: '2024-05-20T09:00:05',
    pacRfc: 'SPR190613I52',
    satCertificate: '30001000000500003456',
  },
}

const PAYMENT: StampedHead = {
  ...of('P', 'CP', '77'),
  total: '0',
  currency: 'XXX',
  paymentForm: null,
  paymentMethod: null,
  complements: ['Pagos'],
  payments: [{ paidAt: '2024-05-18T12:00:00', amount: '1160.00', currency: 'MXN', form: '03' }],
  paymentsTotal: '1160.00',
}

const WAYBILL: StampedHead = {
  ...of('T', 'T', '15'),
  total: '0',
  currency: 'XXX',
  complements: ['CartaPorte'],
}

const PAYROLL: StampedHead = {
  ...of('N', 'NOM', '240'),
  total: '8450.75',
  receiver: { rfc: 'XOJI740919U48', name: 'INGRID XODAR JIMENEZ', foreignId: null, cfdiUse: 'CN01' },
  complements: ['Nomina'],
  payroll: {
    curp: 'XOJI740919MDFDMN00',
    employeeNumber: '0042',
    paidOn: '2024-05-15',
    from: '2024-05-01',
    to: '2024-05-15',
  },
}

/** Heads to check and show templates with: one document of each kind, without series and folio, and several. */
export const SAMPLES = {
  invoice: [INVOICE],
  'credit-note': [of('E', 'NC', '12')],
  payment: [PAYMENT],
  waybill: [WAYBILL],
  payroll: [PAYROLL],
  withholdings: [{ ...of('R', null, '9'), standard: 'RET', version: '2.0', kindRaw: '14' }],
  'portal-access': [INVOICE],
  several: [INVOICE, { ...of('I', 'A', '1002'), total: '12345.67' }, PAYMENT],
} as const satisfies Readonly<Record<BuiltInTemplate, readonly StampedHead[]>>

/** What a mail with a first password says. */
const SAMPLE_ACCESS: PortalAccessData = {
  user: 'URE180429TM6',
  password: PASSWORD_MASK,
  signIn: 'https://facturas.example.com/portal',
  recovery: 'https://facturas.example.com/portal/recuperar',
}

const SAMPLE_PAID: readonly PaidDocument[] = [
  {
    ...{ uuid: INVOICE.stamp.uuid, series: 'A', folio: '1001', instalment: '1', currency: 'MXN' },
    ...{ previousBalance: '1160.00', paid: '1160.00', balanceLeft: '0.00' },
    ...{ paidAt: '2024-05-18T12:00:00', form: '03' },
  },
]

/** Template data of a sample document or paper; a name that is no built-in template's takes the invoice. */
export function sampleData(name: string): TemplateData {
  const paper = PAPER_KINDS.find((kind) => kind === name)
  if (paper !== undefined) return paperSample(paper)
  if (RECEIPT_TEMPLATES.some((receipt) => receipt === name)) return receiptSample(name)
  const known = BUILT_IN_TEMPLATES.find((template) => template === name) ?? 'invoice'
  const heads: readonly StampedHead[] = SAMPLES[known]
  return templateData({
    heads,
    customer: { code: 'C00001', name: 'Universidad Robótica Española' },
    settings: { companyName: null },
    verificationUrls: heads.map(sampleUrl),
    paid: heads.some(({ kind }) => kind === 'P') ? SAMPLE_PAID : [],
    attachments: heads.flatMap((head) => ['.xml', '.pdf'].map((extension) => `${baseOf(head)}${extension}`)),
    access: SAMPLE_ACCESS,
  })
}

const SAMPLE_PARTY = { code: 'C00001', name: 'Universidad Robótica Española', rfc: 'URE180429TM6' }

function paperSample(kind: PaperKind): TemplateData {
  const file = `${kind}_C00001_4500.pdf`
  return paperData({
    paper: { kind, reference: '4500', date: '2024-05-31', amount: '1160.00', currency: 'MXN', file },
    customer: SAMPLE_PARTY,
    companyName: 'Escuela Kemper Urgate',
    attachments: [file],
    ticket: kind === 'ticket' ? '1 x Café americano  $38.00' : '',
  })
}

const SAMPLE_COLLECTION = {
  customer: SAMPLE_PARTY,
  companyName: 'Escuela Kemper Urgate',
  attachments: ['REC_C00001_R-205.pdf'],
}

/** The other way round: who was paid is the supplier. */
const SAMPLE_PAYMENT = {
  customer: { code: 'P00001', name: 'Escuela Kemper Urgate', rfc: 'EKU9003173C9' },
  companyName: 'Universidad Robótica Española',
  attachments: ['REC_P00001_R-205.pdf'],
}

/** Of two documents, one of them paid in part. */
function receiptSample(name: string): TemplateData {
  const paper = { kind: 'receipt', reference: 'R-205', date: '2024-05-18', amount: '1740.00' } as const
  const lines = [
    { document: 'A-1001', instalment: '1', paid: '1160.00', balanceLeft: '0.00' },
    { document: 'A-1002', instalment: '2', paid: '580.00', balanceLeft: '11765.67' },
  ]
  const currency = 'MXN'
  return paperData({
    paper: { ...paper, currency, file: '' },
    ...(name.startsWith('supplier') ? SAMPLE_PAYMENT : SAMPLE_COLLECTION),
    ticket: '',
    paid: paidDocuments(lines, { date: paper.date, currency }),
    language: languageOfTemplate(name),
  })
}

function of(kind: CfdiKind, series: string | null, folio: string): StampedHead {
  const uuid = `${INVOICE.stamp.uuid.slice(0, -folio.length)}${folio}`
  return { ...INVOICE, kind, kindRaw: kind, series, folio, stamp: { ...INVOICE.stamp, uuid, uuidRaw: uuid } }
}

function baseOf(head: StampedHead): string {
  return attachmentBase({
    issuerRfc: head.issuer.rfc,
    series: head.series ?? '',
    folio: head.folio ?? '',
    uuid: head.stamp.uuid,
  })
}

function sampleUrl(head: StampedHead): string {
  const site =
    head.standard === 'RET'
      ? 'https://prodretencionverificacion.clouda.sat.gob.mx/'
      : 'https://verificacfdi.facturaelectronica.sat.gob.mx/default.aspx'
  return `${site}?id=${head.stamp.uuidRaw}&re=${head.issuer.rfc}&rr=${head.receiver.rfc}&tt=1160.0&fe=c2FtcGxl`
}
