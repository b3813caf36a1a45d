// `npm run build`: src/ and the libraries it uses become dist/, one file a lazily imported command and what commands share.
// Types are `npm run typecheck`'s part. docs/adr/0015 says why the program is bundled.
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { bundledPackages, licenceTexts } from './licences.js'
import { widthOnDemand, yargsLocales } from './plugins.js'

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))
const DIST = join(ROOT, 'dist')
const LOCALES = ['en.json', 'es.json']
const LICENCES = 'THIRD-PARTY-LICENCES.txt'

/** What an installation brings along (the native module), and cosmiconfig's reader of .ts files, which no settings reach. */
const OUTSIDE = [...Object.keys(readManifest().dependencies), 'typescript']

/** Bundled CommonJS asks for Node's own modules by require(), which an ES module does not have. */
const REQUIRE = `import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);`

const { metafile } = await build({
  absWorkingDir: ROOT,
  entryPoints: ['src/cli.ts'],
  outdir: 'dist',
  // Flat: what yargs' locales and package.json's "imports" say holds for every file.
  chunkNames: '[name]-[hash]',
  bundle: true,
  splitting: true,
  // Names stay: a trace without its map can still be read.
  minifyWhitespace: true,
  minifySyntax: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  external: OUTSIDE,
  banner: { js: REQUIRE },
  sourcemap: true,
  sourcesContent: false,
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
  plugins: [yargsLocales(), widthOnDemand(ROOT)],
})
writeFileSync(join(DIST, LICENCES), licenceTexts(bundledPackages(ROOT, Object.keys(metafile.inputs))))
for (const name of LOCALES)
  cpSync(join(ROOT, 'node_modules/yargs/locales', name), join(DIST, 'locales', name))
removeStale(new Set([...Object.keys(metafile.outputs).map((path) => path.slice('dist/'.length)), LICENCES]))

function readManifest() {
  return JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
}

/** Files of earlier builds go last, so that a program that runs meanwhile still finds what it loads. */
function removeStale(made) {
  for (const entry of readdirSync(DIST, { withFileTypes: true })) {
    if (entry.name === 'locales' || made.has(entry.name)) continue
    rmSync(join(DIST, entry.name), { recursive: true })
  }
}
