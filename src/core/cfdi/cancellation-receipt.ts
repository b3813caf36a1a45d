import { XMLParser } from 'fast-xml-parser'
import { uuidsIn } from '../model/uuids.ts'
import { decode } from './decode.ts'

/** What the SAT answered of one document of a cancellation request. */
export interface ReceiptEntry {
  /** Upper case. */
  readonly uuid: string
  /** EstatusUUID. */
  readonly status: string
}

export interface CancellationReceipt {
  readonly cancelled: readonly string[]
  /** Documents that stay in force, for example 203 (of another issuer) or 205 (the SAT does not know it). */
  readonly refused: readonly ReceiptEntry[]
}

/** EstatusUUID of the SAT's cancellation service: 201 the request was taken, 202 it was cancelled before. */
const CANCELLED = ['201', '202']

/** Entities are not expanded and prefixes do not count; a receipt's own signature is not checked here. */
const PARSER = new XMLParser({
  removeNSPrefix: true,
  ignoreAttributes: true,
  ignoreDeclaration: true,
  parseTagValue: false,
  processEntities: false,
})

/**
 * Reads the SAT's receipt of a cancellation (Acuse, http://cancelacfd.sat.gob.mx): which of its documents are cancelled.
 * A receipt that is cut off names only what is whole in it.
 * @returns null for anything but an XML whose root is `Acuse`
 */
export function cancelledIn(bytes: Buffer): CancellationReceipt | null {
  const decoded = decode(bytes)
  // A receipt kept by .NET often declares UTF-16 and is UTF-8. It is a receipt still, and not a list of cancelled folios.
  const root = rootOf(
    decoded.ok ? decoded.utf8.toString('utf8', decoded.declaration) : bytes.toString('utf8'),
  )
  if (root === undefined) return null
  const entries = entriesUnder(root)
  const cancelled = new Set(
    entries.filter(({ status }) => CANCELLED.includes(status)).map(({ uuid }) => uuid),
  )
  return {
    cancelled: [...cancelled],
    refused: entries.filter(({ uuid }) => !cancelled.has(uuid)),
  }
}

function rootOf(text: string): unknown {
  // A document type could bring entities; no receipt has one.
  if (!/^\ufeff?\s*</.test(text) || /<!DOCTYPE/i.test(text)) return undefined
  try {
    return (PARSER.parse(text) as { readonly Acuse?: unknown }).Acuse
  } catch {
    return undefined
  }
}

/** Each element with a UUID and its status, at whatever depth: providers put `Folios` and `Folio` around them. */
function entriesUnder(node: unknown): ReceiptEntry[] {
  if (Array.isArray(node)) return node.flatMap(entriesUnder)
  if (typeof node !== 'object' || node === null) return []
  const { UUID, EstatusUUID } = node as { readonly UUID?: unknown; readonly EstatusUUID?: unknown }
  if (typeof UUID === 'string') {
    const status = typeof EstatusUUID === 'string' ? EstatusUUID.trim() : ''
    return uuidsIn(UUID).map((uuid) => ({ uuid, status }))
  }
  return Object.values(node).flatMap(entriesUnder)
}
