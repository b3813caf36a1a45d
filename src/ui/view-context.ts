import { textCarrying } from './messages/index.ts'
import type { Language } from './messages/translate.ts'
import type { Paint, ViewContext } from './views/view.ts'

const CODES = { good: '32', bad: '31', warn: '33', dim: '2', bold: '1' } as const

/** What the views need, from what is known of the terminal and the command line. */
export function makeViewContext(options: {
  readonly language: Language
  readonly width: number | undefined
  readonly color: 'on' | 'off'
  readonly verbosity: ViewContext['verbosity']
  readonly carried?: string
}): ViewContext {
  const { language, carried = '' } = options
  const paint: Paint =
    options.color === 'on'
      ? (style, words) => `\u001b[${CODES[style]}m${words}\u001b[0m`
      : (_, words) => words
  return {
    ...{ language, carried },
    t: (key, params) => textCarrying({ language, carried }, key, params),
    width: options.width ?? Infinity,
    paint,
    verbosity: options.verbosity,
  }
}
