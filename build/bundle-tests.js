// Tests as plain JavaScript: one bundle whose parts the test files share. Each process of the runner loads what it needs of it,
// and loading hundreds of .ts files through a loader took it longer than most tests run.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, relative, sep } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { THREADS, threadsBeside } from './plugins.js'

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))
const OUT = '.tests'

/** Native, or finds its own files by its place. */
const OUTSIDE = ['better-sqlite3', 'trash', 'yargs', 'typescript']

/** Bundled CommonJS asks for Node's own modules by require(), which an ES module does not have. */
const REQUIRE = `import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);`

/**
 * Bundles test files for Node's runner.
 * @param {readonly (readonly string[])[]} groups paths from the root, `test/…/x.test.ts`, those of one process together
 * @returns {Promise<string[]>} the paths to run, one a group, in the same order
 */
export async function bundleTests(groups) {
  const files = groups.flat()
  rmSync(join(ROOT, OUT), { recursive: true, force: true })
  await build({
    absWorkingDir: ROOT,
    entryPoints: [
      ...files.map((file) => ({ in: file, out: file.replace(/^test.|\.ts$/g, '') })),
      ...THREADS.map(({ source }) => ({ in: source, out: `threads/${basename(source, '.ts')}` })),
    ],
    outdir: OUT,
    chunkNames: 'shared/[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    external: OUTSIDE,
    banner: { js: REQUIRE },
    sourcemap: true,
    sourcesContent: false,
    legalComments: 'none',
    logLevel: 'warning',
    plugins: [threadsBeside(placeOfThread), placesOfSources()],
  })
  mkdirSync(join(ROOT, OUT, 'together'))
  return groups.map((group) =>
    startOf(group.map((file) => file.replace(/^test/, OUT).replace(/\.ts$/, '.js'))),
  )
}

/** The file that runs some bundled ones: itself, or one that is named after the first. */
function startOf(bundled) {
  const [first = ''] = bundled
  if (bundled.length === 1) return first
  const start = join(OUT, 'together', relative(OUT, first).replaceAll(sep, '-'))
  const lines = bundled.map((file) => `import '../${relative(OUT, file).replaceAll(sep, '/')}'\n`)
  writeFileSync(join(ROOT, start), lines.join(''))
  return start
}

function placeOfThread(name) {
  return pathToFileURL(join(ROOT, OUT, 'threads', `${name}.js`)).href
}

/** Fixtures are found from where the source file is, not from where its bundle is. */
function placesOfSources() {
  return {
    name: 'places-of-sources',
    setup(bundle) {
      bundle.onLoad({ filter: /[\\/](?:src|test)[\\/].*\.ts$/ }, ({ path }) => {
        const text = readFileSync(path, 'utf8')
        if (!/import\.meta\.(?:url|filename)/.test(text)) return undefined
        const contents = text
          .replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href))
          .replaceAll('import.meta.filename', JSON.stringify(path))
        return { contents, loader: 'ts', resolveDir: join(path, '..') }
      })
    },
  }
}
