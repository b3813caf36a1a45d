import type { StampedHead } from '../model/cfdi.ts'
import type { MailLanguage } from '../model/mail-language.ts'
import type { OrderPaper } from '../model/paper.ts'
import { paymentMethodText } from './catalogues.ts'
import { longDate } from './dates.ts'
import {
  amountOf,
  documentName,
  paidOn,
  PAPER_NAMES,
  paymentForms,
  receiverId,
  seriesFolio,
} from './document-text.ts'
import type { Field } from './field.ts'
import { formatMoney } from './money.ts'

/** One document and what is known of it besides its file. */
export interface DocumentSource {
  readonly head: StampedHead
  /** Page of the SAT that verifies the document, or '' when its version has none. */
  readonly verificationUrl: string
  /** Spanish when left out. */
  readonly language?: MailLanguage
}

/** One paper that is no CFDI. */
export interface PaperSource {
  readonly paper: Omit<OrderPaper, 'sha256'>
  readonly customer: { readonly name: string; readonly rfc: string }
  readonly companyName: string
  readonly language: MailLanguage
}

export interface DocumentField extends Field<DocumentSource> {
  /**
   * What the field says of a message with several documents: the value they share (`shared`), nothing, because one sum or one
   * number for all would mislead (`none`), or a summary (`summary`).
   */
  readonly ofSeveral: 'shared' | 'none' | 'summary'
  /** What it says of a paper that is no CFDI; left out when nothing. */
  readonly ofPaper?: (source: PaperSource) => string
}

type Rest = Pick<DocumentField, 'example' | 'of'> &
  Partial<Pick<DocumentField, 'ofSeveral' | 'type' | 'ofPaper'>>

function field(name: string, aliases: readonly string[], rest: Rest): DocumentField {
  return { name, aliases, type: 'text', ofSeveral: 'shared', ...rest }
}

/** Fields of one document. They stand for the message's only document, and for each one inside `{{#each documents}}`. */
export const DOCUMENT_FIELDS: readonly DocumentField[] = [
  field('documentName', ['documento', 'tipo_documento'], {
    example: 'Factura',
    of: ({ head }) => documentName(head),
    ofPaper: ({ paper, language }) => PAPER_NAMES[language][paper.kind],
    ofSeveral: 'summary',
  }),
  field('kind', ['tipo', 'tipo_comprobante'], { example: 'I', of: ({ head }) => head.kind }),
  field('series', ['serie'], { example: 'A', of: ({ head }) => head.series ?? '' }),
  field('folio', ['folio'], {
    example: '1001',
    of: ({ head }) => head.folio ?? '',
    ofPaper: ({ paper }) => paper.reference,
    ofSeveral: 'none',
  }),
  field('seriesFolio', ['serie_folio', 'seriefolio'], {
    example: 'A-1001',
    of: ({ head }) => seriesFolio(head),
    ofPaper: ({ paper }) => paper.reference,
    ofSeveral: 'summary',
  }),
  field('reference', ['referencia'], {
    example: 'A-1001',
    of: ({ head }) => seriesFolio(head),
    ofPaper: ({ paper }) => paper.reference,
    ofSeveral: 'summary',
  }),
  field('uuid', ['uuid', 'folio_fiscal'], {
    example: '6F1A3C5E-0D2B-4A7C-9E8F-1B2C3D4E5F60',
    of: ({ head }) => head.stamp.uuid,
    ofSeveral: 'none',
  }),
  field('issuedAt', ['fecha_hora'], {
    example: '2024-05-20T09:00:00',
    of: ({ head }) => head.issuedAt,
    ofPaper: ({ paper }) => paper.date ?? '',
  }),
  field('issuedOn', ['fecha', 'fecha_emision'], {
    example: '20 de mayo de 2024',
    of: ({ head, language }) => longDate(head.issuedAt, language),
    ofPaper: ({ paper, language }) => longDate(paper.date ?? '', language),
  }),
  field('total', ['total'], {
    example: '1160.00',
    of: ({ head }) => amountOf(head).amount,
    ofPaper: ({ paper }) => paper.amount,
    ofSeveral: 'none',
  }),
  field('totalText', ['importe', 'monto', 'total_texto'], {
    example: '$1,160.00 MXN',
    of: ({ head }) => amountOf(head).text,
    ofPaper: ({ paper }) => (paper.amount === '' ? '' : formatMoney(paper.amount, paper.currency)),
    ofSeveral: 'none',
  }),
  field('currency', ['moneda'], {
    example: 'MXN',
    of: ({ head }) => amountOf(head).currency,
    ofPaper: ({ paper }) => paper.currency,
  }),
  field('issuerName', ['emisor', 'nombre_emisor'], {
    example: 'ESCUELA KEMPER URGATE',
    of: ({ head }) => head.issuer.name,
    ofPaper: ({ companyName }) => companyName,
  }),
  field('issuerRfc', ['rfc_emisor'], { example: 'EKU9003173C9', of: ({ head }) => head.issuer.rfc }),
  field('receiverName', ['receptor', 'nombre_receptor'], {
    example: 'UNIVERSIDAD ROBOTICA ESPAÑOLA',
    of: ({ head }) => head.receiver.name,
    ofPaper: ({ customer }) => customer.name,
  }),
  field('receiverRfc', ['rfc_receptor', 'rfc'], {
    example: 'URE180429TM6',
    of: ({ head }) => receiverId(head),
    ofPaper: ({ customer }) => customer.rfc,
  }),
  field('paymentMethod', ['metodo_pago'], {
    example: 'PUE Pago en una sola exhibición',
    of: ({ head }) => paymentMethodText(head.paymentMethod),
  }),
  field('paymentForm', ['forma_pago'], {
    example: '03 Transferencia electrónica de fondos',
    of: ({ head }) => paymentForms(head),
  }),
  field('paidOn', ['fecha_pago'], {
    example: '18 de mayo de 2024',
    of: ({ head, language }) => paidOn(head, language),
    ofPaper: ({ paper, language }) => (paper.kind === 'receipt' ? longDate(paper.date ?? '', language) : ''),
  }),
  field('verificationUrl', ['url_verificacion', 'verificacion'], {
    type: 'url',
    example: 'https://verificacfdi.facturaelectronica.sat.gob.mx/default.aspx?id=…',
    of: ({ verificationUrl }) => verificationUrl,
    ofSeveral: 'none',
  }),
]

/** The list that `{{#each documents}}` walks. */
export const DOCUMENT_LIST = 'documents'
