import type { AddendaField, AddendaProblem } from '../model/addenda.ts'
import { ADDENDA_HELPERS, type AddendaHelper, helperNamed } from './addenda-helpers.ts'
import { DATA_GROUP, GROUPS, LINE_FIELDS, LINE_LIST } from './addenda-fields.ts'
import { nearestName } from '../model/nearest-name.ts'
import { at, branches, isBlock, isMustache, isPath } from './template-ast.ts'

const BLOCKS = ['each', 'if', 'unless'] as const
const LOOP_DATA: readonly string[] = ['index', 'first', 'last', 'key']
const HELPER_NAMES = [...ADDENDA_HELPERS.flatMap(({ name, alias }) => [name, alias]), ...BLOCKS]

/** What a template says: what is wrong with it, and which data it takes from outside the document. */
export interface AddendaReading {
  readonly problems: readonly AddendaProblem[]
  readonly fields: readonly AddendaField[]
}

interface Scope {
  readonly inLine: boolean
  /** Whether this place is written in every case; what stands inside an `if` may be missing. */
  readonly always: boolean
  /** What the value is used for. */
  readonly type: AddendaField['type']
}

interface Lint {
  readonly problems: AddendaProblem[]
  readonly fields: Map<string, AddendaField>
}

/**
 * Every name of a template against the tables of fields and helpers: nothing else of Handlebars can be reached. A datum
 * (`dato.x`) is required unless it stands in an `if` or `default` has something in its place.
 */
export function lintAddenda(program: hbs.AST.Program): AddendaReading {
  const lint: Lint = { problems: [], fields: new Map() }
  walk(program, { inLine: false, always: true, type: 'text' }, lint)
  return { problems: lint.problems, fields: [...lint.fields.values()] }
}

function walk(program: hbs.AST.Program, scope: Scope, lint: Lint): void {
  for (const statement of program.body) {
    if (isMustache(statement)) {
      if (!statement.escaped) report(lint, statement, { code: 'raw-output', found: sourceOf(statement) })
      expression(statement, scope, lint)
    } else if (isBlock(statement)) block(statement, scope, lint)
    else if (statement.type !== 'ContentStatement' && statement.type !== 'CommentStatement')
      report(lint, statement, { code: 'not-supported', found: statement.type })
  }
}

type Call = Pick<
  hbs.AST.MustacheStatement | hbs.AST.SubExpression,
  'path' | 'params' | 'hash' | 'loc' | 'type'
>

/** A field, or a call of a helper. */
function expression(call: Call, scope: Scope, lint: Lint): void {
  const { path, params } = call
  if (!isPath(path)) return report(lint, call, { code: 'not-supported', found: '{{"…"}}' })
  const helper = helperNamed(path.original)
  if (params.length === 0 && helper === undefined) return field(path, scope, lint)
  if (helper === undefined) return unknownHelper(path.original, call, lint)
  const [value, ...rest] = params
  if (value === undefined || hasHash(call) || !fits(helper, rest))
    return report(lint, call, { code: 'bad-call', found: path.original })
  argument(value, inHelper(helper.name, scope), lint)
  for (const param of rest) if (param.type !== 'NumberLiteral') argument(param, scope, lint)
}

function fits({ parameters, optional }: AddendaHelper, given: readonly hbs.AST.Expression[]): boolean {
  const least = parameters.length - optional
  if (given.length > parameters.length || given.length < least) return false
  return given.every((param, i) => isArgument(param, parameters[i]))
}

function argument(param: hbs.AST.Expression, scope: Scope, lint: Lint): void {
  if (isPath(param)) field(param, scope, lint)
  else if (param.type === 'SubExpression') expression(param as hbs.AST.SubExpression, scope, lint)
  else if (param.type !== 'StringLiteral') report(lint, param, { code: 'not-supported', found: param.type })
}

/** A number is written out; a text may also be a field. */
function isArgument(param: hbs.AST.Expression, kind: 'number' | 'text' | undefined): boolean {
  if (kind !== 'number') return true
  const { value } = param as Partial<hbs.AST.NumberLiteral>
  return (
    param.type === 'NumberLiteral' &&
    value !== undefined &&
    Number.isInteger(value) &&
    value >= 0 &&
    value <= 1000
  )
}

function inHelper(helper: string, scope: Scope): Scope {
  if (helper === 'date' || helper === 'amount') return { ...scope, type: helper }
  return helper === 'default' ? { ...scope, always: false } : scope
}

function block(statement: hbs.AST.BlockStatement, scope: Scope, lint: Lint): void {
  const helper = statement.path.original
  if (!BLOCKS.some((known) => known === helper)) return unknownHelper(helper, statement, lint)
  const [param, second] = statement.params
  const plain = second === undefined && !hasHash(statement) && !hasBlockParams(statement)
  if (param === undefined || !plain)
    return report(lint, statement, { code: 'not-supported', found: `{{#${helper} …}}` })
  if (helper === 'each') return loop(statement, param, { scope, lint })
  const inside = { ...scope, always: false }
  if (!isList(param)) argument(param, inside, lint)
  for (const branch of branches(statement)) walk(branch, inside, lint)
}

/** One loop only: a loop in a loop would write the lines times the lines. */
function loop(
  statement: hbs.AST.BlockStatement,
  param: hbs.AST.Expression,
  { scope, lint }: { readonly scope: Scope; readonly lint: Lint },
): void {
  if (!isList(param) || scope.inLine)
    return report(lint, param, {
      code: 'not-supported',
      found: `{{#each ${isPath(param) ? param.original : '…'}}}`,
    })
  for (const branch of branches(statement))
    walk(branch, branch === statement.program ? { ...scope, inLine: true } : scope, lint)
}

function isList(param: hbs.AST.Expression): boolean {
  return isPath(param) && !param.data && param.parts.join('.') === LINE_LIST
}

/** Path without `@root.`, `../` and `this.`: every group is at hand everywhere. */
function partsOf(path: hbs.AST.PathExpression): readonly string[] {
  return path.data && path.parts[0] === 'root' ? path.parts.slice(1) : path.parts
}

function field(path: hbs.AST.PathExpression, scope: Scope, lint: Lint): void {
  const [first, second, third] = partsOf(path)
  if (first === DATA_GROUP && second !== undefined && third === undefined && isOpen(path))
    return takeDatum(second, { path, scope }, lint)
  const isKnown = isOpen(path) ? isField(path, scope) : scope.inLine && isLoopData(path)
  if (!isKnown) unknownField(path, scope, lint)
}

/** A path that begins at a context, not at one of the loop's own data (`@index`). */
function isOpen(path: hbs.AST.PathExpression): boolean {
  return !path.data || path.parts[0] === 'root'
}

function isLoopData({ parts }: hbs.AST.PathExpression): boolean {
  return parts.length === 1 && LOOP_DATA.includes(parts[0] ?? '')
}

/** Whether the path is about the Concepto at hand, and not about the document by `../` or `@root`. */
function isOfLine(path: hbs.AST.PathExpression, scope: Scope): boolean {
  return scope.inLine && path.depth === 0 && !path.data
}

function isField(path: hbs.AST.PathExpression, scope: Scope): boolean {
  const [first = '', second, third] = partsOf(path)
  if (third !== undefined) return false
  if (second !== undefined) return (GROUPS[first] ?? []).includes(second)
  return isOfLine(path, scope) && LINE_FIELDS.includes(first)
}

function takeDatum(
  name: string,
  { path, scope }: { readonly path: hbs.AST.PathExpression; readonly scope: Scope },
  lint: Lint,
): void {
  const before = lint.fields.get(name)
  lint.fields.set(name, {
    name,
    required: scope.always || before?.required === true,
    perLine: isOfLine(path, scope) && before?.perLine !== false,
    type: before === undefined || before.type === 'text' ? scope.type : before.type,
  })
}

function unknownField(path: hbs.AST.PathExpression, scope: Scope, lint: Lint): void {
  const known = [
    ...Object.entries(GROUPS).flatMap(([group, names]) => names.map((name) => `${group}.${name}`)),
    ...(scope.inLine ? LINE_FIELDS : []),
  ]
  lint.problems.push({
    code: 'unknown-field',
    found: path.original,
    nearest: nearestName(path.original, known),
    line: at(path).line,
  })
}

function unknownHelper(name: string, node: hbs.AST.Node, lint: Lint): void {
  const nearest = nearestName(name, HELPER_NAMES)
  lint.problems.push({ code: 'unknown-helper', found: name, nearest, line: at(node).line })
}

type Report = Pick<AddendaProblem, 'code' | 'found'>

function report(lint: Lint, node: hbs.AST.Node, problem: Report): void {
  lint.problems.push({ ...problem, nearest: '', line: at(node).line })
}

function sourceOf({ path }: hbs.AST.MustacheStatement): string {
  return isPath(path) ? `{{{${path.original}}}}` : '{{{…}}}'
}

function hasHash(call: { readonly hash: hbs.AST.Hash | undefined }): boolean {
  return (call.hash?.pairs.length ?? 0) > 0
}

function hasBlockParams(statement: hbs.AST.BlockStatement): boolean {
  return branches(statement).some((program) => (program.blockParams as string[] | undefined)?.length)
}
