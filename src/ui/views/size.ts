const KIB = 1024
const MIB = KIB * KIB

/** A size for people: `512 B`, `34 KB`, `1.2 MB` (of 1,024 and 1,048,576 bytes, as mail servers count). */
export function sizeOf(bytes: number): string {
  if (bytes < KIB) return `${bytes} B`
  if (bytes < MIB) return `${Math.ceil(bytes / KIB)} KB`
  return `${(Math.ceil((bytes / MIB) * 10) / 10).toFixed(1)} MB`
}
