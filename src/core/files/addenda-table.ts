import { existsSync } from 'node:fs'
import { basename, dirname, extname, join } from 'node:path'
import { type AddendaRow, folioKey, rowValues } from '../model/addenda-table.ts'
import { CfdiMailError } from '../model/errors.ts'
import { readCsv } from './csv.ts'
import { decodeText } from './decode-text.ts'

/** Columns and keys that say which document a row is for, as `normalHeader` writes them. */
const UUID: readonly string[] = ['uuid', 'foliofiscal']
const SERIES: readonly string[] = ['serie', 'series']
const FOLIO: readonly string[] = ['folio']
const LINE: readonly string[] = ['linea', 'line', 'partida', 'concepto']
const KEYS = [...UUID, ...SERIES, ...FOLIO, ...LINE]

/** What a spreadsheet makes of a long number, `4.50001E+09`: the digits are gone, and a chain would get another order's number. */
const SHORTENED = /^-?\d(?:[.,]\d+)?E\+\d{2}$/i

const UUID_FORM = /^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/i

/**
 * Reads the data of addendas: a CSV table with a column `uuid`, or `serie` and `folio`, perhaps `linea` for single Conceptos,
 * and a column a field; or JSON: one document's fields, with the lines' under `conceptos`; objects of that kind by UUID or
 * serie and folio; or a list of them that say `uuid`, or `serie` and `folio`.
 * @param name of the file: what ends in `.json` is JSON
 * @throws BAD_ADDENDA_DATA, BAD_CSV
 */
export function readAddendaTable(name: string, bytes: Uint8Array): AddendaRow[] {
  return /\.json$/i.test(name) ? fromJson(name, decodeText(bytes)) : fromCsv(name, bytes)
}

function fromCsv(name: string, bytes: Uint8Array): AddendaRow[] {
  const { headers, rows } = readCsv(bytes)
  if (!headers.some((header) => UUID.includes(header) || FOLIO.includes(header)))
    throw badData(name, 'uuid, folio')
  return rows.map(({ line, cells }) => {
    const cell = (names: readonly string[]) => names.map((key) => cells.get(key)?.trim() ?? '').join('')
    const [uuid, folio, concept] = [cell(UUID), `${cell(SERIES)}${cell(FOLIO)}`, cell(LINE)]
    if (uuid === '' && folio === '') throw badData(name, `line ${line}: uuid, folio`)
    if (!/^\d{0,6}$/.test(concept)) throw badData(name, `line ${line}: '${concept}'`)
    const shortened = [...cells.values()].find((value) => SHORTENED.test(value.trim()))
    if (shortened !== undefined) throw badData(name, `line ${line}: '${shortened.trim()}'`)
    return {
      uuid: uuid === '' ? null : uuid.toUpperCase(),
      folio: uuid === '' ? folioKey(folio) : null,
      line: Number(concept),
      values: rowValues([...cells].filter(([header]) => !KEYS.includes(header))),
    }
  })
}

type Plain = Readonly<Record<string, unknown>>

function fromJson(name: string, text: string): AddendaRow[] {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw badData(name, error instanceof Error ? error.message : String(error))
  }
  if (Array.isArray(value)) return value.flatMap((item) => documentRows(name, asObject(name, item), null))
  const object = asObject(name, value)
  const common = Object.entries(object).filter(([key, item]) => !isDocument(key, item))
  const documents = Object.entries(object).filter(([key, item]) => isDocument(key, item))
  return [
    ...(common.length === 0 ? [] : documentRows(name, Object.fromEntries(common), null)),
    ...documents.flatMap(([key, item]) => documentRows(name, asObject(name, item), key)),
  ]
}

function isDocument(key: string, value: unknown): boolean {
  return typeof value === 'object' && value !== null && key !== 'conceptos'
}

/** @param key what the object stands under: a UUID, or serie and folio; null when it says itself which document it is for */
function documentRows(name: string, object: Plain, key: string | null): AddendaRow[] {
  const place = placeOf(name, object, key)
  const fields = Object.entries(object).filter(
    ([field]) => field !== 'conceptos' && !PLACE.includes(field.toLowerCase()),
  )
  const lines = object['conceptos'] ?? []
  if (!Array.isArray(lines)) throw badData(name, 'conceptos')
  return [
    { ...place, line: 0, values: valuesOf(name, fields) },
    ...lines.map((item, i) => ({
      ...place,
      line: i + 1,
      values: valuesOf(name, Object.entries(asObject(name, item))),
    })),
  ]
}

/** Keys that say in an object which document it is for. */
const PLACE: readonly string[] = ['uuid', 'serie', 'folio']

function placeOf(name: string, object: Plain, key: string | null): Pick<AddendaRow, 'uuid' | 'folio'> {
  const said = (wanted: string) =>
    Object.entries(object)
      .filter(([field]) => field.toLowerCase() === wanted)
      .map(([, value]) => scalar(name, value))
      .join('')
  const uuid = key !== null && UUID_FORM.test(key.trim()) ? key.trim() : said('uuid')
  const folio = folioKey(key ?? `${said('serie')}${said('folio')}`)
  return {
    uuid: uuid === '' ? null : uuid.toUpperCase(),
    folio: uuid === '' && folio !== '' ? folio : null,
  }
}

function valuesOf(name: string, entries: readonly (readonly [string, unknown])[]) {
  return rowValues(entries.map(([field, value]) => [field, scalar(name, value)] as const))
}

/** A number beyond 2^53 would come out as another one. */
function scalar(name: string, value: unknown): string {
  if (typeof value === 'string') return value
  if (typeof value === 'boolean') return String(value)
  if (value === null) return ''
  if (typeof value === 'number' && (!Number.isInteger(value) || Number.isSafeInteger(value)))
    return String(value)
  throw badData(name, String(JSON.stringify(value)).slice(0, 40))
}

function asObject(name: string, value: unknown): Plain {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw badData(name, String(JSON.stringify(value)).slice(0, 40))
  return value as Plain
}

function badData(file: string, detail: string): CfdiMailError {
  return new CfdiMailError('BAD_ADDENDA_DATA', { file, detail })
}

/** Tables that may stand in a folder for all of its documents. */
const FOLDER_TABLES: readonly string[] = ['addenda.csv', 'addenda.json']

/**
 * Files with data for the addenda of a document, of those that are there: of its whole folder, and `<stem>.addenda.json` (or
 * `.csv`) beside it.
 */
export function addendaFilesOf(document: string): {
  readonly folder: readonly string[]
  readonly beside: readonly string[]
} {
  const folder = dirname(document)
  const stem = basename(document, extname(document))
  const there = (names: readonly string[]) =>
    names.map((name) => join(folder, name)).filter((path) => existsSync(path))
  return {
    folder: there(FOLDER_TABLES),
    beside: there([`${stem}.addenda.csv`, `${stem}.addenda.json`]),
  }
}
