import { cleanLine } from './clean.ts'
import type { CsvRow, CsvTable } from './csv-table.ts'
import { normalCode } from './customer.ts'
import { CfdiMailError } from './errors.ts'
import { type MailLanguage, mailLanguageOf } from './mail-language.ts'
import { exceeds, type PaidLine, readPaidCell } from './paid-line.ts'
import { paperDay } from './paper-date.ts'
import { readSendMark, type SendMark } from './send-mark.ts'
import { typedAmount } from './typed-amount.ts'

type Column =
  | 'file'
  | 'customer'
  | 'reference'
  | 'date'
  | 'amount'
  | 'currency'
  | 'send'
  | 'paid'
  | 'language'
  | 'email'
  | 'name'
  | 'rfc'

/** Header names that are understood, as `readCsv` gives them. */
const NAMES: Readonly<Record<Column, readonly string[]>> = {
  file: ['file', 'archivo', 'pdf', 'nombrearchivo', 'nombredelarchivo', 'filename'],
  customer: [
    'customer',
    'cliente',
    'clave',
    'clavecliente',
    'proveedor',
    'supplier',
    'claveproveedor',
    'code',
  ],
  reference: [
    'reference',
    'referencia',
    'folio',
    'numero',
    'pedido',
    'ordendecompra',
    'oc',
    'ticket',
    'recibo',
  ],
  date: ['date', 'fecha', 'fechadecorte', 'fechacorte'],
  amount: ['amount', 'importe', 'monto', 'total', 'saldo'],
  currency: ['currency', 'moneda', 'divisa'],
  send: ['send', 'enviar', 'enviarcorreo', 'enviarporcorreo', 'enviodecorreo'],
  paid: ['paid', 'pagados', 'documentospagados'],
  language: ['language', 'idioma'],
  email: ['email', 'correo', 'mail', 'correoelectronico', 'emailcfdi'],
  name: ['name', 'nombre', 'razonsocial'],
  rfc: ['rfc'],
}

/** One line of an index: which file is for whom, and what it is. */
export interface IndexRow {
  /** Line of the file, from 1. */
  readonly line: number
  /** Path below the folder, with `/`. */
  readonly file: string
  readonly customer: string
  readonly reference: string
  readonly date: string | null
  readonly amount: string
  readonly currency: string
  /** Without a column for it, a paper is marked. */
  readonly send: SendMark
  /** What a receipt says was paid. */
  readonly paid: readonly PaidLine[]
  /** Of the mail; Spanish when nobody says. */
  readonly language: MailLanguage
  /** Of a customer that may have to be made; '' when not given. */
  readonly email: string
  readonly name: string
  readonly rfc: string
  /** What is wrong with it: index and line, and each column as it is titled with what it says; null when nothing is. */
  readonly problem: string | null
}

/**
 * The lines of an index of papers. A line with a date or an amount that is none keeps its place and says so.
 * @param file names the index in errors
 * @throws PAPER_INDEX_COLUMN without a column for files or for customers
 */
export function readIndex(table: CsvTable, file: string): IndexRow[] {
  for (const column of ['file', 'customer'] as const) {
    if (table.headers.some((header) => NAMES[column].includes(header))) continue
    const found = table.titles.join(', ')
    throw new CfdiMailError('PAPER_INDEX_COLUMN', { file, column: NAMES[column][1] ?? column, found })
  }
  const rows = table.rows.filter((row) => [...row.cells.values()].some((cell) => cell.trim() !== ''))
  return rows.map((row) => rowOf(row, table, file))
}

type Cell = (column: Column) => string

function rowOf(row: CsvRow, { headers, titles }: CsvTable, file: string): IndexRow {
  const at = (column: Column) => headers.findIndex((header) => NAMES[column].includes(header))
  const cell: Cell = (column) => cleanLine(row.cells.get(headers[at(column)] ?? '') ?? '')
  const values = readValues(cell, at('send') === -1 ? 'yes' : cell('send'))
  const problems = wrongColumns(cell, values).map((column) =>
    `${titles[at(column)] ?? column} ${cell(column)}`.trim(),
  )
  // A comma that should have been in quotes shifts what follows.
  if (row.extraCells > 0) problems.push(`+${row.extraCells}`)
  return {
    line: row.line,
    file: cell('file').replaceAll('\\', '/').replace(/^\.\//, ''),
    customer: normalCode(cell('customer')),
    reference: cell('reference'),
    ...usable(values),
    currency: cell('currency').toUpperCase() || (values.amount ? 'MXN' : ''),
    email: cell('email'),
    name: cell('name'),
    rfc: cell('rfc'),
    problem: problems.length === 0 ? null : `${baseOf(file)}:${row.line}: ${problems.join(', ')}`,
  }
}

/** What the cells say, or that they say nothing that can be used. */
function readValues(cell: Cell, mark: string) {
  return {
    date: paperDay(cell('date')),
    amount: typedAmount(cell('amount')),
    send: readSendMark(mark),
    paid: readPaidCell(cell('paid')),
    language: mailLanguageOf(cell('language') || 'es'),
  }
}

type Values = ReturnType<typeof readValues>

function wrongColumns(cell: Cell, { date, amount, send, paid, language }: Values): readonly Column[] {
  const wrong: readonly (readonly [Column, boolean])[] = [
    ['file', cell('file') === ''],
    ['customer', cell('customer') === ''],
    ['date', date === null && cell('date') !== ''],
    ['amount', amount === null],
    ['send', send === null],
    ['paid', typeof paid === 'string' || (amount !== null && amount !== '' && exceeds(paid, amount))],
    ['language', language === null],
  ]
  return wrong.flatMap(([column, isWrong]) => (isWrong ? [column] : []))
}

function usable({ date, amount, send, paid, language }: Values) {
  return {
    date,
    amount: amount ?? '',
    send: send ?? 'not-marked',
    paid: typeof paid === 'string' ? [] : paid,
    language: language ?? 'es',
  } as const
}

function baseOf(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path
}
