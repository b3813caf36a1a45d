import type { StampedHead } from '../model/cfdi.ts'
import type { MailLanguage } from '../model/mail-language.ts'
import { PASSWORD_MASK, type PortalAccessData } from '../model/portal.ts'
import { formatsOf } from './document-text.ts'
import type { Field } from './field.ts'

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

export type MessageField = Field<MessageSource>

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
