import type { CfdiHead, HeadReading, StampedHead } from '../model/cfdi.ts'
import { decode, type Decoded } from './decode.ts'
import { takeElement } from './document.ts'
import { noFacts, type Facts } from './facts.ts'
import { headOf } from './head.ts'
import { faultOf, type Fault } from './judge.ts'
import { readStrictly } from './strict-reading.ts'
import { tokenize } from './tokenizer.ts'

const LONGEST_DETAIL = 200

/**
 * Reads a CFDI (3.2, 3.3, 4.0) or Retenciones (1.0, 2.0) document: checks every byte of it as XML, then takes the facts a
 * mailer needs, each from the place Anexo 20 gives it.
 * @param bytes the whole file, as it is on disk; not changed, and not kept
 * @returns the head, or the reason why the document may not leave. Never throws, whatever the bytes.
 */
export function readHead(bytes: Buffer): HeadReading {
  if (bytes.length === 0) return refused({ reason: 'empty', detail: '0 bytes' }, null)
  const decoded = decode(bytes)
  if (!decoded.ok) return refused(decoded, null)
  const facts = noFacts()
  const fault = readFacts(facts, decoded)
  const head = headOf(facts)
  // What a broken document said before it broke tells whose it is; its stamp counts for nothing.
  if (fault !== null) return refused(fault, head === null ? null : { ...head, stamp: null })
  const flaw = faultOf(facts, head)
  if (flaw !== null) return refused(flaw, head)
  // Without fault, there is a head and it has its stamp.
  return { ok: true, head: head as StampedHead }
}

/** Fills `facts` as far as the document can be read. @returns what stopped it, or null at its end */
function readFacts(facts: Facts, decoded: Decoded & { readonly ok: true }): Fault | null {
  const offence = readStrictly(decoded, (scan) => {
    tokenize(scan, (current, parent) => takeElement(facts, current, parent))
  })
  if (offence === null) return null
  const { reason, before, at, after } = offence
  const place = decoded.offset === null ? `${at} (as UTF-8)` : String(at + decoded.offset)
  return { reason, detail: `${before} at byte ${place}${after}` }
}

/** The detail may quote the document: it is kept short and free of characters that move a terminal's cursor. */
function refused({ reason, detail }: Fault, head: CfdiHead | null): HeadReading {
  return { ok: false, reason, detail: detail.slice(0, LONGEST_DETAIL).replace(/[\p{Cc}\p{Cf}]/gu, '?'), head }
}
