/** What is gone through from its start, as often as one likes: an array, or a list that is kept packed. In JSON it is an array. */
export interface Listing<T> extends Iterable<T> {
  readonly length: number
}

/** One that may be longer than memory holds. */
export interface LongList {
  /** What stands in its array in JSON, in pieces of several values: a comma belongs between them. */
  jsonPieces(): Iterable<string>
}
