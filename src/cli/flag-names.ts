import type { FlagSpec } from '../commands/command.ts'
import type { Language } from '../ui/messages/translate.ts'
import { COMMON } from './common-flags.ts'

/** Flags of a command by the name that the reader knows: their Spanish names for a Spanish reader, where there are any. */
export function flagNames(
  language: Language,
  flags: Readonly<Record<string, FlagSpec>>,
): Readonly<Record<string, string>> {
  if (language !== 'es') return {}
  return Object.fromEntries(
    Object.entries({ ...COMMON, ...flags }).map(([name, { alias }]) => [
      name,
      [alias].flat().find((other) => other.length > 1) ?? name,
    ]),
  )
}
