import type { MessageKey } from '../messages/index.ts'
import type { Language, MessageParams } from '../messages/translate.ts'

/** What a view needs besides its result. */
export interface ViewContext {
  readonly language: Language
  /** Flags that the commands it suggests need to act where this one did: `--empresa NORTE`, or ''. */
  readonly carried: string
  readonly t: (key: MessageKey, params?: MessageParams) => string
  /** Columns of the terminal; Infinity where there is none: a file or a pipe gets whole lines. */
  readonly width: number
  readonly paint: Paint
  readonly verbosity: 'quiet' | 'normal' | 'verbose'
}

/** Colours a text, or leaves it as it is where colour is off. */
export type Paint = (style: 'good' | 'bad' | 'warn' | 'dim' | 'bold', text: string) => string

/** Text of one result, without the last line end. '' prints nothing. */
export type View<R> = (result: R, context: ViewContext) => string
