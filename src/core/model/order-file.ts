import { foldName } from './customer.ts'
import type { XmlElement } from './xml-element.ts'

/** Order files (`_CFD_MAIL_REQ_<id>.XML`): what one says, whoever wrote it and in whatever shape. Pure. */

/** What an order file says. Texts are as written; '' and [] where it says nothing. */
export interface OrderFile {
  readonly customer: string
  readonly profile: string
  readonly host: string
  readonly user: string
  readonly sender: string
  /** Each may be a list of addresses. */
  readonly recipients: readonly string[]
  /** Recipients that the others should not see. */
  readonly hidden: readonly string[]
  readonly subject: string
  readonly body: string
  /** Paths of the attachments. */
  readonly attachments: readonly string[]
  /** Name of the element whose text has elements in it, HTML that nobody escaped; '' for none. */
  readonly markup: string
}

export const ORDER_FIELDS = [
  'customer',
  'profile',
  'host',
  'user',
  'sender',
  'recipients',
  'hidden',
  'subject',
  'body',
  'attachments',
] as const
export type OrderField = (typeof ORDER_FIELDS)[number]

/** Where the fields are in files of another shape: paths of elements and attributes, `OE/Mail/@To`. */
export type OrderMapping = Readonly<Partial<Record<OrderField, readonly string[]>>>

/** `<prefix><identification>.XML`: visible ASCII without separators of folders, so that no name can lead elsewhere. */
const NAME = /^_CFD_MAIL_REQ_([A-Za-z0-9][A-Za-z0-9._ -]{0,99})\.xml$/i

/** Whether a file of the folder claims to be an order. */
export function looksLikeOrder(name: string): boolean {
  return /^_?CFD_?MAIL_?REQ.*\.xml$/isu.test(name)
}

/** The identification in an order file's name, upper case; null for a name that no order file has. */
export function orderIdOf(name: string): string | null {
  return NAME.exec(name)?.[1]?.toUpperCase() ?? null
}

/** The name of an order file. */
export function orderFileName(id: string): string {
  return `_CFD_MAIL_REQ_${id}.XML`
}

/** The shapes that are understood unasked: folded names of a leaf, with the one around it where that one decides. */
const SHAPES: Readonly<Record<OrderField, RegExp>> = {
  customer: /(^|\/)((clave|codigo)?cliente|customer(code)?)(\/(clave|codigo|code))?$/,
  profile: /(^|\/)(perfil|profile)(\/nombre)?$/,
  host: /(^|\/)(servidor|servidorsmtp|smtp|host|hostsmtp|smtphost|smtpserver)(\/(host|servidor|nombre|direccion|server))?$/,
  user: /(^|\/)(usuario|usuariosmtp|smtpuser|user|login)$/,
  sender: /(^|\/)(remitente|de|from|sender)(\/(email|correo|direccion|address))?$/,
  recipients:
    /(^|\/)(destinatarios?|destino|para|to|recipients?|mailto|cc|copia|copias)(\/(destinatario|recipient|email|mail|correo|direccion|address))*$/,
  hidden: /(^|\/)(cco|bcc|copiaoculta|copiasocultas)(\/(destinatario|email|correo|direccion|address))*$/,
  subject: /(^|\/)(asunto|titulo|subject|title)$/,
  body: /(^|\/)(cuerpo|texto|mensaje|body|text)$/,
  attachments:
    /(^|\/)(adjuntos?|anexos?|archivos?|attachments?|files?)(\/(adjunto|anexo|archivo|attachment|file|ruta|path|nombre|name))*$/,
}

interface Leaf {
  /** Folded names from the root's child down, joined by `/`. */
  readonly path: string
  readonly value: string
}

/**
 * What an order file says. Names count without case, accents, hyphens and underscores; a value may be an element or an
 * attribute. A field that the mapping names is looked for there and nowhere else.
 */
export function readOrderFile(root: XmlElement, mapping: OrderMapping): OrderFile {
  const leaves = leavesOf(root, [])
  const values = (field: OrderField) => valuesOf(field, leaves, mapping[field])
  const first = (field: OrderField) => values(field)[0]?.trim() ?? ''
  return {
    customer: first('customer'),
    profile: first('profile'),
    host: first('host'),
    user: first('user'),
    sender: first('sender'),
    recipients: values('recipients'),
    hidden: values('hidden'),
    subject: first('subject'),
    // An element's text keeps its line ends; only the blank lines that indenting put around it go.
    body: values('body')[0]?.replace(/^(?:[ \t]*\r?\n)+|\s+$/g, '') ?? '',
    attachments: values('attachments').flatMap(splitPaths),
    markup: markupIn(root, mapping) ?? '',
  }
}

/**
 * The element of subject or body with markup in its text. What stands inside `<b>` would be lost without a word, so it is told. One
 * that holds other fields (`<Mensaje><Asunto>`) is only around them; of HTML even `<title>` and `<body>` look like fields.
 */
function markupIn(root: XmlElement, mapping: OrderMapping): string | null {
  const search = (element: XmlElement, above: readonly string[]): string | null => {
    const names = [...above, fold(element.name)]
    const isText = isOneOf(['subject', 'body'], names.join('/'), mapping)
    if (isText && hasMarkup(element, leavesOf(element, above), mapping)) return element.name
    return element.children.map((child) => search(child, names)).find((found) => found !== null) ?? null
  }
  return search(root, [])
}

/** @param leaves of the element, its own text among them where it has one */
function hasMarkup({ text, children }: XmlElement, leaves: readonly Leaf[], mapping: OrderMapping): boolean {
  if (children.length === 0) return false
  if (text.trim() !== '' || children.some(({ name }) => fold(name) === 'html')) return true
  return !leaves.some(({ path }) => isOneOf(ORDER_FIELDS, path, mapping))
}

function valuesOf(
  field: OrderField,
  leaves: readonly Leaf[],
  paths: readonly string[] | undefined,
): string[] {
  const found = leaves.filter(({ path }) => isOf(field, path, paths))
  return found.flatMap(({ value }) => (value.trim() === '' ? [] : [value]))
}

function isOneOf(fields: readonly OrderField[], path: string, mapping: OrderMapping): boolean {
  return fields.some((field) => isOf(field, path, mapping[field]))
}

function isOf(field: OrderField, path: string, paths: readonly string[] | undefined): boolean {
  return paths === undefined ? SHAPES[field].test(path) : paths.some((end) => isUnder(path, foldPath(end)))
}

function isUnder(path: string, end: string): boolean {
  return end.startsWith('/') ? `/${path}` === end : path === end || path.endsWith(`/${end}`)
}

/** Attributes and texts of the tree, in document order. The root's name is part of the path only for a mapping's sake. */
function leavesOf(element: XmlElement, above: readonly string[]): Leaf[] {
  const names = [...above, fold(element.name)]
  const path = names.join('/')
  return [
    ...element.attributes.map(({ name, value }) => ({ path: `${path}/${fold(name)}`, value })),
    ...(element.text.trim() === '' ? [] : [{ path, value: element.text }]),
    ...element.children.flatMap((child) => leavesOf(child, names)),
  ]
}

function fold(name: string): string {
  return foldName(name)
    .replace(/^[^:]*:/, '')
    .replace(/[@_.\s-]/g, '')
}

function foldPath(path: string): string {
  return path.split('/').map(fold).join('/')
}

/** Several paths in one value: at semicolons, bars and line ends; at commas when each part is a file with an extension. */
function splitPaths(text: string): string[] {
  const parts = text.split(/[;|\r\n]+/).flatMap((part) => {
    const names = part.split(',')
    return names.length > 1 && names.every((name) => /\.[A-Za-z0-9]{2,5}\s*$/.test(name)) ? names : [part]
  })
  return parts.map((part) => part.trim()).filter((part) => part !== '')
}
