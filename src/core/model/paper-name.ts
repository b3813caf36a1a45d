import { CfdiMailError } from './errors.ts'
import { PAPER_KINDS, type PaperKind } from './paper.ts'
import { paperDay } from './paper-date.ts'

/** What a name says: the texts of its placeholders; '' where the pattern has none. */
export interface NameFacts {
  readonly customer: string
  readonly reference: string
  /** `YYYY-MM-DD`, or null. */
  readonly date: string | null
}

type Placeholder = 'customer' | 'reference' | 'date' | '*'

const WORDS: Readonly<Record<string, Placeholder>> = {
  customer: 'customer',
  cliente: 'customer',
  proveedor: 'customer',
  clave: 'customer',
  reference: 'reference',
  referencia: 'reference',
  folio: 'reference',
  date: 'date',
  fecha: 'date',
}

/** A name pattern, read. */
export interface NamePattern {
  /** As it was typed. */
  readonly text: string
  /** A literal in lower case, or a placeholder. */
  readonly parts: readonly ({ readonly literal: string } | { readonly hole: Placeholder })[]
}

/** Names that need no `--name-pattern`: any of the words, `_`, the party's code, `_`, reference or date. */
const PREFIXES: Readonly<Record<PaperKind, readonly string[]>> = {
  order: ['PED', 'PEDIDO', 'ORDER'],
  'purchase-order': ['OC', 'ORDEN', 'PO'],
  statement: ['EDO', 'EDOCTA', 'ESTADO', 'STATEMENT'],
  ticket: ['TKT', 'TICKET'],
  receipt: ['REC', 'RECIBO', 'RECEIPT'],
}
const ENDINGS = ['{reference}_{date}', '{date}', '{reference}'] as const

/** The patterns that a kind is looked for by when none is given, those that say most first. */
export function usualPatterns(kind: PaperKind): NamePattern[] {
  return ENDINGS.flatMap((ending) =>
    PREFIXES[kind].map((prefix) => parsePattern(`${prefix}_{customer}_${ending}`)),
  )
}

/** The kind that a name is usual for, or null. A folder may hold papers of several kinds. */
export function usualKindOf(stem: string): PaperKind | null {
  const isUsual = (kind: PaperKind) => usualPatterns(kind).some((each) => readingsOf(stem, each).length > 0)
  return PAPER_KINDS.find(isUsual) ?? null
}

/**
 * Reads a pattern such as `EDO_{customer}_{date}.pdf`. `*` stands for any text; an extension does not count.
 * @throws BAD_PAPER_PATTERN without `{customer}`, with an unknown placeholder, or with one twice
 */
export function parsePattern(text: string): NamePattern {
  const bare = text.normalize('NFC').replace(/\.(?:pdf|html?)$/i, '')
  const parts = bare
    .split(/(\{[^{}]*\}|\*)/)
    .filter((piece) => piece !== '')
    .map((piece) => partOf(piece, text))
  const holes = parts.flatMap((part) => ('hole' in part ? [part.hole] : []))
  if (!holes.includes('customer')) throw badPattern(text, '{customer}', 'missing')
  const twice = holes.find((hole, i) => holes.indexOf(hole) !== i)
  if (twice !== undefined) throw badPattern(text, twice, 'twice')
  return { text, parts }
}

function partOf(piece: string, pattern: string): NamePattern['parts'][number] {
  if (piece === '*') return { hole: '*' }
  if (!piece.startsWith('{')) return { literal: piece.toLowerCase() }
  const hole = WORDS[piece.slice(1, -1).trim().toLowerCase()]
  if (hole === undefined) throw badPattern(pattern, piece, 'unknown')
  return { hole }
}

function badPattern(pattern: string, found: string, variant: 'missing' | 'unknown' | 'twice'): CfdiMailError {
  return new CfdiMailError('BAD_PAPER_PATTERN', { pattern, found, variant })
}

/**
 * Every way to read a name by a pattern. Codes and references may hold the very sign that parts them, so there can be several;
 * which codes exist decides between them.
 * @param stem the file's name without its extension
 */
export function readingsOf(stem: string, pattern: NamePattern): NameFacts[] {
  const readings: NameFacts[] = []
  const name = stem.normalize('NFC')
  const lower = name.toLowerCase()
  // A letter whose lower case is longer would move every place.
  if (lower.length !== name.length) return readings
  const walk = (at: number, part: number, facts: NameFacts): void => {
    const next = pattern.parts[part]
    if (next === undefined) {
      if (at === name.length) readings.push(facts)
    } else if ('literal' in next) {
      if (lower.startsWith(next.literal, at)) walk(at + next.literal.length, part + 1, facts)
    } else {
      for (const end of endsOf(lower, at, pattern.parts[part + 1])) {
        const filled = withHole(facts, next.hole, name.slice(at, end))
        if (filled !== null) walk(end, part + 1, filled)
      }
    }
  }
  walk(0, 0, { customer: '', reference: '', date: null })
  return readings
}

/** Places where a hole that begins at `at` may end: where the next literal stands, or anywhere before another hole. */
function endsOf(name: string, at: number, next: NamePattern['parts'][number] | undefined): number[] {
  if (next === undefined) return [name.length]
  const ends: number[] = []
  for (let end = at + 1; end <= name.length; end++) {
    if ('hole' in next || name.startsWith(next.literal, end)) ends.push(end)
  }
  return ends
}

function withHole(facts: NameFacts, hole: Placeholder, text: string): NameFacts | null {
  if (text.trim() === '') return null
  if (hole === '*') return facts
  if (hole !== 'date') return { ...facts, [hole]: text.trim() }
  const date = paperDay(text)
  return date === null ? null : { ...facts, date }
}
