/** Base64 with its line ends, RFC 2045. */
const ENCODED = 78 / 57
/** Headers of a MIME part. */
const PART_BYTES = 500
/** Room for the message's headers and texts. */
const HEAD_BYTES = 32 * 1024

/** Bytes that a message with these attachments has on the wire, rounded up. */
export function transmittedBytes(attachments: readonly number[]): number {
  return HEAD_BYTES + partBytes(attachments)
}

function partBytes(attachments: readonly number[]): number {
  return attachments.reduce((sum, bytes) => sum + Math.ceil(bytes * ENCODED) + PART_BYTES, 0)
}

/**
 * Puts items into as few messages as keep their order and the largest size allowed. One item that is too large by itself
 * stays alone: whoever sends it has to refuse it.
 * @param sizesOf bytes of each file that an item attaches
 */
export function splitIntoMessages<Item>(
  items: readonly Item[],
  sizesOf: (item: Item) => readonly number[],
  maxBytes: number,
): readonly (readonly Item[])[] {
  // Alone it travels whatever its size is, and nobody has to look at its files.
  if (items.length === 1) return [items]
  const messages: Item[][] = []
  let total = 0
  for (const item of items) {
    const own = partBytes(sizesOf(item))
    const current = messages.at(-1)
    if (current === undefined || total + own > maxBytes) {
      messages.push([item])
      total = HEAD_BYTES + own
    } else {
      current.push(item)
      total += own
    }
  }
  return messages
}
