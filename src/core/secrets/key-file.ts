import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { CfdiMailError } from '../model/errors.ts'
import {
  type Environment,
  ensureKey,
  type Key,
  type KeyPlace,
  keyPlace,
  readKey,
  readRetiredKey,
} from './key.ts'
import { followReference, isReference } from './references.ts'
import type { Secrets } from './secrets.ts'

export interface KeyFileOptions {
  readonly env: Environment
  /** The user's home folder, for the usual place of the key. */
  readonly home: string
}

const CIPHER = 'aes-256-gcm'
const IV_BYTES = 12
const TAG_BYTES = 16
const SEALED = /^v1\.([0-9a-f]{8})\.([A-Za-z0-9_-]+)$/

/**
 * Passwords sealed with AES-256-GCM under a key that is kept apart from the store: `v1.<key id>.<iv, tag, text>` in base64url.
 * The place is authenticated with it, so a sealed text copied to another row does not open.
 */
export function keyFileSecrets({ env, home }: KeyFileOptions): Secrets {
  const where = keyPlace(env, home)
  return {
    seal: (place, clear) => seal(ensureKey(where), place, clear),
    async reveal(place, stored) {
      if (stored === '') return ''
      return isReference(stored) ? await followReference(stored, env) : open(where, place, stored)
    },
  }
}

/** Seals under a given key. */
export function seal(key: Key, place: string, clear: string): string {
  const iv = randomBytes(IV_BYTES)
  const cipher = createCipheriv(CIPHER, key.bytes, iv).setAAD(Buffer.from(place))
  const text = Buffer.concat([cipher.update(clear, 'utf8'), cipher.final()])
  return `v1.${key.id}.${Buffer.concat([iv, cipher.getAuthTag(), text]).toString('base64url')}`
}

/**
 * Opens with the key that the text names: the one in use, or one that was in use before and is still kept beside it.
 * @throws BAD_SECRET, KEY_NOT_FOUND, WRONG_KEY and what reading a key throws
 */
export function open(where: KeyPlace, place: string, stored: string): string {
  const [, id = '', packed = ''] = SEALED.exec(stored) ?? []
  if (id === '') throw new CfdiMailError('BAD_SECRET', { place, key: '-' })
  const current = readKey(where)
  const key = current?.id === id ? current : readRetiredKey(where, id)
  if (key === null) {
    throw current === null
      ? new CfdiMailError('KEY_NOT_FOUND', { place, key: id, file: where.file })
      : new CfdiMailError('WRONG_KEY', { place, key: id, found: current.id })
  }
  const bytes = Buffer.from(packed, 'base64url')
  try {
    const tag = bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES)
    const decipher = createDecipheriv(CIPHER, key.bytes, bytes.subarray(0, IV_BYTES), {
      authTagLength: TAG_BYTES,
    })
    decipher.setAAD(Buffer.from(place)).setAuthTag(tag)
    const text = decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES))
    return Buffer.concat([text, decipher.final()]).toString('utf8')
  } catch (error) {
    throw new CfdiMailError('BAD_SECRET', { place, key: id }, { cause: error })
  }
}
