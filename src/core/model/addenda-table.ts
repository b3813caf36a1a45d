import { type AddendaData, addendaFieldKey } from './addenda.ts'

/** Values for an addenda out of a file, and the document they are for. */
export interface AddendaRow {
  /** Fiscal folio in upper case; null when the row says none. */
  readonly uuid: string | null
  /** Serie and folio as `folioKey` writes them; null when the row says none. A row without both is for every document. */
  readonly folio: string | null
  /** Number of the Concepto, from 1; 0 for the document. */
  readonly line: number
  /** By `addendaFieldKey`. */
  readonly values: ReadonlyMap<string, string>
}

/** Serie and folio as one: `A-1001` and `a 1001` are `A1001`. */
export function folioKey(text: string): string {
  return text.toUpperCase().replace(/[\s_-]+/g, '')
}

/** By what rows name a document. */
interface NamedDocument {
  readonly uuid: string
  readonly series: string
  readonly folio: string
}

/** The rows that speak of a document: those for every document, those of its serie and folio, those of its UUID. */
function ranksFor(rows: readonly AddendaRow[], { uuid, series, folio }: NamedDocument) {
  const key = folioKey(`${series}${folio}`)
  return [
    rows.filter((row) => row.uuid === null && row.folio === null),
    rows.filter((row) => row.uuid === null && row.folio === key && key !== ''),
    rows.filter((row) => row.uuid === uuid),
  ] as const
}

/**
 * What a table says of one document: rows for every document first, then those of its serie and folio, then those of its UUID.
 * @returns the data; or the field that two rows of equal weight give different values
 */
export function rowsFor(
  rows: readonly AddendaRow[],
  document: NamedDocument,
): { readonly data: AddendaData; readonly contradicted: string | null } {
  const fields = new Map<string, string>()
  const lines = new Map<number, Map<string, string>>()
  for (const rank of ranksFor(rows, document)) {
    const said = new Map<string, string>()
    for (const { line, values } of rank) {
      for (const [name, value] of values) {
        const place = `${line} ${name}`
        if ((said.get(place) ?? value) !== value) return { data: { fields, lines }, contradicted: name }
        said.set(place, value)
        const target = line === 0 ? fields : (lines.get(line) ?? new Map<string, string>())
        target.set(name, value)
        if (line > 0) lines.set(line, target)
      }
    }
  }
  return { data: { fields, lines }, contradicted: null }
}

/**
 * The highest number of a Concepto that rows say of one document, 0 for none. A number that the document does not have is a slip,
 * and its values would be lost; rows for every document may well say more than one of them has.
 * @param scope `own` where the table is for this document alone
 */
export function lastLineFor(
  rows: readonly AddendaRow[],
  document: NamedDocument,
  scope: 'own' | 'shared',
): number {
  const [everyones, ...its] = ranksFor(rows, document)
  const said = [...its, ...(scope === 'own' ? [everyones] : [])].flat()
  return said.reduce((last, { line }) => Math.max(last, line), 0)
}

/** Values by their comparable names; blank ones are none. */
export function rowValues(pairs: Iterable<readonly [string, string]>): ReadonlyMap<string, string> {
  return new Map(
    [...pairs].flatMap(([name, value]) =>
      value.trim() === '' ? [] : [[addendaFieldKey(name), value.trim()] as const],
    ),
  )
}
