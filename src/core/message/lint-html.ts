import { holdsUrl, judge, markOf } from './html-rules.ts'
import { START, step, type HtmlState } from './html-state.ts'
import { at, branches, isBlock, isContent, isMustache, isPath, type Finding } from './template-ast.ts'

/**
 * What a field or a link could do where it stands in the HTML: handlebars escapes `& < > " ' \` =`, which is enough between
 * tags and inside quotes, and nowhere else. Both branches of a block must end where they began.
 */
export function lintHtml(program: hbs.AST.Program): Finding[] {
  const findings: Finding[] = []
  const end = walk(program, START, findings)
  if (end.mode !== 'text' && program.body.length > 0) {
    findings.push({ level: 'error', code: 'split-html', found: end.tag, nearest: '', ...at(program) })
  }
  return findings
}

function walk(program: hbs.AST.Program, start: HtmlState, findings: Finding[]): HtmlState {
  let state = start
  for (const statement of program.body) {
    if (isContent(statement)) state = content(statement, state, findings)
    else if (isMustache(statement)) state = field(statement, state, findings)
    else if (isBlock(statement)) state = block(statement, state, findings)
  }
  return state
}

function content(statement: hbs.AST.ContentStatement, start: HtmlState, findings: Finding[]): HtmlState {
  let state = start
  let { line, column } = at(statement)
  for (const char of statement.value) {
    const next = step(state, char)
    state = next.state
    const finding = next.event === null ? null : judge(next.event)
    if (finding !== null) findings.push({ ...finding, nearest: '', line, column })
    if (char === '\n') [line, column] = [line + 1, 1]
    else column++
  }
  return state
}

function field(statement: hbs.AST.MustacheStatement, state: HtmlState, findings: Finding[]): HtmlState {
  const name = isPath(statement.path) ? statement.path.original : ''
  const refuse = (code: Finding['code'], found: string): HtmlState => {
    findings.push({ level: 'error', code, found, nearest: '', ...at(statement) })
    return state
  }
  if (state.code !== '') return refuse('field-in-code', `<${state.code}>`)
  if (state.mode === 'text' || state.mode === 'comment') return state
  // A whole page stands in its place.
  if (name === 'ticket') return refuse('field-in-code', name)
  if (state.mode !== 'double-quoted' && state.mode !== 'single-quoted')
    return refuse('unquoted-attribute', name)
  if (state.attribute === 'style') return refuse('field-in-code', 'style="…"')
  return { ...state, value: state.value + markOf(name) }
}

function block(statement: hbs.AST.BlockStatement, state: HtmlState, findings: Finding[]): HtmlState {
  const report = (code: Finding['code'], found: string) =>
    findings.push({ level: 'error', code, found, nearest: '', ...at(statement) })
  const quoted = state.mode === 'double-quoted' || state.mode === 'single-quoted'
  if (quoted && holdsUrl(state.attribute)) report('bad-url', `${state.attribute}="{{#…"`)
  const ends = branches(statement).map((branch) => walk(branch, state, findings))
  if (ends.some((end) => !samePlace(end, state))) report('split-html', `{{#${statement.path.original}}}`)
  return ends[0] ?? state
}

function samePlace(a: HtmlState, b: HtmlState): boolean {
  return (
    a.mode === b.mode && a.code === b.code && (a.mode === 'text' || (a.tag === b.tag && inSameValue(a, b)))
  )
}

/** Between attributes the last attribute's name says nothing. */
function inSameValue(a: HtmlState, b: HtmlState): boolean {
  return a.mode === 'tag' || a.attribute === b.attribute
}
