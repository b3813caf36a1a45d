/** Passwords at rest. The store holds only sealed text or a reference; the key is a file outside the store. */
export interface Secrets {
  /**
   * Seals a password for one place.
   * @param place such as `profile:oficina:secret`; part of the seal, so a sealed text moved to another row does not open
   */
  seal(place: string, clear: string): string
  /**
   * The clear text of a sealed password or of a reference (`env:NAME`, `file:/path`, `cmd:program args`); '' gives ''.
   * @throws BAD_SECRET when the text was changed or moved, KEY_NOT_FOUND, WRONG_KEY, KEY_UNSAFE, BAD_KEY; BAD_REFERENCE when a
   *   reference leads nowhere. None of them carries the secret.
   */
  reveal(place: string, stored: string): Promise<string>
}

/** A key as far as it may be known: its id, and the file that holds it. */
export interface KeyFacts {
  /** First eight hex digits of its SHA-256. */
  readonly id: string
  readonly file: string
}

/** A new key that is in place already; the former one is kept beside it and still opens what it sealed. */
export interface KeyChange {
  readonly key: KeyFacts
  readonly former: KeyFacts | null
  /** Seals under the new key. */
  seal(place: string, clear: string): string
  /** The clear text of what any key at hand sealed. Throws like `reveal`, at once. */
  open(place: string, sealed: string): string
  /** Deletes the former key. What it sealed and nobody sealed again is lost. */
  forgetFormer(): void
}

/** The key itself. */
export interface Keys {
  /** The key in use, or null while there is none. */
  current(): KeyFacts | null
  /**
   * Makes a new key and puts it in place.
   * @throws KEY_INLINE when the key is in the environment, NO_ACCESS, and what reading the present one throws
   */
  renew(): KeyChange
}

/** The id of the key that sealed a text, or null when it is not sealed. */
export function keyIdOf(stored: string): string | null {
  return /^v1\.([0-9a-f]{8})\./.exec(stored)?.[1] ?? null
}
