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
