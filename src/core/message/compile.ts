import Handlebars from 'handlebars'
import { CfdiMailError, type ErrorProblem } from '../model/errors.ts'
import type { TemplateProblem } from '../model/template.ts'
import { expandAliases } from './aliases.ts'
import { keeping } from './keeping.ts'
import { HELPERS, lintFields, type Output } from './lint-fields.ts'
import { lintHtml } from './lint-html.ts'
import { parseTemplate, type Finding } from './template-ast.ts'
import type { TemplateData } from './template-data.ts'

/** Characters of one template text. Gmail clips messages above 102 KB. */
const LONGEST = 100_000
/** Characters of one rendered text. */
const LARGEST_OUTPUT = 1_000_000
/** Texts kept compiled; a company has a few dozen. */
const KEPT = 300

export type Render = (data: TemplateData) => string

/** An environment of its own: nothing registered elsewhere in the process can be reached. */
const environment = Handlebars.create()

/** Strict: a field that is not there throws. Only the three block helpers exist; prototypes are closed by the runtime's default. */
const OPTIONS = {
  strict: true,
  knownHelpersOnly: true,
  knownHelpers: { with: false, log: false, lookup: false, helperMissing: false, blockHelperMissing: false },
} as const

for (const name of Object.keys(environment.helpers)) {
  if (!HELPERS.some((helper) => helper === name)) environment.unregisterHelper(name)
}

/** Everything wrong with one text, errors and warnings, in the order of its lines. */
export function lint(text: string, output: Output): Finding[] {
  // The types say so, but a template may come from JSON: Handlebars compiles an object as a syntax tree, into code of its choice.
  if (typeof text !== 'string') throw new TypeError('a template is a text')
  if (text.length > LONGEST) return [whole('too-long', `${text.length} > ${LONGEST}`)]
  const { text: source, unknown } = expandAliases(text)
  const aliases = unknown.map((alias): Finding => ({
    ...alias,
    level: 'error',
    code: 'unknown-alias',
    found: alias.name,
  }))
  const parsed = parseTemplate(source)
  if (!parsed.ok) return [...aliases, parsed.finding]
  const html = output === 'html' ? lintHtml(parsed.program) : []
  return [...aliases, ...lintFields(parsed.program, output), ...html].sort((a, b) => a.line - b.line)
}

/**
 * A text made ready to be rendered, once: the next call with the same text costs a look-up. HTML output escapes what it
 * inserts, text output does not.
 * @throws BAD_TEMPLATE for the first error that `lint` finds: what was not checked is never rendered
 */
export function compile(text: string, output: Output, part: TemplateProblem['part']): Render {
  return COMPILED[output][part](text)
}

/** By text alone: to join it with anything else would cost more than the look-up. */
const COMPILED = { text: byPart('text'), html: byPart('html') }

function byPart(output: Output) {
  const kept = (part: TemplateProblem['part']) => keeping(KEPT, (text) => checked(text, output, part))
  return { subject: kept('subject'), body: kept('body') }
}

function checked(text: string, output: Output, part: TemplateProblem['part']): Render {
  const error = lint(text, output).find((finding) => finding.level === 'error')
  if (error !== undefined) throw templateError({ ...error, part })
  return renderer(
    environment.compile<TemplateData>(expandAliases(text).text, { ...OPTIONS, noEscape: output === 'text' }),
    part,
  )
}

/**
 * The error of one or more problems. Its params are those of the first; each has a line of its own in the message, worded under
 * `template-problem`, `place` and `problem`.
 */
export function templateError(first: TemplateProblem, ...others: readonly TemplateProblem[]): CfdiMailError {
  const { code, part, found, nearest, line, column } = first
  return new CfdiMailError(
    'BAD_TEMPLATE',
    { problem: code, part, found, nearest, line, column },
    { problems: [first, ...others].map(errorProblem) },
  )
}

function errorProblem({ code, part, found, nearest, line, column }: TemplateProblem): ErrorProblem {
  const place = line === 0 ? part : `${part}-line`
  return {
    family: 'template-problem',
    code: nearest === '' ? 'plain' : 'nearest',
    params: { place, problem: code, found, nearest, line, column },
  }
}

export function whole(code: Finding['code'], found: string): Finding {
  return { level: 'error', code, found, nearest: '', line: 0, column: 0 }
}

function renderer(template: HandlebarsTemplateDelegate<TemplateData>, part: TemplateProblem['part']): Render {
  return (data) => {
    let text: string
    try {
      text = template(data)
    } catch (error) {
      throw templateError({
        ...whole('render', error instanceof Error ? error.message : String(error)),
        part,
      })
    }
    if (text.length > LARGEST_OUTPUT)
      throw templateError({ ...whole('too-long', `${text.length} > ${LARGEST_OUTPUT}`), part })
    return text
  }
}
