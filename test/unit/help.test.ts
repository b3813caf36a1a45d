import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { parseCommandLine } from '../../src/cli/parser.ts'
import type { AnyCommand, CommandGroup, FlagSpec } from '../../src/commands/command.ts'
import { COMMANDS } from '../../src/commands/index.ts'
import { logCommand } from '../../src/commands/log.ts'
import { LANGUAGES, type Language } from '../../src/ui/messages/translate.ts'
import { text } from '../../src/ui/messages/index.ts'

interface Leaf {
  /** As the reader types it. */
  readonly line: readonly string[]
  readonly command: AnyCommand
}

function leaves(
  language: Language,
  entries: readonly (AnyCommand | CommandGroup)[],
  above: readonly string[] = [],
): readonly Leaf[] {
  return entries.flatMap((entry) => {
    const line = [...above, language === 'es' ? (entry.aliases[0] ?? entry.name) : entry.name]
    return 'commands' in entry ? leaves(language, entry.commands, line) : [{ line, command: entry }]
  })
}

async function helpOf(line: readonly string[], language: Language): Promise<string> {
  const read = await parseCommandLine([...line, '--help'], language, { version: '1', width: 80 })
  assert.ok(read.outcome === 'text', line.join(' '))
  return read.text
}

function shownName(language: Language, name: string, { alias }: FlagSpec): string {
  const spanish = [alias].flat().find((other) => other.length > 1)
  return `--${language === 'es' ? (spanish ?? name) : name}`
}

function faults(help: string, { flags }: AnyCommand, language: Language): readonly string[] {
  const common = help.indexOf(text(language, 'group.common'))
  const shown = [...help.matchAll(/\[(?:selección|choices): [^\]]*\]/g)].map(([list]) =>
    list.replaceAll(/\s+/g, ' '),
  )
  const isOwn = (name: string) => {
    const first = new RegExp(`^ +(?:-., )?${name}\\b`, 'm').exec(help)
    return first !== null && first.index < common
  }
  return [
    ...Object.entries(flags)
      .map(([name, spec]) => shownName(language, name, spec))
      .filter((name) => !isOwn(name)),
    ...Object.entries(flags)
      .filter(([, { spanish }]) => spanish !== undefined)
      .filter(([, spec]) => !shown.some((list) => list.includes(`: ${valuesIn(language, spec)}]`)))
      .map(([name]) => `values of ${name}`),
    ...help.split('\n').filter((row) => row.length > 80),
    // "1234.50[texto]", and "si falta, el predeterminado [requerido]".
    ...help.split('\n').filter((row) => /\S\[[^[\]]*\]$|(?:si falta|when left out).*\[requ/.test(row)),
  ]
}

function valuesIn(language: Language, { choices = [], spanish = {} }: FlagSpec): string {
  const others = language === 'es' ? Object.values(spanish) : Object.keys(spanish)
  return choices
    .filter((value) => !others.includes(value))
    .map((value) => `"${value}"`)
    .join(', ')
}

for (const language of LANGUAGES)
  describe(`help in ${language}`, () => {
    // A clerk read "--after-send, --despues-de-enviar" and ["keep", "trash", "delete", "dejar", "reciclar", "eliminar"].
    test('names flags and their values as the reader types them, its own before those of every command', async () => {
      const wrong: string[] = []
      for (const { line, command } of leaves(language, COMMANDS)) {
        const help = await helpOf(line, language)
        wrong.push(...faults(help, command, language).map((fault) => `${line.join(' ')}: ${fault}`))
      }
      assert.deepEqual(wrong, [])
    })

    test('a wrong value is answered with those of the language, and those of the other are taken', async () => {
      const options = { version: '1', width: 80 }
      const wrong = await parseCommandLine(['log', '--level', 'eror'], language, options)
      const told = language === 'es' ? 'error, informacion, aviso.' : 'info, warning, error.'
      assert.ok(wrong.outcome === 'error' && wrong.hint.includes(told), JSON.stringify(wrong))
      for (const level of ['warning', 'aviso']) {
        const read = await parseCommandLine(['log', '--level', level], language, options)
        assert.ok(read.outcome === 'run' && read.command === logCommand && read.flags['level'] === level)
      }
    })
  })
