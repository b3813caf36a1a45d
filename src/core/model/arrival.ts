import { UNUSABLE_REASONS } from './cfdi.ts'
import type { DocumentReason } from './document-reason.ts'
import type { Candidate, Choice } from './choice.ts'

/** How long the watch gives a document to become complete. Milliseconds. */
export interface ArrivalPatience {
  /** Nobody has written to the files for so long: then they are taken to be whole. */
  readonly settle: number
  /** So long a document waits for its PDF, and a file that cannot be read for the rest of it. */
  readonly wait: number
}

/** The look of a document's files, and since when they look so. */
export interface Sighting {
  /** Size and times of the XML and of its PDF, as one text. */
  readonly look: string
  /** Milliseconds since 1970. */
  readonly since: number
  /** Whether its PDF is there and has both ends. */
  readonly pdf: 'whole' | 'half' | 'none'
}

/** Reasons that time alone may cure, because somebody is still writing, stamping or printing. */
const MAY_PASS: readonly DocumentReason[] = [...UNUSABLE_REASONS, 'no-pdf', 'bad-pdf', 'changed']

/**
 * From when on the watch acts on a document: packages it, or tells why it cannot leave. This is the one place that says
 * whether a document that has just appeared goes by itself.
 * @returns milliseconds since 1970
 */
export function ripeAt(
  choice: Choice<Candidate>,
  { since, pdf }: Sighting,
  { settle, wait }: ArrivalPatience,
): number {
  const isComplete =
    choice.result === 'take'
      ? choice.type.pdf === 'none' || pdf === 'whole'
      : !MAY_PASS.includes(choice.reason)
  return since + (isComplete ? settle : Math.max(settle, wait))
}
