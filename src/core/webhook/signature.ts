import { createHmac, timingSafeEqual } from 'node:crypto'

/**
 * Whether Meta signed these very bytes (`X-Hub-Signature-256: sha256=<HMAC-SHA256 of the raw body, hex>`), in a time that
 * tells nothing about how much of it was right.
 */
export function isSigned(body: Buffer, header: string | undefined, appSecret: string): boolean {
  const hex = /^sha256=([0-9a-f]{64})$/i.exec(header ?? '')?.[1]
  if (hex === undefined || appSecret === '') return false
  return timingSafeEqual(Buffer.from(hex, 'hex'), createHmac('sha256', appSecret).update(body).digest())
}

/** Whether two texts are one, in a time that tells nothing about where they differ. */
export function isSameText(one: string, other: string): boolean {
  const key = 'length and place of a difference must not show'
  const digest = (text: string) => createHmac('sha256', key).update(text).digest()
  return timingSafeEqual(digest(one), digest(other))
}
