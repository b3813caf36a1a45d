import { CsvError, parse } from 'csv-parse/sync'
import { stringify } from 'csv-stringify/sync'
import type { CsvTable } from '../model/csv-table.ts'
import { CfdiMailError } from '../model/errors.ts'
import { decodeText } from './decode-text.ts'

interface ParsedRecord {
  readonly record: readonly string[]
  readonly info: { readonly lines: number }
}

/**
 * Reads a table with a header line, as spreadsheets and ERPs write it: UTF-8 with or without byte order mark, UTF-16 with one,
 * else Windows-1252; comma, semicolon or tab, whichever the header has most of (or an Excel `sep=` line). Header names come out
 * in lower case without accents, spaces and signs (`E-mail facturación` → `emailfacturacion`), a blank one as `#` and its
 * place. Control characters but line end and tab become spaces; the apostrophe that guards a formula cell is taken off.
 * @throws BAD_CSV with line, column and problem when quotes do not close, and for a workbook that was not saved as CSV
 */
export function readCsv(bytes: Uint8Array): CsvTable {
  if (isWorkbook(bytes)) throw new CfdiMailError('BAD_CSV', { variant: 'workbook' })
  const { text, delimiter, skipped } = sniff(plainLines(decodeText(bytes)))
  const [header, ...rest] = parseRecords(text, { delimiter, skipped })
  const titles = (header?.record ?? []).map((cell) => cleanCell(cell).trim())
  const headers = titles.map((title, i) => normalHeader(title) || `#${i + 1}`)
  const rows = rest.map(({ record, info }) => ({
    line: skipped + info.lines - record.reduce((lines, cell) => lines + cell.split('\n').length - 1, 0),
    cells: new Map(
      headers.flatMap((name, i) => (i < record.length ? [[name, cleanCell(record[i] ?? '')]] : [])),
    ),
    extraCells: Math.max(0, record.length - headers.length),
  }))
  return { headers, titles, rows }
}

/**
 * Writes a table for spreadsheets: every cell in quotes, CRLF line ends. A cell that a spreadsheet would take for a formula
 * gets an apostrophe before it, which `readCsv` takes off again (OWASP, CSV injection).
 */
export function writeCsv(headers: readonly string[], rows: readonly (readonly string[])[]): string {
  const guarded = rows.map((row) => row.map(guard))
  return stringify([[...headers], ...guarded], { quoted: true, quoted_empty: true, record_delimiter: '\r\n' })
}

/** The name that header cells are compared by. */
export function normalHeader(cell: string): string {
  return cell
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '')
}

/** How .xlsx and .ods (a ZIP) and .xls (OLE2) begin. Read as text, one put pages of signs on the screen as its column names. */
const WORKBOOKS = [
  [0x50, 0x4b, 0x03, 0x04],
  [0xd0, 0xcf, 0x11, 0xe0],
] as const

function isWorkbook(bytes: Uint8Array): boolean {
  return WORKBOOKS.some((start) => start.every((byte, i) => bytes[i] === byte))
}

interface Sniffed {
  readonly text: string
  readonly delimiter: string
  /** Lines taken away before the header. */
  readonly skipped: number
}

/** One sign for every line end, in cells too: the parser counts a CRLF inside quotes as two lines. */
function plainLines(text: string): string {
  return text.replace(/\r\n?/g, '\n')
}

function sniff(text: string): Sniffed {
  const told = /^sep=(.)\n/iu.exec(text)
  if (told !== null) return { text: text.slice(told[0].length), delimiter: told[1] ?? ',', skipped: 1 }
  const header = (/\S[^\n]*/u.exec(text)?.[0] ?? '').replace(/"[^"]*"/g, '')
  const count = (sign: string) => header.split(sign).length
  const delimiter = [',', ';', '\t'].reduce((best, sign) => (count(sign) > count(best) ? sign : best))
  return { text, delimiter, skipped: 0 }
}

function parseRecords(
  text: string,
  { delimiter, skipped }: Pick<Sniffed, 'delimiter' | 'skipped'>,
): readonly ParsedRecord[] {
  try {
    const options = {
      delimiter,
      info: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
    }
    return parse(text, options) as unknown as ParsedRecord[]
  } catch (error) {
    throw csvError(error, { text, skipped })
  }
}

/** The parser says where it gave up; for quotes that do not close that is the end, and the row where they open is what helps. */
function csvError(error: unknown, { text, skipped }: Pick<Sniffed, 'text' | 'skipped'>): unknown {
  if (!(error instanceof CsvError)) return error
  const { bytes, column } = error as { readonly bytes?: unknown; readonly column?: unknown }
  const before = typeof bytes === 'number' ? Buffer.from(text).toString('utf8', 0, bytes) : ''
  const params = {
    line: skipped + before.split('\n').length,
    column: typeof column === 'number' ? column + 1 : 1,
    problem: error.code === 'CSV_QUOTE_NOT_CLOSED' ? 'csv-quote' : 'csv-form',
  }
  return new CfdiMailError('BAD_CSV', params, { cause: error })
}

/** First characters, after apostrophes, that make a spreadsheet calculate: `= + - @`, tab, CR, and their full-width twins. */
const FORMULA = /^'*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/

function guard(cell: string): string {
  return FORMULA.test(cell) ? `'${cell}` : cell
}

function cleanCell(cell: string): string {
  const bare = cell.startsWith("'") && FORMULA.test(cell) ? cell.slice(1) : cell
  return bare.replace(/[^\P{Cc}\n\t]/gu, ' ')
}
