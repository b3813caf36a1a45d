/**
 * Named places of the program where a test makes it die, throw or find the disk full: `CFDI_FAULT=<point>:<n>:<action>`, at
 * the n-th passage. Method after SQLite's anomaly tests.
 */
export const FAULT_POINTS = [
  'claim',
  'before-connect',
  'after-354',
  'before-dot',
  'after-dot',
  'before-sent-commit',
  'after-sent-commit',
  'spool-write',
  'spool-rename',
  'snapshot',
  'order-file',
  'folder-write',
  'folder-rename',
  'folder-filed',
  'after-send-marked',
  'after-send-done',
  'migrate',
  'rekey-in-place',
  'rekey-resealed',
  'rekey-committed',
] as const
export type FaultPoint = (typeof FAULT_POINTS)[number]

export const FAULT_ACTIONS = ['kill', 'throw', 'enospc'] as const
export type FaultAction = (typeof FAULT_ACTIONS)[number]

/** Called at each point. Throws or ends the process when a test wants it there, else nothing. */
export type Fault = (point: FaultPoint) => void

/** What every run has that is no test. */
export const NO_FAULT: Fault = () => undefined

export interface FaultSpec {
  readonly point: FaultPoint
  /** Passage that is struck, from 1. */
  readonly passage: number
  readonly action: FaultAction
}

/**
 * Reads `point:n:action`.
 * @returns null when it is anything else
 */
export function parseFault(text: string): FaultSpec | null {
  const [first, passage, second, ...rest] = text.split(':')
  const point = FAULT_POINTS.find((known) => known === first)
  const action = FAULT_ACTIONS.find((known) => known === second)
  if (point === undefined || action === undefined || rest.length > 0) return null
  return /^[1-9]\d{0,8}$/.test(passage ?? '') ? { point, passage: Number(passage), action } : null
}
