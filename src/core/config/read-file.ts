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

/** js-yaml gives a mark with line and column from 0; parse-json writes them, from 1, into its message. */
function syntaxProblem(file: string, format: string, error: unknown): SettingsProblem {
  const { reason, mark } = error as { readonly reason?: unknown; readonly mark?: Partial<Mark> | null }
  const message = error instanceof Error ? error.message : ''
  const said = /\(?(?:line|at line) (\d+),? column (\d+)/.exec(message)
  const line = mark?.line === undefined ? Number(said?.[1] ?? 1) : mark.line + 1
  const column = mark?.column === undefined ? Number(said?.[2] ?? 1) : mark.column + 1
  const lines = message.split('\n').filter((words) => words.trim() !== '' && !/Error in /.test(words))
  const detail = typeof reason === 'string' ? reason : (lines[0] ?? '')
  return { code: 'syntax', params: { file, format, line, column, detail } }
}

interface Mark {
  readonly line: number
  readonly column: number
}
