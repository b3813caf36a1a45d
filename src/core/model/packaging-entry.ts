import { splitAddresses } from './address-list.ts'
import type { ListItem } from './address-list.ts'
import { parseAddress, uniqueAddresses } from './address.ts'
import type { PackagingEntry } from './customer.ts'
import { CfdiMailError } from './errors.ts'
import { GRAL } from './packaging-type.ts'

const TYPE_CODE = /^[A-Z0-9_-]{1,20}$/u

/**
 * Reads a packaging entry such as `GRAL,a@x.mx,b@y.mx`. The first item is the packaging type's code; when it is an address
 * instead, the type is GRAL. '' is `GRAL` without addresses. Repeated addresses are taken once.
 * @throws BAD_PACKAGING_ENTRY with the text, the part that is wrong, its `position` (1 for the first item), its `column` (from 1)
 *   and the `problem`
 */
export function parsePackagingEntry(text: string): PackagingEntry {
  const [first, ...rest] = itemsOf(text)
  if (first === undefined) return { type: GRAL.code, addresses: [] }
  if (first.text.includes('@')) return { type: GRAL.code, addresses: addresses(text, [first, ...rest], 1) }
  const type = first.text.toUpperCase()
  if (!TYPE_CODE.test(type)) throw badEntry(text, { ...first, position: 1, problem: 'type-code' })
  return { type, addresses: addresses(text, rest, 2) }
}

/** The entry as people write it. */
export function formatPackagingEntry(entry: PackagingEntry): string {
  return [entry.type, ...entry.addresses].join(',')
}

/** `GRAL a@x.mx` has no comma after the code; `Ana <a@x.mx>` has none because the whole is one address. */
function itemsOf(text: string): ListItem[] {
  const items = splitAddresses(text)
  const first = items[0]
  const code = first === undefined ? null : /^([^\s@<"]+)\s+(?=[^\s<"]+@[^<]*$)/u.exec(first.text)
  if (first === undefined || code === null) return items
  const skip = code[0].length
  return [
    { text: code[1] ?? '', at: first.at },
    { text: first.text.slice(skip), at: first.at + skip },
    ...items.slice(1),
  ]
}

function addresses(text: string, items: readonly ListItem[], firstPosition: number): readonly string[] {
  return uniqueAddresses(
    items.map((item, i) => {
      const reading = parseAddress(item.text)
      if (!reading.ok)
        throw badEntry(text, { ...item, position: firstPosition + i, problem: reading.problem })
      return reading.address
    }),
  )
}

interface BadItem extends ListItem {
  readonly position: number
  readonly problem: string
}

function badEntry(text: string, item: BadItem): CfdiMailError {
  const { text: part, position, problem } = item
  return new CfdiMailError('BAD_PACKAGING_ENTRY', { text, part, position, column: item.at + 1, problem })
}
