import ora, { type Ora } from 'ora'
import type { MessageKey } from './messages/index.ts'
import { text } from './messages/index.ts'
import type { Language } from './messages/translate.ts'

/** Stages that have words here; the core's own list is checked against it where the two meet. */
export type ShownStage = 'index' | 'package' | 'send' | 'backup'

export interface ProgressLine {
  show(stage: ShownStage, done: number, total: number): void
  stop(): void
}

/**
 * A line on standard error that says how far a long stage is; nothing where there is no terminal.
 * @param options.shown false keeps it silent on a terminal too (--quiet, --json)
 */
export function makeProgress(
  stream: NodeJS.WriteStream,
  options: { readonly language: Language; readonly shown: boolean },
): ProgressLine {
  if (!options.shown || !stream.isTTY) return { show: () => undefined, stop: () => undefined }
  let line: Ora | undefined
  return {
    show(stage, done, total) {
      // It only draws: signals, and the keys that a question waits for, stay with the program.
      line ??= ora({ stream, discardStdin: false, hideCursor: false }).start()
      const key: MessageKey = total > 0 ? `progress.${stage}.of` : `progress.${stage}`
      line.text = text(options.language, key, { done, total })
    },
    stop() {
      line?.stop()
    },
  }
}
