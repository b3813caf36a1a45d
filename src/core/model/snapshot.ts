/** Where the spool has a snapshot: in a pack, among those of the same batch. */
export interface PackPlace {
  /** Name of the pack. */
  readonly pack: string
  /** Bytes before it. */
  readonly offset: number
}

/** The bytes of an attachment as they were packaged. */
export interface Snapshot {
  /** Of its bytes, hex. */
  readonly sha256: string
  readonly bytes: number
  /** Null for one that has a file of its own, named by its hash. */
  readonly place: PackPlace | null
}

/** Places by SHA-256. */
export type PackPlaces = ReadonlyMap<string, PackPlace>
