import type { AddendaField, AddendaProblem } from '../model/addenda.ts'
import { ADDENDA_HELPERS, helperNamed } from './addenda-helpers.ts'
import { DATA_GROUP, GROUPS, LINE_FIELDS, LINE_LIST } from './addenda-fields.ts'
import { nearestName } from './nearest.ts'
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
      if (!statement.escaped) report(lint, 'raw-output', sourceOf(statement), statement)
      expression(statement, scope, lint)
    } else if (isBlock(statement)) block(statement, scope, lint)
    else if (statement.type !== 'ContentStatement' && statement.type !== 'CommentStatement')
      report(lint, 'not-supported', statement.type, statement)
  }
}

type Call = Pick<
  hbs.AST.MustacheStatement | hbs.AST.SubExpression,
  'path' | 'params' | 'hash' | 'loc' | 'type'
>

/** A field, or a call of a helper. */
function expression(call: Call, scope: Scope, lint: Lint): void {
  const { path, params } = call
  if (!isPath(path)) return report(lint, 'not-supported', '{{"…"}}', call)
  const helper = helperNamed(path.original)
  if (params.length === 0 && helper === undefined) return field(path, scope, lint)
  if (helper === undefined) return unknownHelper(path.original, call, lint)
  const [value, ...rest] = params
  const { parameters, optional } = helper
  const fits =
    rest.length <= parameters.length &&
    rest.length >= parameters.length - optional &&
    rest.every((param, i) => isArgument(param, parameters[i]))
  if (value === undefined || !fits || hasHash(call)) return report(lint, 'bad-call', path.original, call)
  argument(value, inHelper(helper.name, scope), lint)
  for (const param of rest) if (param.type !== 'NumberLiteral') argument(param, scope, lint)
}

function argument(param: hbs.AST.Expression, scope: Scope, lint: Lint): void {
  if (isPath(param)) field(param, scope, lint)
  else if (param.type === 'SubExpression') expression(param as hbs.AST.SubExpression, scope, lint)
  else if (param.type !== 'StringLiteral') report(lint, 'not-supported', param.type, param)
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
  if (param === undefined || !plain) return report(lint, 'not-supported', `{{#${helper} …}}`, statement)
  if (helper !== 'each') {
    const inside = { ...scope, always: false }
    if (!isList(param)) argument(param, inside, lint)
    for (const branch of branches(statement)) walk(branch, inside, lint)
    return
  }
  if (!isList(param) || scope.inLine)
    return report(lint, 'not-supported', `{{#each ${sourceOf(param)}}}`, param)
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
  const parts = partsOf(path)
  const [first = '', second, third] = parts
  if (path.data && path.parts[0] !== 'root') {
    if (!scope.inLine || !LOOP_DATA.includes(first) || second !== undefined) unknownField(path, scope, lint)
    return
  }
  if (third !== undefined) return unknownField(path, scope, lint)
  if (first === DATA_GROUP && second !== undefined) return datum(second, path, scope, lint)
  const isKnown =
    second === undefined
      ? scope.inLine && path.depth === 0 && !path.data && LINE_FIELDS.includes(first)
      : (GROUPS[first] ?? []).includes(second)
  if (!isKnown) unknownField(path, scope, lint)
}

// eslint-disable-next-line max-params -- the place, where it stands, and where it is noted
function datum(name: string, path: hbs.AST.PathExpression, scope: Scope, lint: Lint): void {
  // Outside the line the datum is the document's, also where `../` or `@root` asks for it.
  const perLine = scope.inLine && path.depth === 0 && !path.data
  const before = lint.fields.get(name)
  lint.fields.set(name, {
    name,
    required: scope.always || before?.required === true,
    perLine: perLine && before?.perLine !== false,
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

// eslint-disable-next-line max-params -- what, where, and where it is noted
function report(lint: Lint, code: AddendaProblem['code'], found: string, node: hbs.AST.Node): void {
  lint.problems.push({ code, found, nearest: '', line: at(node).line })
}

function sourceOf(node: hbs.AST.Node): string {
  if (isMustache(node)) return isPath(node.path) ? `{{{${node.path.original}}}}` : '{{{…}}}'
  return isPath(node as hbs.AST.Expression) ? (node as hbs.AST.PathExpression).original : '…'
}

function hasHash(call: { readonly hash: hbs.AST.Hash | undefined }): boolean {
  return (call.hash?.pairs.length ?? 0) > 0
}

function hasBlockParams(statement: hbs.AST.BlockStatement): boolean {
  return branches(statement).some((program) => (program.blockParams as string[] | undefined)?.length)
}
