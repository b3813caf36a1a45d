/** A field that a template may name: what it is called, and where its value comes from. */
export interface Field<Source> {
  readonly name: string
  /** A URL may stand alone in `href="…"`. */
  readonly type: 'text' | 'url'
  /** Names after `@@`, as Spanish-language mailers write fields; compared without case and accents. */
  readonly aliases: readonly string[]
  readonly example: string
  readonly of: (source: Source) => string
}
