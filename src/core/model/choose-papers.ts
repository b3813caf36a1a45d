import { type Customer, normalCode } from './customer.ts'
import type { PackagingType } from './packaging-type.ts'
import { type MatchedPaper, type PaperKind, partiesFor } from './paper.ts'
import type { IndexRow } from './paper-index.ts'
import { type NameFacts, type NamePattern, readingsOf, usualKindOf } from './paper-name.ts'
import { type DocumentSetting, settingFor } from './document-setting.ts'
import type { PaperReason } from './paper-reason.ts'
import { contains, type Period } from './period.ts'
import { NO_RECEIPT, type ReceiptSaid } from './receipt.ts'
import type { SendMark } from './send-mark.ts'

/** A file of the folder, as far as choosing needs it. */
export interface PaperCandidate {
  readonly path: string
  /** Below the folder, with `/`. */
  readonly name: string
  /** The XML whose printed form it is, or null. */
  readonly xml: string | null
  /** The page of a ticket beside its PDF, or null. */
  readonly page: string | null
  readonly isPageOfPdf: boolean
}

/** All that choosing depends on, read beforehand. */
export interface PaperFacts {
  readonly kind: PaperKind
  /** Who is who: the lines of an index, or patterns of names. */
  readonly source: { readonly index: readonly IndexRow[] } | NamedPapers
  /** By code. */
  readonly parties: ReadonlyMap<string, Customer>
  readonly types: ReadonlyMap<string, PackagingType>
  /** Packaging type that the person asked for; null takes each party's own. */
  readonly askedType: string | null
  /** Codes that were named; null for all. */
  readonly named: ReadonlySet<string> | null
  readonly period: Period
  /** What is said of kinds of document. */
  readonly settings: readonly DocumentSetting[]
}

/** Patterns of names: the usual ones of the kind, or those that were typed. */
export interface NamedPapers {
  readonly patterns: readonly NamePattern[]
  readonly origin: 'usual' | 'typed'
}

export interface PaperLeft {
  readonly result: 'leave'
  readonly path: string
  /** What is known of it. */
  readonly known: PaperKnown
  readonly reason: PaperReason
  readonly detail: string
}

export interface PaperTaken {
  readonly result: 'take'
  readonly path: string
  /** A ticket's page, which stands in the mail; the path itself when there is no PDF. */
  readonly page: string | null
  readonly paper: MatchedPaper
  readonly type: PackagingType
  readonly receipt: ReceiptSaid
}

/** What is known of a paper, whether it leaves or not. */
export interface PaperKnown extends NameFacts {
  readonly amount: string
  readonly currency: string
}

/** What the name or the index says of a paper. */
interface PaperSaid extends PaperKnown {
  readonly send: SendMark
  readonly receipt: ReceiptSaid
}

const NOTHING: PaperSaid = {
  ...{ customer: '', reference: '', date: null, amount: '', currency: '' },
  send: 'send',
  receipt: NO_RECEIPT,
}

/**
 * Decides about each file: to whom it goes, or why not. A file of a party that was not named, or of another day, gives nothing;
 * one of which that cannot be said is told.
 */
export function choosePapers(
  files: readonly PaperCandidate[],
  facts: PaperFacts,
): (PaperTaken | PaperLeft)[] {
  return [...files.flatMap((file) => chooseOne(file, facts) ?? []), ...missingFiles(files, facts)]
}

function chooseOne(file: PaperCandidate, facts: PaperFacts): PaperTaken | PaperLeft | null {
  const leave = (reason: PaperReason, detail: string, known = NOTHING): PaperLeft => ({
    result: 'leave',
    path: file.path,
    known,
    reason,
    detail,
  })
  // It goes along with its PDF.
  if (facts.kind === 'ticket' && file.isPageOfPdf) return null
  const said = alienTo(file, facts.kind) ?? saidOf(file, facts)
  if ('reason' in said) return leave(said.reason, said.detail, { ...NOTHING, ...said.known })
  const known = { ...said, reference: referenceOf(said, file.name) }
  const day = outsideOf(said, facts)
  if (day !== null) return day === 'outside' ? null : leave('no-date', '', known)
  const to = markedOnly(known) ?? destinationOf(known.customer, facts)
  if ('reason' in to) return leave(to.reason, to.detail, known)
  const { customer: _code, send: _mark, receipt, ...rest } = known
  const { kind } = facts
  return {
    result: 'take',
    path: file.path,
    page: pageOf(file, kind),
    type: to.type,
    receipt,
    paper: { ...rest, kind, customer: to.customer, file: baseOf(file.name) },
  }
}

/** A paper without its mark is taken note of; a later run finds it marked, or not. */
function markedOnly({ send }: PaperSaid): Refusal | null {
  return send === 'send' ? null : { reason: 'not-marked', detail: '' }
}

/** A paper that nobody gave a reference is known by its date, else by its name. */
function referenceOf({ reference, date }: PaperSaid, name: string): string {
  return reference || (date ?? stemOf(name))
}

/** What is no paper at all. */
function alienTo({ name, xml }: PaperCandidate, kind: PaperKind): Refusal | null {
  if (!/\.pdf$/i.test(name) && !(kind === 'ticket' && isPage(name)))
    return { reason: 'not-a-paper', detail: '' }
  return xml === null ? null : { reason: 'is-cfdi-pdf', detail: xml }
}

type Refusal = { readonly reason: PaperReason; readonly detail: string; readonly known?: Partial<PaperSaid> }

function saidOf(file: PaperCandidate, { source, parties }: PaperFacts): PaperSaid | Refusal {
  return 'index' in source ? saidByIndex(file, source.index) : saidByName(file, source, parties)
}

function saidByIndex(file: PaperCandidate, index: readonly IndexRow[]): PaperSaid | Refusal {
  const name = file.name.toLowerCase()
  const [row, another] = index.filter((each) => each.file.normalize('NFC').toLowerCase() === name)
  if (row === undefined) return { reason: 'not-in-index', detail: '' }
  if (another !== undefined) return { reason: 'index-twice', detail: `${row.line}, ${another.line}` }
  if (row.problem !== null) return { reason: 'bad-index-row', detail: row.problem, known: row }
  const { customer, reference, date, amount, currency, send, paid, language } = row
  return { customer, reference, date, amount, currency, send, receipt: { paid, language } }
}

/** The first pattern by which a party that exists is named decides; by one pattern it must be a single party. */
function saidByName(
  file: PaperCandidate,
  { patterns, origin }: NamedPapers,
  parties: ReadonlyMap<string, Customer>,
): PaperSaid | Refusal {
  const stem = stemOf(file.name)
  let unknown: NameFacts | null = null
  for (const pattern of patterns) {
    const readings = readingsOf(stem, pattern).map((each) => ({
      ...each,
      customer: normalCode(each.customer),
    }))
    const known = readings.filter(({ customer }) => parties.has(customer))
    const codes = [...new Set(known.map(({ customer }) => customer))]
    if (codes.length > 1) return { reason: 'ambiguous-name', detail: codes.join(', ') }
    if (known[0] !== undefined) return { ...NOTHING, ...known[0] }
    unknown ??= readings[0] ?? null
  }
  if (unknown !== null) return { reason: 'unknown-party', detail: unknown.customer, known: unknown }
  const other = origin === 'usual' ? usualKindOf(stem) : null
  return other === null
    ? { reason: 'name-not-in-pattern', detail: '' }
    : { reason: 'other-kind', detail: other }
}

/** Whether the request leaves it out: another party's, or of another day. */
function outsideOf(
  { customer, date }: PaperSaid,
  { named, period }: PaperFacts,
): 'outside' | 'unknown' | null {
  if (named !== null && !named.has(customer)) return 'outside'
  if (period.from === null && period.to === null) return null
  if (date === null) return 'unknown'
  return contains(period, date) ? null : 'outside'
}

/** Who gets a paper and by what packaging type, or why nobody does. */
export function destinationOf(
  code: string,
  facts: Pick<PaperFacts, 'kind' | 'parties' | 'types' | 'askedType' | 'settings'>,
): { readonly customer: Customer; readonly type: PackagingType } | Refusal {
  const customer = facts.parties.get(code)
  if (customer === undefined) return { reason: 'unknown-party', detail: code }
  if (!partiesFor(facts.kind).includes(customer.kind)) return { reason: 'wrong-party', detail: code }
  const typeCode = facts.askedType ?? customer.packaging.type
  const type = facts.types.get(typeCode)
  if (type === undefined) return { reason: 'no-type', detail: typeCode }
  if (type.customer !== null && type.customer !== code) {
    return { reason: 'type-of-another-customer', detail: typeCode }
  }
  const { enabled } = settingFor(facts.settings, { kind: facts.kind, customerClass: customer.class ?? '' })
  if (!enabled) return { reason: 'kind-disabled', detail: facts.kind }
  return type.byMail ? { customer, type } : { reason: 'no-mail', detail: typeCode }
}

/** Lines of the index whose file is not there. */
function missingFiles(files: readonly PaperCandidate[], { source, named }: PaperFacts): PaperLeft[] {
  if (!('index' in source)) return []
  const there = new Set(files.map(({ name }) => name.toLowerCase()))
  return source.index
    .filter(({ file }) => file === '' || !there.has(file.normalize('NFC').toLowerCase()))
    .filter(({ customer }) => named === null || named.has(customer))
    .map(({ file, line, customer, reference, date, amount, currency, send }) => ({
      result: 'leave',
      path: file,
      known: { customer, reference, date, amount, currency },
      // Nobody asks for the file of a line that is not to be sent.
      reason: send === 'send' ? 'file-missing' : 'not-marked',
      detail: String(line),
    }))
}

function pageOf({ path, name, page }: PaperCandidate, kind: PaperKind): string | null {
  if (kind !== 'ticket') return null
  return isPage(name) ? path : page
}

function isPage(name: string): boolean {
  return /\.html?$/i.test(name)
}

function baseOf(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1)
}

function stemOf(name: string): string {
  return baseOf(name).replace(/\.[^.]*$/, '')
}
