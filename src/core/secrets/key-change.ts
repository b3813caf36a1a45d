import { rmSync } from 'node:fs'
import { CfdiMailError } from '../model/errors.ts'
import { ensureKey, keepKey, type Key, keyPlace, makeKey, readKey, replaceKey, retiredFile } from './key.ts'
import { type KeyFileOptions, open, seal } from './key-file.ts'
import type { KeyChange, KeyFacts, Keys } from './secrets.ts'

/**
 * The key file and its change. Before a new key takes its place, both keys are written down as `<file>.<key id>`: whatever
 * kills the process, and however many stores share the file, each sealed text finds the key that it names.
 */
export function keyFiles({ env, home }: KeyFileOptions): Keys {
  const where = keyPlace(env, home)
  const facts = (key: Key): KeyFacts => ({ id: key.id, file: where.file })
  return {
    current() {
      const key = readKey(where)
      return key === null ? null : facts(key)
    },
    renew(): KeyChange {
      if (where.inline !== undefined) throw new CfdiMailError('KEY_INLINE')
      const present = readKey(where)
      const former = present === null ? null : { id: present.id, file: retiredFile(where, present.id) }
      const key = present === null ? ensureKey(where) : makeKey()
      try {
        if (present !== null && former !== null) {
          keepKey(present, former.file)
          keepKey(key, retiredFile(where, key.id))
          replaceKey(key, where.file)
        }
      } catch (error) {
        throw new CfdiMailError('NO_ACCESS', { file: where.file }, { cause: error })
      }
      return {
        key: facts(key),
        former,
        seal: (place, clear) => seal(key, place, clear),
        open: (place, sealed) => open(where, place, sealed),
        forgetFormer: () => {
          if (former !== null) rmSync(former.file, { force: true })
        },
      }
    },
  }
}
