import type { Language } from '../ui/messages/translate.ts'
import { COMMON, HELP_ALIASES, VERSION_ALIAS } from './common-flags.ts'
import { namesOfFlag } from './flag-names.ts'
import { commandsBelow, flagsOf, namesIn, type Place } from './usage.ts'

/** `nearestName` of the model, which is loaded for a line that is wrong and for no other. */
export type NearestName = (wrong: string, known: readonly string[]) => string

interface Line {
  readonly place: Place
  readonly nearestName: NearestName
}

/** What may be typed, in any language, with what it is called in the reader's. */
type Names = ReadonlyMap<string, string>

/** The command that a mistyped one most likely meant, in the reader's language, with the groups above it; '' when none is near. */
export function nearestCommand(word: string, { place, nearestName }: Line, language: Language): string {
  const names = commandsBelow(place).map((entry) => namesIn(language, entry))
  const [known] = nearest(word, namesFirst(names), nearestName)
  return known === undefined ? '' : ['cfdi-mail', ...place.path, known].join(' ')
}

/**
 * The flags that mistyped ones most likely meant, in the reader's language; those that are near none are left out.
 * @param unknown with their dashes
 * @param words as typed: yargs takes `--no-` for a no, and what is suggested in its place has to say no too
 */
export function nearestFlags(
  unknown: readonly string[],
  { place, nearestName, words }: Line & { readonly words: readonly string[] },
  language: Language,
): string[] {
  const flags = flagsOf(place.entry)
  const names = namesFirst([
    ...Object.entries({ ...COMMON, ...flags }).map(([name, spec]) => namesOfFlag(language, name, spec)),
    language === 'es' ? [...HELP_ALIASES.slice(1), 'help'] : ['help', ...HELP_ALIASES.slice(1)],
    ['version', VERSION_ALIAS],
  ])
  return unknown.flatMap((flag) => {
    const name = flag.replace(/^--?/, '')
    const isDenied = words.some((word) => word.split('=')[0] === `--no-${name}`)
    return nearest(name, names, nearestName).map((known) => `--${isDenied ? 'no-' : ''}${known}`)
  })
}

/**
 * The value that a mistyped one most likely meant, in the reader's language; '' when none is near.
 * @param values all that may be typed, the reader's word for each before its others
 */
export function nearestValue(
  value: string,
  values: readonly (readonly string[])[],
  nearestName: NearestName,
): string {
  return nearest(value, namesFirst(values), nearestName)[0] ?? ''
}

/** The reader's own names before the others, so that of two that are as near the known one is told. */
function namesFirst(lists: readonly (readonly string[])[]): Names {
  const names = new Map<string, string>()
  for (const [shown] of lists) if (shown !== undefined) names.set(shown, shown)
  for (const [shown = '', ...others] of lists)
    for (const name of others) if (!names.has(name)) names.set(name, shown)
  return names
}

function nearest(typed: string, names: Names, nearestName: NearestName): string[] {
  const known = typed.length < 2 ? undefined : names.get(nearestName(typed, [...names.keys()]))
  return known === undefined ? [] : [known]
}
