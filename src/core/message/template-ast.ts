import Handlebars from 'handlebars'
import type { TemplateProblem } from '../model/template.ts'

/** What a lint says of one place; `part` is added by the caller, who knows it. */
export type Finding = Omit<TemplateProblem, 'part'>

export type Parsed =
  { readonly ok: true; readonly program: hbs.AST.Program } | { readonly ok: false; readonly finding: Finding }

/** Parses a template text. Handlebars' `compile` finds a syntax error only when the template is first rendered. */
export function parseTemplate(text: string): Parsed {
  try {
    return { ok: true, program: Handlebars.parse(text) }
  } catch (error) {
    return { ok: false, finding: syntaxFinding(error) }
  }
}

export function at(node: hbs.AST.Node): { readonly line: number; readonly column: number } {
  return { line: node.loc.start.line, column: node.loc.start.column + 1 }
}

/** The parser says the line in its words (a grammar error) or in fields (a block closed by another name). */
function syntaxFinding(error: unknown): Finding {
  const message = error instanceof Error ? error.message : String(error)
  const lines = message.split('\n')
  const said = /on line (\d+)/.exec(message)?.[1]
  const field = error instanceof Handlebars.Exception ? Number(error.lineNumber ?? 0) : 0
  return {
    level: 'error',
    code: 'syntax',
    found: (lines.length > 1 ? `${lines[1] ?? ''}: ${lines.at(-1) ?? ''}` : message).slice(0, 200),
    nearest: '',
    line: said === undefined ? field : Number(said),
    column: 0,
  }
}

export function isBlock(node: hbs.AST.Node): node is hbs.AST.BlockStatement {
  return node.type === 'BlockStatement'
}

export function isMustache(node: hbs.AST.Node): node is hbs.AST.MustacheStatement {
  return node.type === 'MustacheStatement'
}

export function isContent(node: hbs.AST.Node): node is hbs.AST.ContentStatement {
  return node.type === 'ContentStatement'
}

export function isPath(node: hbs.AST.Node): node is hbs.AST.PathExpression {
  return node.type === 'PathExpression'
}

/** The branches of a block, one or two. Handlebars' types say that both are always there; `{{#if}}` without else and `{{^if}}` have one. */
export function branches(block: hbs.AST.BlockStatement): readonly hbs.AST.Program[] {
  return [block.program, block.inverse].filter(
    (program: hbs.AST.Program | undefined) => program !== undefined,
  )
}
