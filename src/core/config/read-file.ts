import { stripVTControlCharacters } from 'node:util'
import { readFileSync, realpathSync } from 'node:fs'
import { extname } from 'node:path'
import { defaultLoadersSync } from 'cosmiconfig'
import type { SettingsProblem } from './problems.ts'

/**
 * The only readers, by extension. cosmiconfig's explorer is not used: it merges readers of scripts over those that it is given,
 * follows `$import`, and looks for a configuration of its own in the working folder, where a script would be run.
 */
const READERS: Readonly<Record<string, Reader>> = {
  '.json': { format: 'JSON', load: defaultLoadersSync['.json'] },
  '.yaml': { format: 'YAML', load: defaultLoadersSync['.yaml'] },
  '.yml': { format: 'YAML', load: defaultLoadersSync['.yaml'] },
  '': { format: 'YAML', load: defaultLoadersSync['.yaml'] },
}

interface Reader {
  readonly format: 'JSON' | 'YAML'
  readonly load: (path: string, content: string) => unknown
}

export type FileReading =
  | { readonly ok: true; readonly values: Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly problem: SettingsProblem }

/** The names and values of one settings file. Its text is parsed, whatever it is, and never run. */
export function readSettings(file: string): FileReading {
  const reader = READERS[extname(file).toLowerCase()]
  if (reader === undefined || READERS[extname(target(file)).toLowerCase()] === undefined)
    return { ok: false, problem: { code: 'not-settings', params: { file } } }
  let text: string
  try {
    text = readFileSync(file, 'utf8').replace(/^\ufeff/, '')
  } catch {
    return { ok: false, problem: { code: 'unreadable', params: { file } } }
  }
  try {
    const read: unknown = text.trim() === '' ? {} : (reader.load(file, text) ?? {})
    if (typeof read === 'object' && !Array.isArray(read))
      return { ok: true, values: read as Readonly<Record<string, unknown>> }
    return { ok: false, problem: { code: 'no-names', params: { file } } }
  } catch (error) {
    return { ok: false, problem: syntaxProblem(file, reader.format, error) }
  }
}

/** What a link names in the end: a link to a script is no settings file either. */
function target(file: string): string {
  try {
    return realpathSync(file)
  } catch {
    return file
  }
}

function syntaxProblem(file: string, format: Reader['format'], error: unknown): SettingsProblem {
  return {
    code: 'syntax',
    params: { file, format, ...(format === 'YAML' ? yamlPlace(error) : jsonPlace(error)) },
  }
}

interface ErrorPlace {
  /** From 1. */
  readonly line: number
  /** From 1. */
  readonly column: number
  /** What the parser says of it, in English. */
  readonly detail: string
}

/** js-yaml marks the place, counted from 0. */
function yamlPlace(error: unknown): ErrorPlace {
  const { reason, mark } = error as {
    readonly reason?: string
    readonly mark?: { readonly line: number; readonly column: number }
  }
  return { line: (mark?.line ?? 0) + 1, column: (mark?.column ?? 0) + 1, detail: reason ?? '' }
}

/**
 * Node says the place in words from 22 on: `(line 3 column 1)`. Before, parse-json draws it: `> 3 | }`, and below it a caret
 * under the sign; in colour where it believes in a terminal or CI.
 */
function jsonPlace(error: unknown): ErrorPlace {
  const message = error instanceof Error ? stripVTControlCharacters(error.message) : ''
  const detail = /^(.*?) in JSON/m.exec(message)?.[1] ?? ''
  const [, saidLine, saidColumn] = /\(line (\d+) column (\d+)\)/.exec(message) ?? []
  if (saidLine !== undefined) return { line: Number(saidLine), column: Number(saidColumn), detail }
  const drawn = /^(> *(\d+) \| ).*\n([ |]*)\^/m.exec(message)
  const [, prefix = '', line = '1', before = ''] = drawn ?? []
  return { line: Number(line), column: before.length - prefix.length + 1, detail }
}
