import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { COMMON_NAMES } from '../../src/cli/common-flags.ts'
import type { AnyCommand, CommandGroup, FlagSpec } from '../../src/commands/command.ts'
import { COMMANDS } from '../../src/commands/index.ts'
import { parseCommandLine } from '../../src/cli/parser.ts'
import { NOTICE_WORDS } from '../../src/core/message/notice-words.ts'
import { examplesOf } from '../../src/ui/messages/examples.ts'
import { descriptionOf } from '../../src/ui/messages/index.ts'
import { es } from '../../src/ui/messages/es/index.ts'
import { LANGUAGES } from '../../src/ui/messages/translate.ts'

type Entry = AnyCommand | CommandGroup

interface Placed {
  /** Names from the top, joined by dots. */
  readonly path: string
  readonly entry: Entry
}

function everyEntry(entries: readonly Entry[], above = ''): readonly Placed[] {
  return entries.flatMap((entry) => {
    const path = `${above}${entry.name}`
    return [{ path, entry }, ...('commands' in entry ? everyEntry(entry.commands, `${path}.`) : [])]
  })
}

/** Flags whose English name is the Spanish word too. */
const SAME_IN_SPANISH = ['bom', 'curp', 'pdf', 'rfc', 'zip']

const ENTRIES = everyEntry(COMMANDS)
const LEAVES = ENTRIES.flatMap(({ path, entry }) => ('commands' in entry ? [] : [{ path, command: entry }]))

const FLAGS = LEAVES.flatMap(({ command }) => Object.entries(command.flags))

/** Every Spanish text that the program shows or mails, by its key. */
const SPANISH: readonly (readonly [key: string, text: string])[] = [
  ...Object.entries(es),
  ...textsIn('mail', NOTICE_WORDS.es),
]

/** Names of commands that a Spanish reader knows by another. */
const ENGLISH_NAMES = new Set(
  ENTRIES.flatMap(({ entry: { name, aliases } }) => (aliases[0] === name ? [] : [name])),
)

/** Spanish words, values of flags and of templates that happen to be the English name of a command. */
const ALSO_VALUES = ['addendas', 'documents', 'file-password', 'whatsapp']

function textsIn(key: string, words: unknown): readonly (readonly [string, string])[] {
  if (typeof words === 'string') return [[key, words]]
  return Object.entries(words as object).flatMap(([name, below]) => textsIn(`${key}.${name}`, below))
}

function spanishPages(): readonly (readonly [page: string, text: string])[] {
  const root = fileURLToPath(new URL('../../', import.meta.url))
  const pages = readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.es.md'))
  return ['README.es.md', ...pages.map((name) => join('docs', name))].map((page) => [
    page,
    readFileSync(join(root, page), 'utf8'),
  ])
}

function aliasesOf(flag: FlagSpec): readonly string[] {
  return typeof flag.alias === 'string' ? [flag.alias] : flag.alias
}

function repeated(names: readonly string[]): readonly string[] {
  return names.filter((name, i) => names.indexOf(name) !== i)
}

/** The first key that has words in a language, tried in the order of the command line's help. */
function missing(keys: readonly string[]): readonly string[] {
  return LANGUAGES.filter((language) =>
    keys.every((key) => (descriptionOf(language, key) ?? '').trim() === ''),
  ).map((language) => `${language}: ${keys.join(' or ')}`)
}

describe('words of the command line', () => {
  test('every command and group is described in every language', () => {
    assert.ok(LEAVES.length > 0)
    assert.deepEqual(
      ENTRIES.flatMap(({ path }) => missing([`command.${path}`])),
      [],
    )
  })

  test('every flag is described in every language', () => {
    const holes = LEAVES.flatMap(({ path, command }) =>
      Object.keys(command.flags).flatMap((flag) => missing([`flag.${path}.${flag}`, `flag.${flag}`])),
    )
    assert.deepEqual(holes, [])
  })

  test('every word after a command is described in every language', () => {
    const holes = LEAVES.flatMap(({ command }) =>
      (command.positionals ?? []).flatMap(({ name }) => missing([`argument.${name}`])),
    )
    assert.deepEqual(holes, [])
  })

  test('every word after a command has a name in every language, which is no flag of it', () => {
    const clashes = LEAVES.flatMap(({ path, command }) => {
      const flags = Object.entries(command.flags).flatMap(([name, flag]) => [name, ...aliasesOf(flag)])
      return (command.positionals ?? []).flatMap(({ name }) => [
        ...missing([`argument-name.${name}`]),
        ...LANGUAGES.map((language) => descriptionOf(language, `argument-name.${name}`) ?? '')
          .filter((word) => [...flags, ...COMMON_NAMES].includes(word))
          .map((word) => `${path} ${word}`),
      ])
    })
    assert.deepEqual(clashes, [])
  })

  test('every command and group has a second name, the Spanish one', () => {
    assert.deepEqual(
      ENTRIES.filter(({ entry }) => entry.aliases.length === 0).map(({ path }) => path),
      [],
    )
  })

  test('every flag has a Spanish name besides short forms', () => {
    const without = LEAVES.flatMap(({ path, command }) =>
      Object.entries(command.flags)
        .filter(([name]) => !SAME_IN_SPANISH.includes(name))
        .filter(([, flag]) => !aliasesOf(flag).some((alias) => alias.length > 1))
        .map(([name]) => `${path} --${name}`),
    )
    assert.deepEqual(without, [])
  })

  test('no two commands of a group, and no two flags of a command, share a name', () => {
    const groups = [{ path: '', commands: COMMANDS }].concat(
      ENTRIES.flatMap(({ path, entry }) => ('commands' in entry ? [{ path, commands: entry.commands }] : [])),
    )
    const clashes = [
      ...groups.flatMap(({ path, commands }) =>
        repeated(commands.flatMap(({ name, aliases }) => [name, ...aliases])).map(
          (name) => `${path} ${name}`,
        ),
      ),
      ...LEAVES.flatMap(({ path, command }) =>
        // `addendas preview --datos-addenda FILE` had --datos for a third name, and took FILE for the data folder.
        repeated([
          ...Object.entries(command.flags).flatMap(([name, flag]) => [name, ...aliasesOf(flag)]),
          ...COMMON_NAMES,
        ]).map((name) => `${path} --${name}`),
      ),
    ]
    assert.deepEqual(clashes, [])
  })

  // `--name-pattern` of `types` was described with the words for papers: the last spread of `flag.…` wins without a word.
  test('two files of words never describe one flag', () => {
    for (const language of LANGUAGES) {
      const folder = fileURLToPath(new URL(`../../src/ui/messages/${language}/`, import.meta.url))
      const files = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'))
      const keys = files.flatMap((text) =>
        [...text.matchAll(/^ {2}'(flag\.[^']+)':/gm)].map(([, key = '']) => key),
      )
      assert.deepEqual(repeated(keys), [])
    }
  })

  test('a value of a flag may be typed in Spanish where its English word says nothing to a clerk', () => {
    const types = LEAVES.find(({ path }) => path === 'types.set')?.command.flags ?? {}
    assert.deepEqual(types['group-by']?.choices, ['document', 'customer', 'documento', 'cliente'])
    assert.deepEqual(types['pdf']?.choices?.slice(3), ['obligatorio', 'opcional', 'ninguno'])
  })

  // Who read the screen in Spanish was sent to English words, and those of flags that were renamed stayed.
  test('a Spanish text that shows a command shows it in Spanish, with flags that it has', () => {
    const wrong = SPANISH.flatMap(([key, text]) =>
      // Up to where the sentence goes on about something else.
      [...text.matchAll(/cfdi-mail ([a-z].*?)(?=[.,;:)»](?:\s|$)|\sy\s|\so\s|\n|$)/g)].flatMap(
        ([, shown = '']) => {
          const { english, command } = shownIn(shown.split(' '))
          const flags = [...shown.matchAll(/--([a-z][a-z-]*)/g)].map(([, flag = '']) => flag)
          const unknown = command === null ? [] : flags.filter((flag) => !knows(command, flag))
          return [...english, ...unknown].map((word) => `${key}: ${word}`)
        },
      ),
    )
    assert.deepEqual(wrong, [])
  })

  // The administrator's mail said "outbox show", and a hint without the program's name before it sent people to smtp-test.
  test('a Spanish text names no command by its English name, with the program before it or not', () => {
    const wrong = SPANISH.flatMap(([key, text]) =>
      [...text.replace(/\{[^}]*\}|docs\/\S+/g, '').matchAll(/[\p{L}\d-]+/gu)]
        .map(([word]) => word)
        .filter((word) => ENGLISH_NAMES.has(word) && !ALSO_VALUES.includes(word))
        .map((word) => `${key}: ${word}`),
    )
    assert.deepEqual(wrong, [])
  })

  test('a Spanish page of the documentation shows commands and flags by their Spanish names', () => {
    const wrong = spanishPages().flatMap(([page, text]) =>
      [
        ...[...text.matchAll(/cfdi-mail ([a-z][^`#]*)/g)].flatMap(
          ([, shown = '']) => shownIn(shown.split(/\s+/)).english,
        ),
        ...[...text.matchAll(/--([a-z][a-z-]*)/g)].map(([, flag = '']) => flag).filter(isEnglish),
      ].map((word) => `${page}: ${word}`),
    )
    assert.deepEqual(wrong, [])
  })

  // Help had no example at all. An example with a flag that is gone sends its reader to an error.
  test('every command shows in its help how it is used, with a line that can be pasted', async () => {
    const wrong: string[] = []
    for (const language of LANGUAGES) {
      for (const { path, command } of LEAVES) {
        const examples = await examplesOf(language, path)
        if (examples.length === 0) wrong.push(`${language} ${path}: none`)
        for (const example of examples) {
          const words = [...example.matchAll(/"([^"]*)"|(\S+)/g)].map(
            ([, quoted, bare]) => quoted ?? bare ?? '',
          )
          const read = await parseCommandLine(words.slice(1), language, { version: '', width: 80 })
          if (read.outcome !== 'run' || read.command !== command)
            wrong.push(`${language} ${path}: ${example}`)
          // Behind two spaces, on 80 columns.
          if (example.length > 77) wrong.push(`${language} ${path}: ${example.length} characters`)
        }
      }
    }
    assert.deepEqual(wrong, [])
  })

  test('a Spanish example is Spanish', async () => {
    const shown = await Promise.all(LEAVES.map(({ path }) => examplesOf('es', path)))
    const wrong = shown
      .flat()
      .flatMap((example) => [
        ...shownIn(example.split(' ').slice(1)).english,
        ...[...example.matchAll(/--([a-z][a-z-]*)/g)]
          .map(([, flag = '']) => flag)
          .filter((flag) => isEnglish(flag)),
      ])
    assert.deepEqual(wrong, [])
  })

  // Beside "--estado" stood "held,unknown", and the hint for a password said --password-stdin to whoever reads Spanish.
  test('a Spanish text shows flags and states by their Spanish names', () => {
    const wrong = SPANISH.flatMap(([key, text]) => [
      ...[...text.matchAll(/--([a-z][a-z-]*)/g)]
        .filter(([, flag = '']) => isEnglish(flag))
        .map(([flag]) => `${key}: ${flag}`),
      ...[...text.matchAll(/--estado ([a-z,-]+)/g)]
        .flatMap(([, states = '']) => states.split(','))
        .filter((state) => descriptionOf('es', `state.${state}`) !== undefined)
        .map((state) => `${key}: ${state}`),
    ])
    assert.deepEqual(wrong, [])
  })
})

/** The command that words name from the left, and those of them that are English though there is a Spanish one. */
function shownIn(words: readonly string[]): {
  readonly english: readonly string[]
  readonly command: AnyCommand | null
} {
  const english: string[] = []
  let entries: readonly Entry[] = COMMANDS
  for (const word of words) {
    const entry = entries.find(({ name, aliases }) => name === word || aliases.includes(word))
    if (entry === undefined) return { english, command: null }
    if (entry.name === word && entry.aliases[0] !== word && entry.aliases.length > 0) english.push(word)
    if (!('commands' in entry)) return { english, command: entry }
    entries = entry.commands
  }
  return { english, command: null }
}

/** Whether a flag has this name in English alone. */
function isEnglish(name: string): boolean {
  const flags = FLAGS.filter(([flag, spec]) => flag === name || aliasesOf(spec).includes(name))
  return flags.length > 0 && flags.every(([flag]) => flag === name) && !SAME_IN_SPANISH.includes(name)
}

function knows({ flags }: AnyCommand, name: string): boolean {
  const names = Object.entries(flags).flatMap(([flag, spec]) => [flag, ...aliasesOf(spec)])
  return [...names, ...COMMON_NAMES].includes(name.replace(/^no-/, ''))
}
