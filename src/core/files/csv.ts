import { parse } from 'csv-parse/sync'
import { stringify } from 'csv-stringify/sync'
import type { CsvTable } from '../model/csv-table.ts'
import { CfdiMailError } from '../model/errors.ts'

interface ParsedRecord {
  readonly record: readonly string[]
  readonly info: { readonly lines: number }
}

/**
 * Reads a table with a header line, as spreadsheets and ERPs write it: UTF-8 with or without byte order mark, UTF-16 with one,
 * else Windows-1252; comma, semicolon or tab, whichever the header has most of (or an Excel `sep=` line). Header names come out
 * in lower case without accents, spaces and signs (`E-mail facturación` → `emailfacturacion`). Control characters but line
 * end and tab become spaces; the apostrophe that guards a formula cell is taken off.
 * @throws BAD_CSV with the line, when quotes do not close
 */
export function readCsv(bytes: Uint8Array): CsvTable {
  const { text, delimiter, skipped } = sniff(decode(bytes))
  const records = parseRecords(text, delimiter)
  const [header, ...rest] = records
  const headers = (header?.record ?? []).map(normalHeader)
  const rows = rest.map(({ record, info }) => ({
    line: skipped + info.lines - record.reduce((lines, cell) => lines + cell.split('\n').length - 1, 0),
    cells: new Map(
      headers.flatMap((name, i) => (i < record.length ? [[name, cleanCell(record[i] ?? '')]] : [])),
    ),
    extraCells: Math.max(0, record.length - headers.length),
  }))
  return { headers, rows }
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

function decode(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

interface Sniffed {
  readonly text: string
  readonly delimiter: string
  /** Lines taken away before the header. */
  readonly skipped: number
}

function sniff(text: string): Sniffed {
  const told = /^sep=(.)\r?\n/iu.exec(text)
  if (told !== null) return { text: text.slice(told[0].length), delimiter: told[1] ?? ',', skipped: 1 }
  const header = (/\S[^\r\n]*/u.exec(text)?.[0] ?? '').replace(/"[^"]*"/g, '')
  const count = (sign: string) => header.split(sign).length
  const delimiter = [',', ';', '\t'].reduce((best, sign) => (count(sign) > count(best) ? sign : best))
  return { text, delimiter, skipped: 0 }
}

function parseRecords(text: string, delimiter: string): readonly ParsedRecord[] {
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
    const lines = (error as { readonly lines?: unknown }).lines
    const line = typeof lines === 'number' ? lines : 1
    throw new CfdiMailError(
      'BAD_CSV',
      { line, detail: error instanceof Error ? error.message : '' },
      { cause: error },
    )
  }
}

/** First characters, after apostrophes, that make a spreadsheet calculate: `= + - @`, tab, CR, and their full-width twins. */
const FORMULA = /^'*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/

function guard(cell: string): string {
  return FORMULA.test(cell) ? `'${cell}` : cell
}

function cleanCell(cell: string): string {
  const bare = cell.startsWith("'") && FORMULA.test(cell) ? cell.slice(1) : cell
  return bare.replace(/\r\n?/g, '\n').replace(/[^\P{Cc}\n\t]/gu, ' ')
}
