import type { StampedHead } from '../model/cfdi.ts'
import { cleanLine } from '../model/clean.ts'
import type { MailLanguage } from '../model/mail-language.ts'
import type { PaidDocument } from '../model/paid-document.ts'
import type { OrderPaper } from '../model/paper.ts'
import type { PortalAccessData } from '../model/portal.ts'
import type { Settings } from '../model/settings.ts'
import { DOCUMENT_FIELDS, DOCUMENT_LIST, type DocumentField, type DocumentSource } from './document-fields.ts'
import { MESSAGE_FIELDS } from './message-fields.ts'
import { PAID_FIELDS, PAID_LIST } from './paid-fields.ts'

/** One document's fields by name; '' where a document has nothing to say. */
export type DocumentData = Readonly<Record<string, string>>

/** What a template is rendered with: texts, and `documents` and `paid`, lists of documents' texts. Plain data with no prototype to reach. */
export type TemplateData = Readonly<Record<string, string | readonly DocumentData[]>>

export interface TemplateDataInput {
  readonly heads: readonly StampedHead[]
  readonly customer: { readonly code: string; readonly name: string } | null
  readonly settings: Pick<Settings, 'companyName'>
  /** One for each head, in the same order. */
  readonly verificationUrls: readonly string[]
  /** Names of the attached files. */
  readonly attachments: readonly string[]
  /** What the password of the attached ZIP is, in words; left out for none. */
  readonly password?: string
  /** Left out when the message says nothing of the portal. */
  readonly access?: PortalAccessData | null
  /** What the payment complements among them pay; left out for nothing. */
  readonly paid?: readonly PaidDocument[]
  /** Spanish when left out. */
  readonly language?: MailLanguage
}

/** Seals of old versions are verified by typing data into a form: their expression is no link (Anexo 20). */
const LINK = /^https:\/\//

/** Documents named in the summary of a message with several. */
const NAMED = 3

/** Every field of the tables, computed, on one line each, without control characters. */
export function templateData(input: TemplateDataInput): TemplateData {
  const { language = 'es' } = input
  const documents = input.heads.map((head, i) => {
    const url = input.verificationUrls[i] ?? ''
    return documentData({ head, verificationUrl: LINK.test(url) ? url : '', language })
  })
  const message = {
    customer: input.customer,
    companyName: input.settings.companyName ?? '',
    attachmentNames: input.attachments,
    password: input.password ?? '',
    heads: input.heads,
    documentCount: documents.length,
    ticket: '',
    access: input.access ?? null,
    language,
  }
  const data: Record<string, string | readonly DocumentData[]> = {}
  // Copying an object of so many fields takes the engine longer than setting each.
  for (const [name, value] of overallData(documents)) data[name] = value
  for (const field of MESSAGE_FIELDS) data[field.name] = cleanLine(field.of(message))
  data[DOCUMENT_LIST] = documents
  data[PAID_LIST] = paidData(input.paid ?? [], language)
  return data
}

export interface PaperDataInput {
  readonly paper: Omit<OrderPaper, 'sha256'>
  readonly customer: { readonly code: string; readonly name: string; readonly rfc: string }
  /** '' when nobody says it. */
  readonly companyName: string
  readonly attachments: readonly string[]
  /** What stands for a ticket's page, or ''. */
  readonly ticket: string
  /** What was paid, when it is a receipt that says so. */
  readonly paid?: readonly PaidDocument[]
  /** Spanish when left out. */
  readonly language?: MailLanguage
}

/** The same fields for a paper that is no CFDI; '' where they ask for what only a CFDI has. */
export function paperData(input: PaperDataInput): TemplateData {
  const { paper, customer, companyName, attachments, ticket, paid = [], language = 'es' } = input
  const source = { paper, customer, companyName, language }
  const document = Object.fromEntries(
    DOCUMENT_FIELDS.map((field) => [field.name, cleanLine(field.ofPaper?.(source) ?? '')]),
  )
  const message = {
    customer,
    companyName,
    attachmentNames: attachments,
    password: '',
    heads: [],
    documentCount: 1,
    ticket,
    access: null,
    language,
  }
  return {
    ...document,
    ...Object.fromEntries(MESSAGE_FIELDS.map((field) => [field.name, cleanLine(field.of(message))])),
    [DOCUMENT_LIST]: [document],
    [PAID_LIST]: paidData(paid, language),
  }
}

function paidData(paid: readonly PaidDocument[], language: MailLanguage): DocumentData[] {
  return paid.map((document) =>
    Object.fromEntries(
      PAID_FIELDS.map((field) => [field.name, cleanLine(field.of({ ...document, language }))]),
    ),
  )
}

function documentData(source: DocumentSource): DocumentData {
  return Object.fromEntries(DOCUMENT_FIELDS.map((field) => [field.name, cleanLine(field.of(source))]))
}

/** The document fields at the level of the message: those of its only document, as nearly every message has one. */
function overallData(documents: readonly DocumentData[]): readonly (readonly [string, string])[] {
  const [first] = documents
  if (documents.length === 1 && first !== undefined) return Object.entries(first)
  return DOCUMENT_FIELDS.map((field) => [field.name, overall(field, documents)])
}

/** A document field at the level of the message. */
function overall(field: DocumentField, documents: readonly DocumentData[]): string {
  const values = documents.map((document) => document[field.name] ?? '')
  const [first = ''] = values
  const same = values.every((value) => value === first)
  switch (field.ofSeveral) {
    case 'none':
      return ''
    case 'shared':
      return same ? first : ''
    case 'summary':
      return field.name === 'documentName' ? (same ? first : 'Comprobantes fiscales') : summary(values)
  }
}

/** `A-1, A-2, A-3 y 4 más`. */
function summary(values: readonly string[]): string {
  const said = values.filter((value) => value !== '')
  const named = said.slice(0, NAMED).join(', ')
  return said.length > NAMED ? `${named} y ${said.length - NAMED} más` : named
}
