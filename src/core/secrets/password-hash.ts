import { randomBytes, scrypt, type ScryptOptions, timingSafeEqual } from 'node:crypto'

/**
 * scrypt with 16 MiB and some 40 ms (RFC 7914; OWASP's Password Storage Cheat Sheet names N=2^17 as the wish and lower N as
 * what fewer resources allow). A first password is random, so its hash needs no cost at all.
 */
const COST = { ln: 14, r: 8, p: 1 } as const
const SALT_BYTES = 16
const HASH_BYTES = 32

/**
 * A password as it may be kept: `$scrypt$ln=14,r=8,p=1$salt$hash`, salt and hash in base64. The parameters stand in the text, so
 * that raising them later leaves the old ones valid.
 */
export async function hashPassword(clear: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES)
  const hash = await derive(clear, salt, COST)
  const { ln, r, p } = COST
  return `$scrypt$ln=${ln},r=${r},p=${p}$${salt.toString('base64')}$${hash.toString('base64')}`
}

/** Whether a password is the one that was kept. A text that is no hash fits none. */
export async function verifyPassword(clear: string, kept: string): Promise<boolean> {
  const parts = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/=]+)\$([A-Za-z0-9+/=]+)$/.exec(
    kept,
  )
  if (parts === null) return false
  const [ln, r, p] = parts.slice(1, 4).map(Number)
  const [salt, hash] = parts.slice(4).map((text) => Buffer.from(text, 'base64'))
  if (ln === undefined || r === undefined || p === undefined || salt === undefined || hash === undefined)
    return false
  const found = await derive(clear, salt, { ln, r, p })
  return found.length === hash.length && timingSafeEqual(found, hash)
}

interface Cost {
  readonly ln: number
  readonly r: number
  readonly p: number
}

/** Letters that can be written in two ways (é) are one. */
function derive(clear: string, salt: Buffer, { ln, r, p }: Cost): Promise<Buffer> {
  const options: ScryptOptions = { N: 2 ** ln, r, p, maxmem: 256 * 2 ** ln * r }
  return new Promise((resolve, reject) => {
    scrypt(clear.normalize('NFC'), salt, HASH_BYTES, options, (error, hash) => {
      if (error === null) resolve(hash)
      else reject(error)
    })
  })
}
