import Handlebars from 'handlebars'
import type { AddendaField, AddendaProblem } from '../model/addenda.ts'
import { addendaContext, type AddendaSource } from './addenda-fields.ts'
import { ADDENDA_HELPERS, AddendaValueError, MissingDatumError } from './addenda-helpers.ts'
import { type AddendaReading, lintAddenda } from './addenda-lint.ts'
import { at, branches, isBlock, isMustache, parseTemplate } from './template-ast.ts'

/** Characters of a template, and of what it gives for one document. */
const LONGEST = 100_000
const LARGEST_OUTPUT = 10_000_000
/** Texts kept compiled; a company has a handful. */
const KEPT = 50

/** Takes what every value goes through, so that no name or description can be taken for markup. */
const ESCAPE = 'xml-escape'

/** An environment of its own, in which nothing but these helpers can be reached. */
const environment = Handlebars.create()
const BLOCKS: readonly string[] = ['each', 'if', 'unless']
for (const name of Object.keys(environment.helpers)) {
  if (!BLOCKS.includes(name)) environment.unregisterHelper(name)
}
for (const { name, alias, run } of ADDENDA_HELPERS) {
  // Handlebars puts its options behind the arguments.
  const helper = (...given: unknown[]) => {
    const [value, ...rest] = given.slice(0, -1)
    return run(textOf(value), ...rest.map((each) => (typeof each === 'number' ? each : textOf(each))))
  }
  environment.registerHelper(name, helper)
  environment.registerHelper(alias, helper)
}
environment.registerHelper(ESCAPE, (value: unknown) => escapeXml(textOf(value)))

/** Fields are texts, `@index` is a number. */
function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

const OPTIONS = {
  knownHelpersOnly: true,
  knownHelpers: Object.fromEntries(
    [ESCAPE, ...ADDENDA_HELPERS.flatMap(({ name, alias }) => [name, alias])].map((name) => [name, true]),
  ),
  // Every value is escaped by the helper above, for XML and not for HTML.
  noEscape: true,
} as const

/** A template made ready. */
export interface CompiledAddenda {
  /** Data that it takes from outside the document. */
  readonly fields: readonly AddendaField[]
  /** @returns what is to stand inside the Addenda, or why it cannot be written */
  readonly render: (source: AddendaSource) => RenderedAddenda
}

export type RenderedAddenda =
  | { readonly ok: true; readonly content: string }
  /** `missing`: the datum that has to be given; null when it is something else. */
  | { readonly ok: false; readonly detail: string; readonly missing: string | null }

const compiled = new Map<string, CompiledAddenda>()

/** What is wrong with a template as far as its own text tells, and the data it needs. */
export function readAddenda(body: string): AddendaReading {
  const whole = (code: AddendaProblem['code'], found: string): AddendaReading => ({
    problems: [{ code, found, nearest: '', line: 0 }],
    fields: [],
  })
  if (body.trim() === '') return whole('empty', '')
  if (body.length > LONGEST) return whole('too-long', `${body.length} > ${LONGEST}`)
  const parsed = parseTemplate(body)
  if (!parsed.ok) {
    const { found, line } = parsed.finding
    return { problems: [{ code: 'syntax', found, nearest: '', line }], fields: [] }
  }
  const { problems, fields } = lintAddenda(parsed.program)
  const inCdata = isPlainText(body) ? [] : fieldsInCdata(parsed.program, body)
  return { problems: [...problems, ...inCdata].sort((a, b) => a.line - b.line), fields }
}

/**
 * A template that `readAddenda` finds nothing wrong with, ready to be rendered; null for any other. One that begins with `<`
 * gives XML and every value in it is escaped; any other gives plain text, which goes whole into a CDATA section.
 */
export function compileAddenda(body: string): CompiledAddenda | null {
  const known = compiled.get(body)
  if (known !== undefined) return known
  const { problems, fields } = readAddenda(body)
  if (problems.length > 0) return null
  const program = Handlebars.parse(body)
  const isText = isPlainText(body)
  if (!isText) escapeOutput(program)
  const template = environment.compile<object>(program, OPTIONS)
  const made: CompiledAddenda = {
    fields,
    render: (source) => {
      try {
        const text = template(addendaContext(source, fields)).replace(/\r\n?/g, '\n').trim()
        if (text.length > LARGEST_OUTPUT)
          return { ok: false, detail: `${text.length} > ${LARGEST_OUTPUT}`, missing: null }
        return { ok: true, content: isText ? cdata(text) : text }
      } catch (error) {
        if (error instanceof AddendaValueError) return { ok: false, detail: error.message, missing: null }
        if (error instanceof MissingDatumError)
          return { ok: false, detail: error.message, missing: error.datum }
        throw error
      }
    },
  }
  if (compiled.size >= KEPT) compiled.clear()
  compiled.set(body, made)
  return made
}

/** Whether a template gives plain text: its first sign that is not Handlebars' own is no `<`. */
export function isPlainText(body: string): boolean {
  return !body
    .replace(/\{\{[\s\S]*?\}\}/g, '')
    .trimStart()
    .startsWith('<')
}

/** XML 1.0 § 2.4; quotes too, for values in attributes. */
function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign)
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}

/** The sign that would end the section is divided between two. */
function cdata(text: string): string {
  return `<![CDATA[\n${text.replaceAll(']]>', ']]]]><![CDATA[>')}\n]]>`
}

/** `{{x}}` becomes `{{xml-escape x}}`, and `{{date x "…"}}` becomes `{{xml-escape (date x "…")}}`. */
function escapeOutput(program: hbs.AST.Program): void {
  for (const statement of program.body) {
    if (isBlock(statement)) branches(statement).forEach(escapeOutput)
    if (!isMustache(statement)) continue
    const { path, params, hash, loc } = statement
    const inner = params.length === 0 ? path : { type: 'SubExpression', path, params, hash, loc }
    statement.params = [inner]
    statement.path = {
      type: 'PathExpression',
      data: false,
      depth: 0,
      parts: [ESCAPE],
      original: ESCAPE,
      loc,
    }
  }
}

/** No reference is read in a CDATA section, so an escaped value would be shown with its `&amp;`. */
function fieldsInCdata(program: hbs.AST.Program, body: string): AddendaProblem[] {
  const lines = body.split('\n')
  return program.body.flatMap((statement): AddendaProblem[] => {
    if (isBlock(statement)) return branches(statement).flatMap((branch) => fieldsInCdata(branch, body))
    if (!isMustache(statement)) return []
    const { line, column } = at(statement)
    const before = [...lines.slice(0, line - 1), (lines[line - 1] ?? '').slice(0, column - 1)].join('\n')
    return before.lastIndexOf('<![CDATA[') > before.lastIndexOf(']]>')
      ? [{ code: 'not-supported', found: '<![CDATA[…{{ }}…]]>', nearest: '', line }]
      : []
  })
}

/** The template's own markup, line by line: what Handlebars puts in is blanked out. */
export function markupOf(body: string): string {
  return body.replace(/\{\{!--[\s\S]*?--\}\}|\{\{[\s\S]*?\}\}/g, (tag) => tag.replace(/[^\n]/g, ' '))
}
