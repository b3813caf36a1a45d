/** What is gone through from its start, as often as one likes: an array, or a list that is kept packed. In JSON it is an array. */
export interface Listing<T> extends Iterable<T> {
  readonly length: number
}
