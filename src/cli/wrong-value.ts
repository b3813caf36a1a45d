import type { CfdiMailError } from '../core/model/errors.ts'
import type { FlagSpec } from '../commands/command.ts'
import { choicesInWords } from '../ui/messages/index.ts'
import type { Language } from '../ui/messages/translate.ts'
import { COMMON } from './common-flags.ts'
import { namesOfFlag, valuesOfFlag } from './flag-names.ts'
import { type NearestName, nearestValue } from './suggestion.ts'
import type { Values } from './usage.ts'

/** A value that its flag does not take, all in the reader's words. */
export interface WrongValue {
  /** Without its dashes. */
  readonly flag: string
  readonly value: string
  readonly choices: string
  /** What was probably meant; '' when nothing is near. */
  readonly nearest: string
}

/** The first typed value that is none of its flag's; undefined when all are. */
export function wrongValue(
  { argv, nearestName }: { readonly argv: Values; readonly nearestName: NearestName },
  flags: Readonly<Record<string, FlagSpec>>,
  language: Language,
): WrongValue | undefined {
  for (const [name, spec] of Object.entries({ ...COMMON, ...flags })) {
    const value = typedValues(argv[name]).find((typed) => spec.choices?.includes(typed) === false)
    if (value === undefined) continue
    const values = valuesOfFlag(language, spec)
    return {
      flag: namesOfFlag(language, name, spec)[0],
      value,
      choices: values.map(([shown]) => shown).join(', '),
      nearest: nearestValue(value, values, nearestName),
    }
  }
  return undefined
}

/**
 * `--no-folder`, which yargs reads as a no though the flag has values: the command would get a `false` for its text. In the
 * reader's words, without its dashes.
 */
export function deniedFlag(
  argv: Values,
  flags: Readonly<Record<string, FlagSpec>>,
  language: Language,
): string | undefined {
  const [name, spec] =
    Object.entries({ ...COMMON, ...flags }).find(
      ([name, { type }]) => type === 'string' && [argv[name]].flat().includes(false),
    ) ?? []
  return name === undefined || spec === undefined ? undefined : namesOfFlag(language, name, spec)[0]
}

function typedValues(value: unknown): readonly string[] {
  return [value].flat().filter((typed) => typeof typed === 'string')
}

/**
 * What a value was probably meant to be that the model refused, in the reader's words; '' when nothing is near. `words` are those
 * that it takes besides its choices, which are letters or codes.
 */
export function nearestChoice(
  { params }: Pick<CfdiMailError, 'params'>,
  language: Language,
  nearestName: NearestName,
): string {
  const [flag, value, choices, known] = ['flag', 'value', 'choices', 'words'].map((name) =>
    String(params[name] ?? ''),
  )
  if (known !== '') return nearestName(value ?? '', (known ?? '').split(', '))
  const codes = (choices ?? '').split(', ')
  const words = choicesInWords(language, flag ?? '', choices ?? '').split(', ')
  // Otherwise it is told in words of its own what may be typed.
  if (words.length !== codes.length) return ''
  return nearestValue(
    value ?? '',
    words.map((word, i) => [word, codes[i] ?? word]),
    nearestName,
  )
}
