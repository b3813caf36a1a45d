import { createInterface, type Interface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import type { MessageKey } from './messages/index.ts'
import { text } from './messages/index.ts'
import type { Language } from './messages/translate.ts'

/** The terminal that questions go to. */
export interface Terminal {
  readonly stdin: NodeJS.ReadStream
  readonly stderr: NodeJS.WriteStream
  /** What Ctrl-C at a question does. */
  readonly interrupt: () => void
}

type QuestionKey = MessageKey extends infer Key
  ? Key extends `question.${infer Name}`
    ? Name
    : never
  : never

/** Asks at a terminal, on standard error: standard output is for data. */
export function makeAsk(terminal: Terminal, language: Language) {
  const words = (question: QuestionKey) => text(language, `question.${question}`)
  return {
    async text(question: QuestionKey, preset: string): Promise<string> {
      const answer = await readLine(terminal, `${words(question)}${preset === '' ? '' : ` [${preset}]`}: `)
      return answer.trim() === '' ? preset : answer.trim()
    },
    async secret(question: QuestionKey): Promise<string> {
      terminal.stderr.write(`${words(question)}: `)
      const answer = await withLines(terminal, { echo: 'hidden' }, (lines) => lines.question(''))
      terminal.stderr.write('\n')
      return answer
    },
    async choice(question: QuestionKey, options: readonly string[]): Promise<string> {
      for (const [i, option] of options.entries()) terminal.stderr.write(`  ${i + 1}) ${option}\n`)
      for (;;) {
        const answer = (await readLine(terminal, `${words(question)} (1-${options.length}): `)).trim()
        const chosen = options[Number(answer) - 1] ?? options.find((option) => option === answer)
        if (chosen !== undefined) return chosen
      }
    },
    async confirm(question: QuestionKey): Promise<boolean> {
      const answer = await readLine(terminal, `${words(question)} ${text(language, 'question.yes-no')} `)
      return /^[sy]/i.test(answer.trim())
    },
  }
}

function readLine(terminal: Terminal, prompt: string): Promise<string> {
  return withLines(terminal, { echo: 'shown' }, (lines) => lines.question(prompt))
}

/** A password is read by the same line editor, whose echo goes nowhere. */
async function withLines<T>(
  terminal: Terminal,
  { echo }: { readonly echo: 'shown' | 'hidden' },
  use: (lines: Interface) => Promise<T>,
): Promise<T> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
  const output = echo === 'shown' ? terminal.stderr : nowhere
  const lines = createInterface({ input: terminal.stdin, output, terminal: true })
  // The line editor swallows Ctrl-C; here it means: give up.
  lines.once('SIGINT', terminal.interrupt)
  try {
    return await use(lines)
  } finally {
    lines.close()
  }
}
