import type { MessageKey } from './messages/index.ts'
import { text } from './messages/index.ts'
import type { Language } from './messages/translate.ts'
import { bar, clockTime, paceOf } from './pace.ts'

/** Stages that have words here; the core's own list is checked against it where the two meet. */
export type ShownStage = 'index' | 'package' | 'send' | 'backup'

export interface ProgressLine {
  readonly show: (stage: ShownStage, done: number, total: number) => void
  /** Takes the line away until something is shown again, which is then counted anew. */
  readonly stop: () => void
}

export interface ProgressOptions {
  readonly language: Language
  /** False keeps it silent on a terminal too (--quiet, --json). */
  readonly shown: boolean
  /** Milliseconds, of a clock that is not set. */
  readonly clock: () => number
}

/** Milliseconds between two drawings: as often as the eye follows. */
const FRAME_MS = 100
const BAR_WIDTH = 20
/** A shorter bar says nothing. */
const LEAST_BAR = 8
/** Columns of the turning mark and the space behind it, and one that stays free: a full line would wrap. */
const AROUND = 3

/** A line on standard error that says how far a long stage is, how fast, and how long yet; nothing where there is no terminal. */
export async function makeProgress(
  stream: NodeJS.WriteStream,
  options: ProgressOptions,
): Promise<ProgressLine> {
  // A terminal that does not know its width says 0; ora would take its line for one of endless rows, and never come back.
  if (!options.shown || !stream.isTTY || stream.columns === 0)
    return { show: () => undefined, stop: () => undefined }
  const { default: ora } = await import('ora')
  // It only draws: signals, and the keys that a question waits for, stay with the program. A terminal is one, with CI set too.
  const line = ora({ stream, isEnabled: true, discardStdin: false, hideCursor: false })
  let stage: Started | undefined
  let drawn = -FRAME_MS
  return {
    show(name, done, total) {
      const now = options.clock()
      if (stage?.name !== name) stage = { name, first: done, at: now }
      if (now - drawn < FRAME_MS) return
      drawn = now
      if (!line.isSpinning) line.start()
      line.text = lineOf(stage, { done, total, now }, { language: options.language, columns: stream.columns })
      // Work that gives the terminal no turn between two calls would leave the old line standing.
      line.render()
    },
    stop() {
      stage = undefined
      line.stop()
    },
  }
}

interface Started {
  readonly name: ShownStage
  /** What was done when it was first heard of, and when that was. */
  readonly first: number
  readonly at: number
}

interface Moment {
  readonly done: number
  readonly total: number
  readonly now: number
}

/** `Empaquetando… ██████████░░░░░░░░░░ 1,000 de 2,000 · 310/s · faltan 0:04` */
function lineOf(
  { name, first, at }: Started,
  { done, total, now }: Moment,
  { language, columns }: { readonly language: Language; readonly columns: number },
): string {
  const figure = new Intl.NumberFormat(language === 'es' ? 'es-MX' : 'en', { maximumFractionDigits: 0 })
  const key: MessageKey = total > 0 ? `progress.${name}.of` : `progress.${name}`
  const words = text(language, key, { done: figure.format(done), total: figure.format(total) })
  const pace = paceOf({ first, now: done, total }, now - at)
  const parts = [
    words,
    ...(pace === null ? [] : [text(language, 'progress.rate', { rate: figure.format(pace.rate) })]),
    ...(pace === null || total === 0
      ? []
      : [text(language, 'progress.left', { time: clockTime(pace.left) })]),
  ]
  return total > 0 ? besideBar(parts, done / total, columns - AROUND) : fitting(parts, columns - AROUND)
}

/** A line that wraps is drawn on two, again and again: the bar gives way first, then what is said last. */
function besideBar(parts: readonly string[], share: number, columns: number): string {
  const words = fitting(parts, columns)
  const room = Math.min(BAR_WIDTH, columns - words.length - 1)
  return room < LEAST_BAR ? words : `${bar(share, room)} ${words}`
}

function fitting(parts: readonly string[], columns: number): string {
  const [first = ''] = parts
  return parts.slice(1).reduce((text, part) => {
    const longer = `${text} · ${part}`
    return longer.length <= columns ? longer : text
  }, first)
}
