import type { StoredProfile } from '../model/profile.ts'
import { listProfiles } from '../store/profiles.ts'
import { quarantinedAmong } from '../store/quarantine.ts'
import type { Db } from '../store/schema.ts'
import { findTemplate, type StoredTemplate } from '../store/templates.ts'

/** What the store says that every order asks: who sends, in which words, and whose address returned mail. */
export interface OrderFacts {
  readonly profiles: () => Promise<readonly StoredProfile[]>
  readonly template: (name: string) => Promise<StoredTemplate | undefined>
  /** Which of the addresses are in quarantine, in lower case, each with why. */
  readonly quarantined: (addresses: readonly string[]) => Promise<ReadonlyMap<string, string>>
}

/** Asked anew each time. */
export function freshFacts(db: Db): OrderFacts {
  return {
    profiles: () => listProfiles(db),
    template: (name) => findTemplate(db, name),
    quarantined: (addresses) => quarantinedAmong(db, addresses),
  }
}

/**
 * Asked once for all orders of a batch. What changes meanwhile holds from the next batch on, as it does for orders that were
 * made and not yet written.
 * @param addresses all that the batch's orders may go to
 */
export function batchFacts(db: Db, addresses: readonly string[]): OrderFacts {
  const profiles = once(() => listProfiles(db))
  const quarantined = once(() => quarantinedAmong(db, [...new Set(addresses)]))
  const templates = new Map<string, Promise<StoredTemplate | undefined>>()
  return {
    profiles,
    quarantined,
    template(name) {
      const known = templates.get(name) ?? findTemplate(db, name)
      templates.set(name, known)
      return known
    },
  }
}

function once<T>(read: () => Promise<T>): () => Promise<T> {
  let value: Promise<T> | null = null
  return () => (value ??= read())
}
