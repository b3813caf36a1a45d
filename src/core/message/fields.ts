import type { StampedHead } from '../model/cfdi.ts'
import { PASSWORD_MASK, type PortalAccessData } from '../model/portal.ts'
import type { MailLanguage } from '../model/mail-language.ts'
import type { OrderPaper } from '../model/paper.ts'
import { paymentMethodText } from './catalogues.ts'
import { longDate } from './dates.ts'
import { formatMoney } from './money.ts'
import {
  amountOf,
  documentName,
  formatsOf,
  paidOn,
  PAPER_NAMES,
  paymentForms,
  receiverId,
  seriesFolio,
} from './document-text.ts'

/** One document and what is known of it besides its file. */
export interface DocumentSource {
  readonly head: StampedHead
  /** Page of the SAT that verifies the document, or '' when its version has none. */
  readonly verificationUrl: string
  /** Spanish when left out. */
  readonly language?: MailLanguage
}

/** What all documents of a message have in common. */
export interface MessageSource {
  /** Null when nobody is known yet: the receiver of the document stands in. */
  readonly customer: { readonly code: string; readonly name: string } | null
  readonly companyName: string
  readonly attachmentNames: readonly string[]
  /** What the password of the attached ZIP is, in words; '' for a file that opens without. */
  readonly password: string
  readonly heads: readonly StampedHead[]
  readonly documentCount: number
  /** Stands for a ticket's page; '' for anything else. */
  readonly ticket: string
  /** Null when the message says nothing of the portal. */
  readonly access: PortalAccessData | null
  /** Spanish when left out. */
  readonly language?: MailLanguage
  /** Left out of every mail but a group's notice. */
  readonly notice?: NoticeSource
}

/** Whom a group's notice is for, and whose it is. */
export interface NoticeSource {
  /** '' when nobody is named. */
  readonly contactName: string
  readonly contactEmail: string
  readonly groupName: string
  /** Where requests for access go; '' for nowhere. */
  readonly requestAddress: string
}

/** One paper that is no CFDI. */
export interface PaperSource {
  readonly paper: Omit<OrderPaper, 'sha256'>
  readonly customer: { readonly name: string; readonly rfc: string }
  readonly companyName: string
  readonly language: MailLanguage
}

export interface Field<Source> {
  readonly name: string
  /** A URL may stand alone in `href="…"`. */
  readonly type: 'text' | 'url'
  /** Names after `@@`, as Spanish-language mailers write fields; compared without case and accents. */
  readonly aliases: readonly string[]
  readonly example: string
  readonly of: (source: Source) => string
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

export type MessageField = Field<MessageSource>

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

/** Fields of the message as a whole. */
export const MESSAGE_FIELDS: readonly MessageField[] = [
  {
    name: 'customerCode',
    type: 'text',
    aliases: ['clave', 'clave_cliente'],
    example: 'C00001',
    of: (m) => m.customer?.code ?? '',
  },
  {
    name: 'customerName',
    type: 'text',
    aliases: ['cliente', 'nombre_cliente'],
    example: 'Universidad Robótica Española',
    of: (m) => m.customer?.name || (m.heads[0]?.receiver.name ?? ''),
  },
  {
    name: 'companyName',
    type: 'text',
    aliases: ['empresa'],
    example: 'Escuela Kemper Urgate',
    of: (m) => m.companyName || (m.heads[0]?.issuer.name ?? ''),
  },
  {
    name: 'attached',
    type: 'text',
    aliases: ['adjuntos'],
    example: 'XML y PDF',
    of: (m) =>
      formatsOf(m.attachmentNames, m.language) +
      (m.password === '' ? '' : ` (se abre con contraseña: ${m.password})`),
  },
  {
    name: 'attachmentNames',
    type: 'text',
    aliases: ['archivos'],
    example: 'EKU9003173C9_A1001_6F1A….xml, EKU9003173C9_A1001_6F1A….pdf',
    of: (m) => m.attachmentNames.join(', '),
  },
  {
    name: 'documentCount',
    type: 'text',
    aliases: ['cantidad', 'numero_documentos'],
    example: '1',
    of: (m) => String(m.documentCount),
  },
  {
    name: 'ticket',
    type: 'text',
    aliases: ['ticket', 'contenido_ticket'],
    example: '1 Café americano $38.00…',
    of: (m) => m.ticket,
  },
  {
    name: 'portalUser',
    type: 'text',
    aliases: ['nickname_asociado', 'usuario_portal'],
    example: 'URE180429TM6',
    of: (m) => m.access?.user ?? '',
  },
  {
    name: 'portalPassword',
    type: 'text',
    aliases: ['password_asociado', 'clave_portal'],
    example: PASSWORD_MASK,
    of: (m) => m.access?.password ?? '',
  },
  {
    name: 'portalUrl',
    type: 'url',
    aliases: ['url_ingresar_kiosko', 'url_portal'],
    example: 'https://facturas.example.com/portal',
    of: (m) => m.access?.signIn ?? '',
  },
  {
    name: 'portalRecoveryUrl',
    type: 'url',
    aliases: ['url_recuperar_password', 'url_recuperar_clave'],
    example: 'https://facturas.example.com/portal/recuperar',
    of: (m) => m.access?.recovery ?? '',
  },
  {
    name: 'contactName',
    type: 'text',
    aliases: ['contacto', 'nombre_contacto'],
    example: 'Ana Ruiz',
    of: (m) => m.notice?.contactName ?? '',
  },
  {
    name: 'contactEmail',
    type: 'text',
    aliases: ['correo_contacto'],
    example: 'ana@ure.example',
    of: (m) => m.notice?.contactEmail ?? '',
  },
  {
    name: 'groupName',
    type: 'text',
    aliases: ['grupo', 'nombre_grupo'],
    example: 'Mayoreo',
    of: (m) => m.notice?.groupName ?? '',
  },
  {
    name: 'requestAddress',
    type: 'text',
    aliases: ['correo_solicitudes'],
    example: 'accesos@example.com',
    of: (m) => m.notice?.requestAddress ?? '',
  },
]

/** The list that `{{#each documents}}` walks. */
export const DOCUMENT_LIST = 'documents'
