import { roundDecimal } from './money.ts'

/** A value that a helper cannot write: a date that is none. */
export class AddendaValueError extends Error {}

/** A value that has to be there and that neither the document nor the data have. */
export class MissingDatumError extends Error {
  /** The datum that would have given it. */
  readonly datum: string
  constructor(datum: string) {
    super(`${datum} is missing`)
    this.datum = datum
  }
}

export interface AddendaHelper {
  readonly name: string
  /** Its Spanish name. */
  readonly alias: string
  /** Arguments after the value; the last `optional` of them may be left out. */
  readonly parameters: readonly ('number' | 'text')[]
  readonly optional: number
  readonly run: (value: string, ...rest: readonly (string | number)[]) => string
}

/** What may be called in an addenda's template: `{{date cfdi.Fecha "yyyyMMdd"}}`. The first argument is always a field. */
export const ADDENDA_HELPERS: readonly AddendaHelper[] = [
  { name: 'date', alias: 'fecha', parameters: ['text'], optional: 1, run: date },
  { name: 'amount', alias: 'importe', parameters: ['number'], optional: 1, run: amount },
  { name: 'pad', alias: 'rellenar', parameters: ['number', 'text'], optional: 1, run: pad },
  { name: 'fill', alias: 'completar', parameters: ['number', 'text'], optional: 1, run: fill },
  { name: 'cut', alias: 'recortar', parameters: ['number'], optional: 0, run: cut },
  { name: 'upper', alias: 'mayusculas', parameters: [], optional: 0, run: (value) => value.toUpperCase() },
  {
    name: 'digits',
    alias: 'digitos',
    parameters: [],
    optional: 0,
    run: (value) => value.replace(/\D/g, ''),
  },
  {
    name: 'default',
    alias: 'omision',
    parameters: ['text'],
    optional: 0,
    run: (value, other = '') => (value === '' ? String(other) : value),
  },
  { name: 'required', alias: 'obligatorio', parameters: ['text'], optional: 0, run: required },
]

export function helperNamed(name: string): AddendaHelper | undefined {
  return ADDENDA_HELPERS.find((helper) => helper.name === name || helper.alias === name)
}

/** `2024-05-20`, with or without a time behind it, `20240520` or `20/05/2024`. */
const DATES = [
  /^(?<yyyy>\d{4})-(?<MM>\d\d)-(?<dd>\d\d)(?:[T ](?<HH>\d\d):(?<mm>\d\d)(?::(?<ss>\d\d))?.*)?$/,
  /^(?<yyyy>\d{4})(?<MM>\d\d)(?<dd>\d\d)$/,
  /^(?<dd>\d\d)\/(?<MM>\d\d)\/(?<yyyy>\d{4})$/,
]

/** A date as text in another form: never through Date, which would move it to another zone. '' stays ''. */
function date(value: string, pattern: string | number = 'yyyy-MM-dd'): string {
  if (value === '') return ''
  const parts = DATES.map((form) => form.exec(value)?.groups).find((groups) => groups !== undefined)
  const month = Number(parts?.['MM'])
  const day = Number(parts?.['dd'])
  if (parts === undefined || month < 1 || month > 12 || day < 1 || day > 31)
    throw new AddendaValueError(`date '${value}'`)
  return String(pattern).replace(/yyyy|MM|dd|HH|mm|ss/g, (part) => parts[part] ?? '00')
}

function amount(value: string, places: string | number = 2): string {
  if (value === '') return ''
  const text = roundDecimal(value.replaceAll(',', ''), Number(places))
  if (text === null) throw new AddendaValueError(`amount '${value}'`)
  return text
}

function pad(value: string, width: string | number = 0, sign: string | number = '0'): string {
  return value.padStart(Number(width), String(sign))
}

function fill(value: string, width: string | number = 0, sign: string | number = ' '): string {
  return value.padEnd(Number(width), String(sign))
}

/** By characters, not by the halves of an emoji. */
function cut(value: string, width: string | number = 0): string {
  return [...value].slice(0, Number(width)).join('')
}

/** `{{required (default dato.codigo NoIdentificacion) "codigo"}}`: no element that a chain wants is written empty. */
function required(value: string, datum: string | number = ''): string {
  if (value.trim() === '') throw new MissingDatumError(String(datum))
  return value
}
