import { readFragment } from '../cfdi/addenda-fragment.ts'
import { compileAddenda, markupOf, readAddenda } from '../message/addenda-render.ts'
import { sampleSource } from '../message/addenda-samples.ts'
import type { AddendaProblem } from '../model/addenda.ts'
import { CfdiMailError } from '../model/errors.ts'

/**
 * Everything wrong with an addenda's template: its syntax and names, and whether what it gives is well-formed XML, for a sample
 * invoice and for one whose texts hold every sign that could break it.
 */
export function checkAddenda(body: string): readonly AddendaProblem[] {
  const { problems } = readAddenda(body)
  const compiled = compileAddenda(body)
  if (compiled === null) return problems
  for (const words of ['plain', 'hard'] as const) {
    const rendered = compiled.render(sampleSource(compiled.fields, words))
    if (!rendered.ok) return [{ code: 'render', found: rendered.detail, nearest: '', line: 0 }]
    const fragment = readFragment(rendered.content)
    if (fragment.ok) continue
    // The same fault is looked for in the template's own text, because that is where its author looks for the line.
    const own = readFragment(markupOf(body))
    const { reason, detail, line } = own.ok || own.reason !== fragment.reason ? { ...fragment, line: 0 } : own
    return [{ code: reason, found: detail, nearest: '', line }]
  }
  return []
}

/** @throws BAD_ADDENDA with all that is wrong */
export function refuseBadAddenda(body: string): void {
  const problems = checkAddenda(body)
  if (problems.length === 0) return
  throw new CfdiMailError('BAD_ADDENDA', {}, { problems: problems.map(errorProblem) })
}

function errorProblem({ code, found, nearest, line }: AddendaProblem) {
  const words = [code, ...(nearest === '' ? [] : ['nearest'])].join('-')
  const params = { place: line === 0 ? 'addenda' : 'addenda-line', line, found, nearest }
  return { family: 'addenda-problem', code: words, params } as const
}
