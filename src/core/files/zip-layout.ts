/** One file as it lies in an archive. `name` is a plain file name. */
export interface ZipEntry {
  readonly name: string
  /** As stored: deflated without a zlib header, or as it is. */
  readonly data: Buffer
  readonly method: typeof STORED | typeof DEFLATED
  /** Of the content, and its bytes. */
  readonly crc: number
  readonly size: number
}

export const STORED = 0
export const DEFLATED = 8

/** More entries, or more bytes of content, could ask for records of 64 bits, which are not written here. */
export const MOST_ENTRIES = 0xff_fe
export const MOST_BYTES = 0x80_00_00_00

/**
 * The bytes of a ZIP, in pieces (APPNOTE.TXT 6.3.10 §§ 4.3.7, 4.3.12, 4.3.16): each entry behind its header, then the directory.
 * Sizes and CRC stand before the data, so that a reader needs no second look.
 * @param date time stamp of all entries, written as UTC: the same archive wherever it is made
 */
export function zipPieces(entries: readonly ZipEntry[], date: Date): Buffer[] {
  const time = dosTime(date)
  const pieces: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const entry of entries) {
    const name = Buffer.from(entry.name)
    const facts = factsOf(entry, { time, nameBytes: name.length })
    const local = record(long(0x04_03_4b_50), ...facts)
    pieces.push(local, name, entry.data)
    directory.push(record(long(0x02_01_4b_50), short(MADE_BY), ...facts, ...REST, long(offset)), name)
    offset += local.length + name.length + entry.data.length
  }
  const bytes = directory.reduce((sum, piece) => sum + piece.length, 0)
  const count = short(entries.length)
  const end = record(long(0x06_05_4b_50), long(0), count, count, long(bytes), long(offset), short(0))
  return [...pieces, ...directory, end]
}

/** Version 2.0 of the format, by Unix: its rights are in the external attributes. */
const NEEDS = 20
const MADE_BY = (3 << 8) | NEEDS
const PLAIN_FILE = 0o100_644 * 0x1_00_00
/** Bit 11: names are UTF-8. */
const FLAGS = 1 << 11

/** How many bytes a number takes, and the number. */
type Field = readonly [bytes: 2 | 4, value: number]

const short = (value: number): Field => [2, value]
const long = (value: number): Field => [4, value]

/** Of an entry in the directory: no comment and the first disk, no internal attributes, a plain file. */
const REST = [long(0), short(0), long(PLAIN_FILE)]

/** What header and directory both say; the extra field, which is the last of it, is empty. */
function factsOf(
  { data, method, crc, size }: ZipEntry,
  { time, nameBytes }: { readonly time: number; readonly nameBytes: number },
): Field[] {
  const how = [short(NEEDS), short(FLAGS), short(method), long(time)]
  return [...how, long(crc), long(data.length), long(size), short(nameBytes), short(0)]
}

/** Little-endian, one after another. */
function record(...fields: readonly Field[]): Buffer {
  const bytes = Buffer.alloc(fields.reduce((sum, [width]) => sum + width, 0))
  fields.reduce((at, [width, value]) => bytes.writeUIntLE(value, at, width), 0)
  return bytes
}

/** Two-second steps since 1980, before which the format knows no time. */
function dosTime(date: Date): number {
  const years = date.getUTCFullYear() - 1980
  if (years < 0) return DOS_EPOCH
  const day = (years << 9) | ((date.getUTCMonth() + 1) << 5) | date.getUTCDate()
  const time = (date.getUTCHours() << 11) | (date.getUTCMinutes() << 5) | (date.getUTCSeconds() >> 1)
  return day * 0x1_00_00 + time
}

/** 1980-01-01, as the day's half of it. */
const DOS_EPOCH = 0x21 * 0x1_00_00
