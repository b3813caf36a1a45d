/** What happens to an addenda that a document has already: it is an error, it gives way, or it stays and nothing is added. */
export const EXISTING_ADDENDA = ['error', 'replace', 'keep'] as const
export type ExistingAddenda = (typeof EXISTING_ADDENDA)[number]

/** Addendas that come with the program. */
export const BUILT_IN_ADDENDAS = ['amece71', 'soriana', 'coppel', 'texto', 'generica'] as const
export type BuiltInAddenda = (typeof BUILT_IN_ADDENDAS)[number]

/** The word that takes the addenda away from a packaging type; no template can have it as its name. */
export const NO_ADDENDA = 'none'

/** What can be wrong with an addenda's template. Stable codes; words in ui/messages under `addenda-problem.<code>`. */
export const ADDENDA_PROBLEMS = [
  'empty',
  'too-long',
  'syntax', // not Handlebars
  'unknown-field',
  'unknown-helper',
  'bad-call', // a helper with too few, too many or the wrong kind of arguments
  'not-supported', // partials, decorators, block parameters, loops in loops
  'raw-output', // {{{x}}}: a name with & would break the document
  'wrapper', // the template holds the Addenda element itself, which is written with each document's own prefix
  'malformed', // what it gives for the sample is not well-formed XML
  'render', // it fails with the sample
] as const
export type AddendaProblemCode = (typeof ADDENDA_PROBLEMS)[number]

export interface AddendaProblem {
  readonly code: AddendaProblemCode
  /** What stands there, in the parser's words or the template's. */
  readonly found: string
  /** The known name most like `found`, or ''. */
  readonly nearest: string
  /** Line of the template, from 1; 0 when the place is the whole text. */
  readonly line: number
}

/** A datum that a template takes from outside the document. */
export interface AddendaField {
  readonly name: string
  /** Without it the document is skipped; else it may be left out. */
  readonly required: boolean
  /** Asked for each Concepto: it may be given for one line, or once for all. */
  readonly perLine: boolean
  readonly type: 'text' | 'date' | 'amount'
}

/** The name that fields are compared by: `Fecha de entrega`, `fechaDeEntrega` and `FECHADEENTREGA` are one. */
export function addendaFieldKey(name: string): string {
  return name
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '')
}

/** Values by `addendaFieldKey`; those of single lines by the number of the Concepto, from 1. */
export interface AddendaData {
  readonly fields: ReadonlyMap<string, string>
  readonly lines: ReadonlyMap<number, ReadonlyMap<string, string>>
}

export const NO_ADDENDA_DATA: AddendaData = { fields: new Map(), lines: new Map() }

/** One on top of the other: what `special` says speaks louder than `general`, each datum on its own. */
export function overlaid(general: AddendaData, special: AddendaData): AddendaData {
  const numbers = new Set([...general.lines.keys(), ...special.lines.keys()])
  return {
    fields: new Map([...general.fields, ...special.fields]),
    lines: new Map(
      [...numbers].map((number) => [
        number,
        new Map([...(general.lines.get(number) ?? []), ...(special.lines.get(number) ?? [])]),
      ]),
    ),
  }
}

/** A field that has no value: where it is missing. */
export interface MissingField {
  readonly name: string
  /** Number of the Concepto, from 1; 0 when it is missing for the document. */
  readonly line: number
}

/**
 * Required fields without a value, in the order of the template. One that is asked for each line may come from the line or
 * from the document.
 * @param lines number of Conceptos
 */
export function missingFields(
  fields: readonly AddendaField[],
  data: AddendaData,
  lines: number,
): MissingField[] {
  return fields.flatMap(({ name, required, perLine }): MissingField[] => {
    const key = addendaFieldKey(name)
    if (!required || (data.fields.get(key) ?? '') !== '') return []
    if (!perLine) return [{ name, line: 0 }]
    const numbers = Array.from({ length: lines }, (_, i) => i + 1)
    const lacking = numbers.filter((number) => (data.lines.get(number)?.get(key) ?? '') === '')
    return lacking.length === lines && lines > 0
      ? [{ name, line: 0 }]
      : lacking.map((line) => ({ name, line }))
  })
}

/** What one run says about addendas; it speaks louder than the packaging types. */
export interface AddendaWishes {
  /** Template; `NO_ADDENDA` adds none; null leaves it to the type. */
  readonly template: string | null
  readonly existing: ExistingAddenda | null
  /** File with data for this run, or null. */
  readonly dataFile: string | null
}
