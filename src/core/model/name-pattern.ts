import { CfdiMailError } from './errors.ts'
import { safeName } from './safe-name.ts'

/** What a pattern can say of a document. `date` is its `Fecha`, `rfc` the customer's, `issuer` the issuer's RFC. */
export const PATTERN_FIELDS = [
  'customer',
  'name',
  'rfc',
  'issuer',
  'type',
  'kind',
  'series',
  'folio',
  'uuid',
  'date',
  'year',
  'month',
  'day',
] as const
export type PatternField = (typeof PATTERN_FIELDS)[number]

/** The Spanish names, which are taken as well. */
const ALIASES: Readonly<Record<string, PatternField>> = {
  cliente: 'customer',
  nombre: 'name',
  emisor: 'issuer',
  tipo: 'type',
  comprobante: 'kind',
  serie: 'series',
  fecha: 'date',
  año: 'year',
  anio: 'year',
  mes: 'month',
  día: 'day',
  dia: 'day',
}

/** A folder a customer and month; the file's name is the one it has in a mail. */
export const DEFAULT_PATTERN = '{customer}/{year}-{month}/{issuer}_{series}{folio}_{uuid}'

/** What a document gives to a pattern. */
export interface NamedPackage {
  readonly customer: string
  readonly customerName: string
  readonly customerRfc: string
  readonly issuerRfc: string
  readonly type: string
  readonly kind: string
  readonly series: string
  readonly folio: string
  readonly uuid: string
  /** Its `Fecha`, as in the XML. */
  readonly issuedAt: string
}

const LONGEST_PATTERN = 200
const LONGEST_VALUE = 60
/** Room for `_2.xml` and a temporary name within the 255 bytes that file systems take. */
const LONGEST_SEGMENT = 150

/** Letters and digits of any language, and the signs that every file system takes. */
const LITERAL = /^[\p{L}\p{N} _.,()&+-]*$/u
const HOLE = /\{([^{}]*)\}/g

/**
 * A name pattern in its normal form: relative, with `/` between folders, without the extension, which follows by itself.
 * @throws BAD_NAME_PATTERN with `variant` and what is wrong, for a pattern that could leave the folder, that some file system
 *   would not take, or that gives all documents one name
 */
export function checkedPattern(text: string): string {
  const pattern = text
    .trim()
    .normalize('NFC')
    .replace(/\.(xml|pdf)$/i, '')
  if (pattern.length > LONGEST_PATTERN) throw bad('long', String(LONGEST_PATTERN))
  const segments = pattern.split('/')
  for (const segment of segments) checkSegment(segment, pattern)
  const named = holesOf(segments.at(-1) ?? '')
  if (!named.includes('uuid') && !named.includes('folio')) throw bad('same', pattern)
  return pattern
}

/** Names in braces, as typed. */
function checkSegment(segment: string, pattern: string): void {
  for (const [, name = ''] of segment.matchAll(HOLE)) {
    if (fieldOf(name) === undefined) throw bad('field', `{${name}}`, { fields: PATTERN_FIELDS.join(', ') })
  }
  const literal = segment.replace(HOLE, '')
  if (/[{}]/.test(literal)) throw bad('braces', pattern)
  const sign = [...literal].find((character) => !LITERAL.test(character))
  if (sign !== undefined) throw bad('sign', sign)
  // Windows drops a dot or space at the end of a name; one in front hides it elsewhere; `..` would lead out.
  if (segment === '' || segment !== tidy(segment)) throw bad('segment', pattern)
}

function holesOf(segment: string): (PatternField | undefined)[] {
  return [...segment.matchAll(HOLE)].map(([, name = '']) => fieldOf(name))
}

function fieldOf(name: string): PatternField | undefined {
  const plain = name.trim().toLowerCase()
  return PATTERN_FIELDS.find((field) => field === plain) ?? ALIASES[plain]
}

function bad(variant: string, detail: string, more: Readonly<Record<string, string>> = {}): CfdiMailError {
  return new CfdiMailError('BAD_NAME_PATTERN', { variant, detail, ...more })
}

/**
 * Where a document's files go under the destination folder: names of folders and, last, the file's without extension. Each is
 * safe by itself: no separator, no dots in front, no name that a system keeps for itself, at most 150 characters.
 * @param pattern null for the usual one
 */
export function expandPattern(pattern: string | null, document: NamedPackage): readonly string[] {
  const values = valuesOf(document)
  return (pattern ?? DEFAULT_PATTERN).split('/').map((segment) => {
    const filled = segment.replace(HOLE, (_hole, name: string) => values[fieldOf(name) ?? 'uuid'])
    return segmentName(filled)
  })
}

/** A name that stands by itself in a folder. */
export function segmentName(text: string): string {
  const name = tidy(
    text
      .replace(/_{2,}/g, '_')
      .replace(/^[_-]+|[_-]+$/g, '')
      .slice(0, LONGEST_SEGMENT),
  )
  if (name === '') return '_'
  return RESERVED.test(name) ? `${name}_` : name
}

/** Devices of Windows, with or without an extension. */
const RESERVED = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)/i

function tidy(text: string): string {
  return text.replace(/^[. ]+|[. ]+$/g, '')
}

function valuesOf(document: NamedPackage): Readonly<Record<PatternField, string>> {
  const [year = '', month = '', day = ''] = document.issuedAt.slice(0, 10).split('-')
  const value = (text: string) => safeName(text).slice(0, LONGEST_VALUE)
  return {
    customer: value(document.customer),
    name: value(document.customerName),
    rfc: value(document.customerRfc),
    issuer: value(document.issuerRfc),
    type: value(document.type),
    kind: value(document.kind),
    series: value(document.series),
    folio: value(document.folio),
    uuid: value(document.uuid),
    date: value(document.issuedAt.slice(0, 10)),
    year: value(year),
    month: value(month),
    day: value(day),
  }
}
