/** The program as npm would install it: the tarball's content in a folder of its own, with nothing around it. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { TestContext } from 'node:test'
import { fileURLToPath } from 'node:url'
import { tempFolder } from './temp.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))

interface Manifest {
  readonly version: string
  readonly dependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

export interface Packed {
  /** Where the tarball was unpacked. */
  readonly folder: string
  /** What it holds, as paths in it. */
  readonly files: readonly string[]
  readonly version: string
}

/** Packs dist/ as it is (no script runs, so that nobody's build is disturbed) and unpacks it beside its dependencies alone. */
export function packed(t: TestContext): Packed {
  const place = tempFolder(t)
  const made = run('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', place], ROOT)
  const [{ filename, files }] = JSON.parse(made) as [{ filename: string; files: { path: string }[] }]
  run('tar', ['-xzf', join(place, filename)], place)
  const folder = join(place, 'package')
  const { version } = manifestIn(folder)
  for (const name of neededBy(folder)) link(name, join(folder, 'node_modules'))
  return { folder, files: files.map(({ path }) => path), version }
}

/** Names of the packages that an installation would bring along, those behind them too. */
function neededBy(folder: string, seen = new Set<string>()): Set<string> {
  const { dependencies, optionalDependencies } = manifestIn(folder)
  for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
    // One of better-sqlite3's two is not for this Node.
    if (seen.has(name) || !existsSync(join(ROOT, 'node_modules', name))) continue
    seen.add(name)
    neededBy(join(ROOT, 'node_modules', name), seen)
  }
  return seen
}

function manifestIn(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest
}

function link(name: string, modules: string): void {
  mkdirSync(dirname(join(modules, name)), { recursive: true })
  symlinkSync(join(ROOT, 'node_modules', name), join(modules, name))
}

function run(program: string, args: readonly string[], cwd: string): string {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd, encoding: 'utf8' })
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${stderr}`)
  return stdout
}
