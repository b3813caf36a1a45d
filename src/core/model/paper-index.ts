import { cleanLine } from './clean.ts'
import type { CsvRow, CsvTable } from './csv-table.ts'
import { normalCode } from './customer.ts'
import { CfdiMailError } from './errors.ts'
import { paperDay } from './paper-date.ts'
import { readSendMark, type SendMark } from './send-mark.ts'

type Column =
  'file' | 'customer' | 'reference' | 'date' | 'amount' | 'currency' | 'send' | 'email' | 'name' | 'rfc'

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

function rowOf(row: CsvRow, { headers, titles }: CsvTable, file: string): IndexRow {
  const at = (column: Column) => headers.findIndex((header) => NAMES[column].includes(header))
  const cell = (column: Column) => cleanLine(row.cells.get(headers[at(column)] ?? '') ?? '')
  const date = paperDay(cell('date'))
  const amount = decimalOf(cell('amount'))
  const send = at('send') === -1 ? 'send' : readSendMark(cell('send'))
  const wrong: readonly (readonly [Column, boolean])[] = [
    ['file', cell('file') === ''],
    ['customer', cell('customer') === ''],
    ['date', date === null && cell('date') !== ''],
    ['amount', amount === null],
    ['send', send === null],
  ]
  const problems = wrong.flatMap(([column, isWrong]) =>
    isWrong ? [`${titles[at(column)] ?? column} ${cell(column)}`.trim()] : [],
  )
  // A comma that should have been in quotes shifts what follows.
  if (row.extraCells > 0) problems.push(`+${row.extraCells}`)
  return {
    line: row.line,
    file: cell('file').replaceAll('\\', '/').replace(/^\.\//, ''),
    customer: normalCode(cell('customer')),
    reference: cell('reference'),
    date,
    amount: amount ?? '',
    currency: cell('currency').toUpperCase() || (amount === null || amount === '' ? '' : 'MXN'),
    send: send ?? 'not-marked',
    email: cell('email'),
    name: cell('name'),
    rfc: cell('rfc'),
    problem: problems.length === 0 ? null : `${baseOf(file)}:${row.line}: ${problems.join(', ')}`,
  }
}

function baseOf(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path
}

/** `$1,234.50` → `1234.50`; '' stays; null for what is no amount. */
function decimalOf(text: string): string | null {
  if (text === '') return ''
  const plain = text.replace(/^(-?)\s*\$\s*/, '$1')
  if (!/^-?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?$/.test(plain)) return null
  return plain.replaceAll(',', '')
}
