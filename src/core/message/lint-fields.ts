import { DOCUMENT_FIELDS, DOCUMENT_LIST } from './document-fields.ts'
import { MESSAGE_FIELDS } from './message-fields.ts'
import { PAID_FIELDS, PAID_LIST } from './paid-fields.ts'
import { nearestName } from '../model/nearest-name.ts'
import { at, branches, isBlock, isMustache, isPath, type Finding } from './template-ast.ts'

/** How output is written: escaped for HTML, or as it is. */
export type Output = 'html' | 'text'

/** Which names a place of the template knows. */
interface Scope {
  readonly names: readonly string[]
  readonly parent: Scope | null
}

type Meaning = 'text' | 'list' | 'document' | 'unknown'

const DOCUMENT_NAMES = DOCUMENT_FIELDS.map((field) => field.name)
const ROOT: Scope = {
  names: [...DOCUMENT_NAMES, ...MESSAGE_FIELDS.map((field) => field.name), DOCUMENT_LIST, PAID_LIST],
  parent: null,
}
/** What is known inside `{{#each …}}` of each list. */
const LISTS: ReadonlyMap<string, Scope> = new Map([
  [DOCUMENT_LIST, { names: DOCUMENT_NAMES, parent: ROOT }],
  [PAID_LIST, { names: PAID_FIELDS.map((field) => field.name), parent: ROOT }],
])

const LOOP_DATA: readonly string[] = ['index', 'first', 'last', 'key']

/** The block helpers a template may use. `with`, `lookup` and `log` have nothing to do among flat fields. */
export const HELPERS = ['each', 'if', 'unless'] as const

/**
 * Every name of a template against the table of fields: also inside `{{#if …}}`, which Handlebars' strict mode does not
 * look at. What is not a field, a document loop or an if is refused, so nothing else of the language can be reached.
 */
export function lintFields(program: hbs.AST.Program, output: Output): Finding[] {
  const findings: Finding[] = []
  walk(program, ROOT, { output, report: (finding) => findings.push(finding) })
  return findings
}

interface Walk {
  readonly output: Output
  readonly report: (finding: Finding) => void
}

function walk(program: hbs.AST.Program, scope: Scope, lint: Walk): void {
  for (const statement of program.body) {
    if (isMustache(statement)) mustache(statement, scope, lint)
    else if (isBlock(statement)) block(statement, scope, lint)
    else if (statement.type !== 'ContentStatement' && statement.type !== 'CommentStatement') {
      lint.report(finding('not-supported', statement.type, statement))
    }
  }
}

function mustache(statement: hbs.AST.MustacheStatement, scope: Scope, lint: Walk): void {
  const { path } = statement
  if (!isPath(path)) return lint.report(finding('not-supported', '{{"…"}}', statement))
  if (statement.params.length > 0 || hasHash(statement)) {
    return lint.report(unknownHelper(path.original, statement))
  }
  if (!statement.escaped && lint.output === 'html') {
    lint.report(finding('raw-output', `{{{${path.original}}}}`, statement))
  }
  const meaning = meaningOf(path, scope)
  if (meaning === 'unknown') lint.report(unknownField(path, scope))
  else if (meaning !== 'text') lint.report(finding('not-text', path.original, statement))
}

function block(statement: hbs.AST.BlockStatement, scope: Scope, lint: Walk): void {
  const helper = statement.path.original
  if (!HELPERS.some((known) => known === helper)) return lint.report(unknownHelper(helper, statement))
  const param = onlyParam(statement)
  if (param === null) return lint.report(finding('not-supported', `{{#${helper} …}}`, statement))
  const problem = argumentProblem(helper, param, scope)
  if (problem !== null) lint.report(problem)
  const inner = helper === 'each' ? (LISTS.get(param.parts.at(-1) ?? '') ?? scope) : scope
  for (const branch of branches(statement)) {
    // `{{else}}` of a loop, and all of `{{^if}}`, stay where the block stands.
    walk(branch, branch === statement.program ? inner : scope, lint)
  }
}

/** One loop only: its output grows with the documents, and a loop in a loop with their square. */
function argumentProblem(helper: string, param: hbs.AST.PathExpression, scope: Scope): Finding | null {
  const meaning = meaningOf(param, scope)
  if (meaning === 'unknown') return unknownField(param, scope)
  if (helper !== 'each') return null
  if (scope.parent !== null) return finding('nested-each', param.original, param)
  return meaning === 'list' ? null : finding('not-a-list', param.original, param)
}

/** The one path that a block is about; null for any other form of a call. */
function onlyParam(statement: hbs.AST.BlockStatement): hbs.AST.PathExpression | null {
  const [param, second] = statement.params
  const plain = second === undefined && !hasHash(statement) && !hasBlockParams(statement)
  return param !== undefined && isPath(param) && plain ? param : null
}

function meaningOf(path: hbs.AST.PathExpression, scope: Scope): Meaning {
  const [name, ...rest] = path.parts
  if (path.data) return dataMeaning(path, scope)
  let found: Scope | null = scope
  for (let up = path.depth; up > 0 && found !== null; up--) found = found.parent
  if (found === null || rest.length > 0) return 'unknown'
  if (name === undefined) return 'document'
  if (!found.names.includes(name)) return 'unknown'
  return LISTS.has(name) ? 'list' : 'text'
}

/** `@index` and its like inside the loop, `@root.field` everywhere. */
function dataMeaning(path: hbs.AST.PathExpression, scope: Scope): Meaning {
  const [name = '', field, ...rest] = path.parts
  if (name === 'root' && field !== undefined && rest.length === 0 && ROOT.names.includes(field)) {
    return LISTS.has(field) ? 'list' : 'text'
  }
  return LOOP_DATA.includes(name) && field === undefined && scope.parent !== null ? 'text' : 'unknown'
}

function unknownField(path: hbs.AST.PathExpression, scope: Scope): Finding {
  const wanted = path.parts.at(-1) ?? ''
  const here = nearestName(wanted, scope.names)
  const above = here === '' && scope.parent !== null ? nearestName(wanted, scope.parent.names) : ''
  return { ...finding('unknown-field', path.original, path), nearest: above === '' ? here : `../${above}` }
}

function unknownHelper(name: string, node: hbs.AST.Node): Finding {
  return { ...finding('unknown-helper', name, node), nearest: nearestName(name, HELPERS) }
}

function finding(code: Finding['code'], found: string, node: hbs.AST.Node): Finding {
  return { level: 'error', code, found, nearest: '', ...at(node) }
}

/** Handlebars leaves `hash` out when a call has none, whatever its types say. */
function hasHash(statement: { readonly hash: hbs.AST.Hash | undefined }): boolean {
  return (statement.hash?.pairs.length ?? 0) > 0
}

function hasBlockParams(statement: hbs.AST.BlockStatement): boolean {
  return branches(statement).some((program) => (program.blockParams as string[] | undefined)?.length)
}
