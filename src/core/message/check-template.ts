import { CfdiMailError } from '../model/errors.ts'
import type { MailTemplate, TemplateProblem } from '../model/template.ts'
import { PAPER_KINDS } from '../model/paper.ts'
import { RECEIPT_TEMPLATES } from '../model/receipt.ts'
import { expandAliases } from './aliases.ts'
import { lint, whole } from './compile.ts'
import { looksLikeHtml, splitBody } from './html-prefix.ts'
import { renderTemplate } from './render.ts'
import { sampleData, SAMPLES } from './samples.ts'
import type { Finding } from './template-ast.ts'

/**
 * Everything wrong with a template, errors and warnings: syntax, names, what it lets through into HTML, and a rendering with a
 * sample of each kind of document and of several. Without an error here it renders for any document.
 */
export function checkTemplate(template: Pick<MailTemplate, 'subject' | 'body'>): TemplateProblem[] {
  const problems = [
    ...inPart('subject', checkSubject(template.subject)),
    ...inPart('body', checkBody(template.body)),
  ]
  return problems.some(isError) ? problems : [...problems, ...checkRendering({ ...template, text: null })]
}

export function isError(problem: TemplateProblem): boolean {
  return problem.level === 'error'
}

function checkSubject(subject: string): Finding[] {
  if (subject.trim() === '') return [whole('empty', '')]
  // A subject stands in lists, notifications and logs.
  const secret = expandAliases(subject).text.includes('portalPassword')
  return [...lint(subject, 'text'), ...(secret ? [whole('password-in-subject', 'portalPassword')] : [])]
}

function checkBody(body: string): Finding[] {
  const { output, source } = splitBody(body)
  if (source.trim() === '') return [whole('empty', '')]
  const findings = lint(source, output)
  return output === 'text' && looksLikeHtml(source)
    ? [...findings, { ...whole('html-without-prefix', 'HTML'), level: 'warning' }]
    : findings
}

function checkRendering(template: MailTemplate): TemplateProblem[] {
  for (const kind of [...Object.keys(SAMPLES), ...PAPER_KINDS, ...RECEIPT_TEMPLATES]) {
    try {
      renderTemplate(template, sampleData(kind))
    } catch (error) {
      if (!(error instanceof CfdiMailError)) throw error
      return [{ ...whole('render', `${kind}: ${String(error.params['found'])}`), part: 'body' }]
    }
  }
  return []
}

function inPart(part: TemplateProblem['part'], findings: readonly Finding[]): TemplateProblem[] {
  return findings.map((finding) => ({ ...finding, part }))
}
