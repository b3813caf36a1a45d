import { createHash } from 'node:crypto'
import { existsSync, lstatSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import Module, { createRequire } from 'node:module'
import { homedir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { Script } from 'node:vm'

/** What Node's own types leave out: the CommonJS loader's step that Node 20 has no cache for, and the cache of later ones. */
interface Loader {
  readonly enableCompileCache?: (folder: string) => unknown
  readonly wrap: (source: string) => string
  readonly prototype: { _compile: Compile }
}
type Compile = (this: LoadedModule, source: string, file: string) => unknown
interface LoadedModule {
  readonly exports: unknown
}

/** What of the process it depends on: compiled code fits one version of Node on one kind of processor. */
type CompilingHost = Pick<NodeJS.Process, 'arch' | 'env' | 'getuid' | 'pid' | 'platform' | 'version'>

const LOADER = Module as unknown as Loader

/**
 * Keeps V8's compiled form of the program's own files between runs, where Node does not do so itself: compiling takes half
 * of a short command's time. One file a command, so that each reads what it needs. A cache that cannot be read or written is
 * none: the program runs without.
 * @param home folder of the built files
 * @param word the command, as typed
 * @returns what writes down, at the end of a run, what was compiled and not kept yet
 */
export function keepCompiled(
  host: CompilingHost,
  { home, word }: { readonly home: string; readonly word: string },
): () => void {
  const folder = cacheFolder(host)
  if (folder !== null && LOADER.enableCompileCache === undefined)
    return cacheInFile(home, placeFor(host, folder, word))
  if (folder !== null) LOADER.enableCompileCache?.(folder)
  return () => undefined
}

function cacheInFile(home: string, place: Place): () => void {
  const kept = readKept(place.file)
  const scripts = new Map<string, Script>()
  let news = false
  const { _compile } = LOADER.prototype
  LOADER.prototype._compile = function compile(source, path) {
    if (dirname(path) !== home) return _compile.call(this, source, path)
    const name = basename(path)
    const cachedData = kept.get(name)
    keepBytecode('as-usual')
    const script = new Script(LOADER.wrap(source), {
      filename: path,
      ...(cachedData === undefined ? {} : { cachedData }),
    })
    news ||= script.cachedDataRejected !== false
    if (news) keepBytecode('all')
    scripts.set(name, script)
    const run = script.runInThisContext() as (this: unknown, ...given: unknown[]) => unknown
    return run.call(this.exports, this.exports, createRequire(path), this, path, home)
  }
  return () => {
    keepBytecode('as-usual')
    growAsUsual()
    if (news) writeKept(place, kept, { scripts, home })
  }
}

/**
 * The collector throws away what ran long ago, a file's first lines before all, and so it would not be kept by a run that writes.
 * V8 takes compiled code only under the flags that it was made with, Node's own modules too, which are compiled with Node: with
 * any other flag they take twice as long to load. So this one is said for as short as can be.
 */
function keepBytecode(which: 'all' | 'as-usual'): void {
  setFlagsFromString(which === 'all' ? '--no-flush-bytecode' : '--flush-bytecode')
}

/** A run that packs leaves it changed until all is told (core/flows/little-memory.ts): no later run would take what is written then. */
function growAsUsual(): void {
  setFlagsFromString('--semi-space-growth-factor=2')
}

/**
 * A folder of the user's own. Compiled code is run as it is: one that anybody else could write to, or that belongs to
 * somebody else (`sudo` with the caller's home), is not used.
 */
function cacheFolder(host: CompilingHost): string | null {
  // The name that Node itself has for it.
  if (host.env['NODE_DISABLE_COMPILE_CACHE']) return null
  try {
    const folder = cacheHome(host)
    // One by one: where a file system makes no folders (/proc), Node's own recursive way tries for ever.
    for (const each of [dirname(folder), folder]) if (!existsSync(each)) mkdirSync(each, { mode: 0o700 })
    const found = lstatSync(folder)
    const own = host.getuid === undefined || (found.uid === host.getuid() && (found.mode & 0o022) === 0)
    return own && found.isDirectory() ? folder : null
  } catch {
    return null
  }
}

function cacheHome({ env, platform }: CompilingHost): string {
  switch (platform) {
    case 'win32':
      return join(env['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local'), 'cfdi-mail-cache')
    case 'darwin':
      return join(homedir(), 'Library', 'Caches', 'cfdi-mail')
    default:
      return join(env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'cfdi-mail')
  }
}

interface Place {
  readonly file: string
  /** Has the whole before `file` does. */
  readonly unfinished: string
}

function placeFor({ arch, pid, version }: CompilingHost, folder: string, word: string): Place {
  const name = /^[a-z][a-z-]{1,30}$/.test(word) ? word : 'other'
  const file = join(folder, `${name}-${version}-${arch}.bin`)
  return { file, unfinished: `${file}.${pid}` }
}

/** A file is a line of JSON, then the entries. */
interface Index {
  readonly sha256: string
  /** Where each entry ends. */
  readonly ends: Readonly<Record<string, number>>
}

/** V8 runs a damaged entry and dies of it, so the whole is checked. */
function readKept(file: string): ReadonlyMap<string, Buffer> {
  try {
    const bytes = readFileSync(file)
    const body = bytes.subarray(bytes.indexOf('\n') + 1)
    const { sha256, ends } = JSON.parse(bytes.toString('latin1', 0, bytes.length - body.length)) as Index
    if (digest(body) !== sha256) return new Map()
    let start = 0
    return new Map(Object.entries(ends).map(([name, end]) => [name, body.subarray(start, (start = end))]))
  } catch {
    return new Map()
  }
}

interface Loaded {
  readonly scripts: ReadonlyMap<string, Script>
  readonly home: string
}

/** What was loaded now, and what was loaded before and is still part of the program. */
function writeKept(
  { file, unfinished }: Place,
  kept: ReadonlyMap<string, Buffer>,
  { scripts, home }: Loaded,
): void {
  try {
    const entries = new Map([...kept].filter(([name]) => existsSync(join(home, name))))
    for (const [name, script] of scripts) entries.set(name, script.createCachedData())
    const body = Buffer.concat([...entries.values()])
    let end = 0
    const ends = Object.fromEntries([...entries].map(([name, { length }]) => [name, (end += length)]))
    writeFileSync(unfinished, `${JSON.stringify({ sha256: digest(body), ends } satisfies Index)}\n`)
    writeFileSync(unfinished, body, { flag: 'a' })
    renameSync(unfinished, file)
  } catch {
    rmSync(unfinished, { force: true })
  }
}

function digest(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('base64')
}
