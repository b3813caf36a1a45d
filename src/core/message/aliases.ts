import { DOCUMENT_FIELDS } from './document-fields.ts'
import { MESSAGE_FIELDS } from './message-fields.ts'
import { PAID_FIELDS } from './paid-fields.ts'
import { nearestName } from '../model/nearest-name.ts'

/** `@@name` not after a letter, digit or `@`, so that an odd address in a text is left alone. */
const ALIAS = /(?<![\p{L}\p{N}@])@@([\p{L}_][\p{L}\p{N}_]*)/gu

/** Folded alias or field name → field name. */
const TARGETS: ReadonlyMap<string, string> = new Map(
  [...DOCUMENT_FIELDS, ...MESSAGE_FIELDS, ...PAID_FIELDS].flatMap((field) =>
    [...field.aliases, field.name].map((name) => [fold(name), field.name]),
  ),
)

/** An `@@name` that stands for nothing, and where. */
export interface UnknownAlias {
  readonly name: string
  readonly nearest: string
  readonly line: number
  readonly column: number
}

/**
 * Writes `@@folio` as `{{folio}}`, for texts brought from other mailers. Case and accents of the name do not matter.
 * @returns the text, and the names that are no alias and stay as they are
 */
export function expandAliases(text: string): {
  readonly text: string
  readonly unknown: readonly UnknownAlias[]
} {
  if (!text.includes('@@')) return { text, unknown: [] }
  const unknown: UnknownAlias[] = []
  const expanded = text.replace(ALIAS, (whole, name: string, at: number) => {
    const field = TARGETS.get(fold(name))
    if (field !== undefined) return `{{${field}}}`
    const before = text.slice(0, at)
    unknown.push({
      name: whole,
      nearest: prefixed(nearestName(fold(name), [...TARGETS.keys()])),
      line: before.split('\n').length,
      column: at - before.lastIndexOf('\n'),
    })
    return whole
  })
  return { text: expanded, unknown }
}

function prefixed(name: string): string {
  return name === '' ? '' : `@@${name}`
}

function fold(name: string): string {
  return name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
}

/** The field that a person means by its name or by one of its aliases, with `@@` or without; undefined when there is none. */
export function fieldNamed(text: string): string | undefined {
  return TARGETS.get(fold(text.trim().replace(/^@@/, '')))
}
