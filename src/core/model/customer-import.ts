import { parseContacts } from './contacts.ts'
import type { CsvRow } from './csv-table.ts'
import {
  changedFields,
  type CustomerField,
  type CustomerFields,
  newCustomer,
  withFields,
} from './customer-fields.ts'
import { fieldOfHeader, type TableField } from './customer-table.ts'
import { lacksXml } from './customer-channel.ts'
import { type Customer, normalCode, validCustomerCode } from './customer.ts'
import { CfdiMailError } from './errors.ts'
import type { RejectedRow, RowProblem } from './results/customers.ts'

/** What is done with a customer that is there already. */
export type ExistingPolicy = 'update' | 'leave'

export interface ImportPlan {
  /** Customers to write: the created and the updated ones. */
  readonly save: readonly Customer[]
  readonly created: readonly string[]
  readonly updated: readonly string[]
  readonly unchanged: readonly string[]
  /** There already and different, with the policy `leave`. */
  readonly left: readonly string[]
  readonly rejected: readonly RejectedRow[]
}

/** What an empty cell does to a customer that is there: a table with less in it is more common than one that erases. */
export type EmptyCells = 'keep' | 'erase'

export interface ImportRules {
  /** Customers of the rows' codes that are there, by code. */
  readonly existing: ReadonlyMap<string, Customer>
  /** Codes of the packaging types. */
  readonly types: readonly string[]
  /** Codes of the customer groups. */
  readonly groups: readonly string[]
  readonly policy: ExistingPolicy
  readonly emptyCells: EmptyCells
}

/** A cell that erases its field. */
const ERASED = '-'

type Problem = Pick<RejectedRow, 'field' | 'value' | 'problem'>
type RowResult =
  | { readonly kind: 'created' | 'updated' | 'unchanged' | 'left'; readonly customer: Customer }
  | { readonly kind: 'rejected'; readonly problems: readonly Problem[] }

/**
 * What a table makes of the customers. A row with anything wrong is rejected whole, with all that is wrong in it, and the rest
 * goes on. Only the columns that are there are touched; an empty cell leaves its field as it is, `-` erases it.
 */
export function planImport(rows: readonly CsvRow[], rules: ImportRules): ImportPlan {
  const plan = {
    save: [] as Customer[],
    created: [] as string[],
    updated: [] as string[],
    unchanged: [] as string[],
    left: [] as string[],
  }
  const rejected: RejectedRow[] = []
  const seen = new Set<string>()
  for (const row of rows) {
    const fields = fieldsOfRow(row)
    if ([...fields.values()].every((cell) => cell.trim() === '')) continue
    const code = normalCode(fields.get('code') ?? '')
    const result = planRow(row, { code, fields, repeated: seen.has(code) }, rules)
    seen.add(code)
    if (result.kind === 'rejected') {
      rejected.push(...result.problems.map((problem) => ({ line: row.line, code, ...problem })))
      continue
    }
    plan[result.kind].push(code)
    if (result.kind === 'created' || result.kind === 'updated') plan.save.push(result.customer)
  }
  return { ...plan, rejected }
}

/** The code of a row as customers are looked up by. */
export function codeOfRow(row: CsvRow): string {
  return normalCode(fieldsOfRow(row).get('code') ?? '')
}

interface ReadRow {
  readonly code: string
  readonly fields: ReadonlyMap<TableField, string>
  readonly repeated: boolean
}

function planRow(row: CsvRow, read: ReadRow, rules: ImportRules): RowResult {
  const before = rules.existing.get(read.code)
  const { customer, problems } = withCells(before ?? newCustomer(read.code), read.fields, rules.emptyCells)
  const { type } = customer.packaging
  const all = [...rowProblems(row, read), ...problems]
  if (!rules.types.includes(type)) all.push({ field: 'packaging', value: type, problem: 'unknown-type' })
  const { group } = customer
  if (group !== undefined && !rules.groups.includes(group))
    all.push({ field: 'group', value: group, problem: 'unknown-group' })
  if (lacksXml(customer)) all.push({ field: 'xmlBy', value: '', problem: 'xml-by-missing' })
  if (all.length > 0) return { kind: 'rejected', problems: all }
  if (before === undefined) return { kind: 'created', customer }
  if (changedFields(before, customer).length === 0) return { kind: 'unchanged', customer }
  return { kind: rules.policy === 'update' ? 'updated' : 'left', customer }
}

function withCells(
  before: Customer,
  cells: ReadonlyMap<TableField, string>,
  emptyCells: EmptyCells,
): { readonly customer: Customer; readonly problems: readonly Problem[] } {
  let customer = before
  const problems: Problem[] = []
  for (const [field, text] of cells) {
    if (field === 'code' || (text.trim() === '' && emptyCells === 'keep')) continue
    const change = attempt(customer, field, text.trim() === ERASED ? '' : text)
    if ('code' in change) customer = change
    else problems.push(change)
  }
  return { customer, problems }
}

function rowProblems(row: CsvRow, { code, repeated }: ReadRow): Problem[] {
  const problem: RowProblem | null =
    code === '' ? 'no-code' : !validCustomerCode(code) ? 'bad-code' : repeated ? 'repeated-code' : null
  return [
    ...(problem === null ? [] : [{ field: 'code' as const, value: code, problem }]),
    ...(row.extraCells === 0
      ? []
      : [{ field: 'row' as const, value: String(row.extraCells), problem: 'extra-cells' as const }]),
  ]
}

function attempt(customer: Customer, field: CustomerField, text: string): Customer | Problem {
  try {
    if (field === 'kind' && text === '') return customer
    const fields: CustomerFields =
      field === 'contacts' ? { contacts: parseContacts(text) } : { [field]: text }
    return withFields(customer, fields)
  } catch (error) {
    if (!(error instanceof CfdiMailError)) throw error
    const { part, value, problem } = error.params
    return { field, value: String(part ?? value ?? text), problem: (problem ?? `bad-${field}`) as RowProblem }
  }
}

function fieldsOfRow(row: CsvRow): Map<TableField, string> {
  const fields = new Map<TableField, string>()
  for (const [header, cell] of row.cells) {
    const field = fieldOfHeader(header)
    if (field !== undefined && !fields.has(field)) fields.set(field, cell)
  }
  return fields
}
