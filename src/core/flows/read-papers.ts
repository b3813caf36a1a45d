import { readWhole } from '../cfdi/read-file.ts'
import { decodeText } from '../files/decode-text.ts'
import { isWholePdf } from '../files/papers.ts'
import { sha256Of } from '../files/spool.ts'
import { readTicket } from '../message/ticket.ts'
import type { PaperTaken } from '../model/choose-papers.ts'
import type { PaperReason } from '../model/paper-reason.ts'

/** A paper with its bytes. */
export interface ReadPaper extends PaperTaken {
  /** Of the file. */
  readonly content: Buffer
  /** The inside of a ticket's page, judged; null without one. */
  readonly ticket: string | null
  readonly sha256: string
}

/** A paper that turned out not to be sendable. */
export interface RefusedPaper {
  readonly choice: PaperTaken
  readonly reason: PaperReason
  readonly detail: string
}

/**
 * Reads the chosen papers one after another and judges the very bytes that will be sent.
 * @param maxBytes larger files are refused before they are read
 */
export function* readPapers(
  taken: readonly PaperTaken[],
  maxBytes: number,
): Generator<ReadPaper | RefusedPaper> {
  const twins = twinsOf(taken)
  for (const choice of taken) {
    const read = readPaper(choice, maxBytes)
    const others = twins.get(choice) ?? []
    yield 'reason' in read || others.length === 0 ? read : amongTwins(read, others, maxBytes)
  }
}

function readPaper(choice: PaperTaken, maxBytes: number): ReadPaper | RefusedPaper {
  const file = readWhole(choice.path, maxBytes)
  if (!file.ok) return { choice, reason: file.reason, detail: file.detail }
  if (choice.page !== choice.path && !isWholePdf(file.bytes)) return { choice, reason: 'bad-pdf', detail: '' }
  const read = { ...choice, content: file.bytes, sha256: sha256Of(file.bytes) }
  return choice.page === null ? { ...read, ticket: null } : withPage(read, choice.page, maxBytes)
}

/** The paper with its page. Both files are what the paper is: a change of either makes another. */
function withPage(read: Omit<ReadPaper, 'ticket'>, path: string, maxBytes: number): ReadPaper | RefusedPaper {
  const file = path === read.path ? { ok: true as const, bytes: read.content } : readWhole(path, maxBytes)
  if (!file.ok) return { choice: read, reason: file.reason, detail: `${path}: ${file.detail}` }
  const ticket = readTicket(decodeText(file.bytes))
  if (!ticket.ok) return { choice: read, reason: 'unsafe-page', detail: ticket.found }
  const sha256 = path === read.path ? read.sha256 : sha256Of(Buffer.concat([read.content, file.bytes]))
  return { ...read, sha256, ticket: ticket.html }
}

/** Of files of one reference the first is taken when all hold the same; else none, for nobody can say which is right. */
function amongTwins(
  read: ReadPaper,
  others: readonly PaperTaken[],
  maxBytes: number,
): ReadPaper | RefusedPaper {
  const detail = others.map(({ path }) => path).join(', ')
  const isSame = others.every((other) => {
    const its = readPaper(other, maxBytes)
    return 'sha256' in its && its.sha256 === read.sha256
  })
  if (!isSame) return { choice: read, reason: 'reference-twice', detail }
  return others.every(({ path }) => read.path < path) ? read : { choice: read, reason: 'same-paper', detail }
}

/** The other files of the same party and reference, for those that have any. */
function twinsOf(taken: readonly PaperTaken[]): ReadonlyMap<PaperTaken, readonly PaperTaken[]> {
  const groups = new Map<string, PaperTaken[]>()
  for (const choice of taken) {
    const key = JSON.stringify([choice.paper.customer.code, choice.paper.reference])
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [choice])
    else group.push(choice)
  }
  const twins = new Map<PaperTaken, readonly PaperTaken[]>()
  for (const group of groups.values()) {
    if (group.length === 1) continue
    for (const choice of group)
      twins.set(
        choice,
        group.filter((other) => other !== choice),
      )
  }
  return twins
}
