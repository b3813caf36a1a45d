import { readWhole } from '../cfdi/read-file.ts'
import { addendaFilesOf, readAddendaTable } from '../files/addenda-table.ts'
import { readNamedFile } from '../files/named-file.ts'
import { type CompiledAddenda, compileAddenda } from '../message/addenda-render.ts'
import { type AddendaData, NO_ADDENDA_DATA, overlaid } from '../model/addenda.ts'
import { type AddendaRow, lastLineFor, rowsFor, rowValues } from '../model/addenda-table.ts'
import { CfdiMailError } from '../model/errors.ts'
import { allAddendaFields, type AddendaFields } from '../store/customer-addenda.ts'
import type { IndexedFile } from '../store/documents.ts'
import type { Ctx } from './ctx.ts'
import { findAddenda } from './resolve-addenda.ts'

/** What the addendas of one run are made of. Tables beside documents are read when the first document asks, and once. */
export interface AddendaSources {
  readonly templates: ReadonlyMap<string, CompiledAddenda>
  readonly customers: ReadonlyMap<string, AddendaFields>
  /** Of the file that was named for this run. */
  readonly given: readonly AddendaRow[]
  readonly tables: Map<string, TableReading>
  readonly maxBytes: number
}

type TableReading =
  | { readonly ok: true; readonly rows: readonly AddendaRow[] }
  | { readonly ok: false; readonly detail: string }

/**
 * Makes ready what a run needs for its addendas.
 * @param names templates that its packaging types ask for
 * @param file named for this run, or null
 * @returns null when nobody asks for an addenda
 * @throws BAD_ADDENDA_DATA, BAD_CSV, FILE_NOT_FOUND, NO_ACCESS for the named file
 */
export async function openAddendas(
  ctx: Ctx,
  { names, file }: { readonly names: readonly string[]; readonly file: string | null },
): Promise<AddendaSources | null> {
  if (names.length === 0) return null
  const templates = new Map<string, CompiledAddenda>()
  for (const name of new Set(names)) {
    const compiled = compileAddenda((await findAddenda(ctx.db, name))?.body ?? '')
    if (compiled !== null) templates.set(name, compiled)
  }
  return {
    templates,
    customers: await allAddendaFields(ctx.db),
    given: file === null ? [] : readAddendaTable(file, readNamedFile(file)),
    tables: new Map(),
    maxBytes: ctx.settings.maxFileBytes,
  }
}

export type DataReading =
  | {
      readonly ok: true
      readonly data: AddendaData
      /** The highest number of a Concepto that is said of the document. */
      readonly lastLine: number
    }
  | { readonly ok: false; readonly detail: string }

/**
 * A document's data from everywhere, the nearest to it speaking loudest: its customer, a table in its folder, a file of its own
 * beside it, the file named for the run.
 */
export function addendaDataOf(sources: AddendaSources, file: IndexedFile, customer: string): DataReading {
  const own = rowValues(Object.entries(sources.customers.get(customer) ?? {}))
  let data = overlaid(NO_ADDENDA_DATA, { fields: own, lines: new Map() })
  const document = { uuid: file.uuid ?? '', series: file.series, folio: file.folio }
  const { folder, beside } = addendaFilesOf(file.path)
  let lastLine = lastLineFor(sources.given, document, 'shared')
  for (const path of [...folder, ...beside]) {
    const table = tableAt(sources, path)
    if (!table.ok) return table
    const read = rowsFor(table.rows, document)
    if (read.contradicted !== null) return { ok: false, detail: `${path}: ${read.contradicted}` }
    data = overlaid(data, read.data)
    const scope = beside.includes(path) ? 'own' : 'shared'
    lastLine = Math.max(lastLine, lastLineFor(table.rows, document, scope))
  }
  const given = rowsFor(sources.given, document)
  if (given.contradicted !== null) return { ok: false, detail: given.contradicted }
  return { ok: true, data: overlaid(data, given.data), lastLine }
}

function tableAt(sources: AddendaSources, path: string): TableReading {
  const known = sources.tables.get(path)
  if (known !== undefined) return known
  const reading = readTable(path, sources.maxBytes)
  sources.tables.set(path, reading)
  return reading
}

/** A table that is there and cannot be read stops its documents: without it they would leave with other data. */
function readTable(path: string, maxBytes: number): TableReading {
  const file = readWhole(path, maxBytes)
  if (!file.ok) return { ok: false, detail: `${path}: ${file.detail || file.reason}` }
  try {
    return { ok: true, rows: readAddendaTable(path, file.bytes) }
  } catch (error) {
    if (!(error instanceof CfdiMailError)) throw error
    const { detail = error.code, line = '' } = error.params
    return { ok: false, detail: `${path}: ${[detail, line].join(' ').trim()}` }
  }
}
