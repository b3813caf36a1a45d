import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { parseCommandLine } from '../../src/cli/parser.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const PAGES = [
  'README.md',
  'README.es.md',
  ...readdirSync(join(ROOT, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
]

/** A command of a page, as a shell would split it. */
interface Shown {
  readonly page: string
  readonly line: string
  readonly words: readonly string[]
}

// A flag was renamed once while a page went on showing the old one.
describe('commands that the pages show', () => {
  test('each one is understood by the command line, with every flag', async () => {
    const wrong: string[] = []
    const shown = PAGES.flatMap(commandsOf)
    assert.ok(shown.length > 20, `only ${shown.length} commands found`)
    for (const { page, line, words } of shown) {
      const parsed = await parseCommandLine(words, 'en', { version: '0', width: undefined })
      if (parsed.outcome === 'error') wrong.push(`${page}: ${line}: ${parsed.message}`)
    }
    assert.deepEqual(wrong, [])
  })

  test('every page of docs/ is linked from a README or from another page', () => {
    const texts = PAGES.map((page) => ({ page, text: readFileSync(join(ROOT, page), 'utf8') }))
    const lonely = PAGES.filter((page) => page.startsWith('docs/')).filter(
      (page) => !texts.some((other) => other.page !== page && other.text.includes(page.replace('docs/', ''))),
    )
    assert.deepEqual(lonely, [])
  })
})

/** The lines of a page's shell blocks that start the program, without comments; a line with an ellipsis is only a sketch. */
function commandsOf(page: string): Shown[] {
  const text = readFileSync(join(ROOT, page), 'utf8')
  const blocks = [...text.matchAll(/^```sh\n([\s\S]*?)^```/gm)].map(([, block = '']) => block)
  const lines = blocks.flatMap((block) => block.replaceAll('\\\n', ' ').split('\n'))
  return lines.flatMap((line) => {
    const command = /(?:^|\s|\|\s*)cfdi-mail\s+(.*)$/.exec(line)?.[1]
    if (command === undefined || line.startsWith('#') || /…|\.\.\.|%%|^sudo/.test(line)) return []
    return [{ page, line, words: shellWords(command) }]
  })
}

/** Splits as a shell does: quotes kept together, and nothing from a comment, pipe or redirection on. */
function shellWords(command: string): string[] {
  const words: string[] = []
  for (const [word] of command.matchAll(/'[^']*'|(?:[^\s'"]|"[^"]*")+/g)) {
    if (/^(#|[|<>;&]|2>)/.test(word)) break
    words.push(word.replaceAll(/["']/g, ''))
  }
  return words
}
