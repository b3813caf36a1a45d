import type { FlagSpec } from '../commands/command.ts'
import type { Language } from '../ui/messages/translate.ts'
import { COMMON } from './common-flags.ts'

/** All names of a flag, the one in the language first, as help shows it. The Spanish one is the first that is no short form. */
export function namesOfFlag(
  language: Language,
  name: string,
  { alias }: Pick<FlagSpec, 'alias'>,
): readonly [string, ...string[]] {
  const others = [alias].flat()
  const spanish = language === 'es' ? others.find((other) => other.length > 1) : undefined
  if (spanish === undefined) return [name, ...others]
  return [spanish, name, ...others.filter((other) => other !== spanish)]
}

/** The values of a flag that a reader of the language types; the words of the other language are understood all the same. */
export function choicesIn(language: Language, { choices = [], spanish = {} }: FlagSpec): readonly string[] {
  const others = new Set(language === 'es' ? Object.values(spanish) : Object.keys(spanish))
  return choices.filter((choice) => !others.has(choice))
}

/** The values of a flag as `choicesIn` has them, each with the words of the other language that mean the same behind it. */
export function valuesOfFlag(
  language: Language,
  spec: FlagSpec,
): readonly (readonly [shown: string, ...others: string[]])[] {
  const { choices = [], spanish = {} } = spec
  const meaning = (word: string) => spanish[word] ?? word
  return choicesIn(language, spec).map((shown) => [
    shown,
    ...choices.filter((other) => other !== shown && meaning(other) === meaning(shown)),
  ])
}

/** Flags of a command by the name that the reader knows: their Spanish names for a Spanish reader, where there are any. */
export function flagNames(
  language: Language,
  flags: Readonly<Record<string, FlagSpec>>,
): Readonly<Record<string, string>> {
  if (language !== 'es') return {}
  return Object.fromEntries(
    Object.entries({ ...COMMON, ...flags }).map(([name, spec]) => [
      name,
      namesOfFlag(language, name, spec)[0],
    ]),
  )
}
