import { createInterface, type Interface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { CfdiMailError } from '../core/model/errors.ts'
import type { MessageKey } from './messages/index.ts'
import { errorText, text } from './messages/index.ts'
import type { Language } from './messages/translate.ts'
import { writeProse } from './tell.ts'

/** How the program ends while nothing is in hand. */
export interface Leave {
  /** Aborted by a signal. */
  readonly signal: AbortSignal
  /** Ends the process at once, with the code of the signal that came, or as Ctrl-C does. */
  readonly leave: () => void
  /** Ends it as the signal does that tells of a terminal that is gone, and may come late. */
  readonly hangUp: () => void
}

/** The terminal that questions go to. */
export interface Terminal extends Leave {
  readonly stdin: NodeJS.ReadStream
  readonly stderr: NodeJS.WriteStream
}

type QuestionKey = MessageKey extends infer Key
  ? Key extends `question.${infer Name}`
    ? Name
    : never
  : never

/** Asks at a terminal, on standard error: standard output is for data. */
export function makeAsk(terminal: Terminal, language: Language) {
  const words = (question: QuestionKey) => text(language, `question.${question}`)
  const line = async (question: QuestionKey, preset: string): Promise<string> => {
    const answer = await readLine(terminal, `${words(question)}${preset === '' ? '' : ` [${preset}]`}: `)
    return answer.trim() === '' ? preset : answer.trim()
  }
  return {
    text: line,
    async accepted<T>(question: QuestionKey, preset: string, read: (answer: string) => T): Promise<T> {
      for (;;) {
        const answer = await line(question, preset)
        try {
          return read(answer)
        } catch (error) {
          if (!(error instanceof CfdiMailError)) throw error
          writeProse(terminal.stderr, errorText({ language }, error).message)
        }
      }
    },
    async secret(question: QuestionKey): Promise<string> {
      const answer = await withLines(terminal, { echo: 'hidden' }, (lines) => {
        terminal.stderr.write(`${words(question)}: `)
        return lines.question('')
      })
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
      for (;;) {
        const answer = await readLine(terminal, `${words(question)} ${text(language, 'question.yes-no')} `)
        if (/^(?:s|s[ií]|y|yes)$/i.test(answer.trim())) return true
        if (/^(?:no?)?$/i.test(answer.trim())) return false
      }
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
  lines.once('SIGINT', terminal.leave)
  try {
    return await unlessSignalled(terminal, () => answered(lines, terminal, use))
  } finally {
    lines.close()
  }
}

/** The editor closes by itself at Ctrl-D; of a terminal that is gone it says that it cannot be set. */
function answered<T>(
  lines: Interface,
  { leave, hangUp }: Leave,
  use: (lines: Interface) => Promise<T>,
): Promise<T> {
  return new Promise((resolve) => {
    lines.on('error', hangUp)
    lines.once('close', leave)
    const answer = (value: T) => {
      lines.off('close', leave)
      resolve(value)
    }
    use(lines).then(answer, leave)
  })
}

/** Waits for what a person or another program says. Nothing is in hand meanwhile, so a signal has nothing to wait for. */
export async function unlessSignalled<T>({ signal, leave }: Leave, wait: () => Promise<T>): Promise<T> {
  if (signal.aborted) leave()
  signal.addEventListener('abort', leave, { once: true })
  try {
    return await wait()
  } finally {
    signal.removeEventListener('abort', leave)
  }
}
