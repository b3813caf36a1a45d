// `npm run build`: src/ and the libraries it uses become dist/, one file a lazily imported command and what commands share.
// Types are `npm run typecheck`'s part. docs/adr/0015 says why the program is bundled.
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, transform } from 'esbuild'
import { bundledPackages, licenceTexts } from './licences.js'
import { THREADS, threadsBeside, widthOnDemand, yargsLocales } from './plugins.js'

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))
const DIST = join(ROOT, 'dist')
const LOCALES = ['en.json', 'es.json']
const LICENCES = 'THIRD-PARTY-LICENCES.txt'

const { dependencies, optionalDependencies } = readManifest()
/** What an installation brings along (the native module), and cosmiconfig's reader of .ts files, which no settings reach. */
const OUTSIDE = [...Object.keys({ ...dependencies, ...optionalDependencies }), 'typescript']

/**
 * Where `import()` stays one. Code that was kept compiled (src/cli/compiled-cache.ts) has lost its way to the loader of ES modules,
 * so it is done in a folder whose code is not kept.
 */
const OUTWARD = 'outward/import.cjs'

/** What CommonJS lacks of ES modules, where a file asks for it. */
const HERE = [
  `const { pathToFileURL } = require('node:url'), urlHere = pathToFileURL(__filename).href`,
  `resolveHere = (name) => pathToFileURL(require.resolve(name)).href, inport = (name) => require('./${OUTWARD}')(name);`,
].join(', ')

/** How esbuild exports: a copy of all getters, and what takes its place (see `readDirectly`). */
const COPIED = '__copyProps(__defProp({},"__esModule",{value:!0}),mod)'
const AS_IT_IS = '__defProp(mod,"__esModule",{value:!0})'

/** What both steps say. Names stay: a trace without its map can still be read. */
const COMMON = {
  minifyWhitespace: true,
  minifySyntax: true,
  platform: 'node',
  target: 'node20.19',
  sourcesContent: false,
  legalComments: 'none',
  logLevel: 'warning',
}

// esbuild splits ES modules only; they become CommonJS afterwards, which Node loads faster and whose compiled form can be kept.
const { metafile, outputFiles } = await build({
  ...COMMON,
  absWorkingDir: ROOT,
  entryPoints: ['src/cli.ts', ...THREADS.map(({ source }) => source)],
  outdir: 'dist',
  // Flat: what yargs' locales and package.json's "imports" say holds for every file.
  entryNames: '[name]',
  chunkNames: '[name]-[hash]',
  outExtension: { '.js': '.cjs' },
  bundle: true,
  splitting: true,
  format: 'esm',
  external: OUTSIDE,
  sourcemap: 'inline',
  metafile: true,
  write: false,
  plugins: [yargsLocales(), widthOnDemand(ROOT), threadsBeside((name) => `./${name}.cjs`)],
})
mkdirSync(DIST, { recursive: true })
const written = await Promise.all(outputFiles.map(async (file) => await writeCommonJs(file)))
mkdirSync(dirname(join(DIST, OUTWARD)), { recursive: true })
writeFileSync(join(DIST, OUTWARD), 'module.exports = (name) => import(name)\n')
writeFileSync(join(DIST, LICENCES), licenceTexts(bundledPackages(ROOT, Object.keys(metafile.inputs))))
for (const name of LOCALES)
  cpSync(join(ROOT, 'node_modules/yargs/locales', name), join(DIST, 'locales', name))
removeStale(new Set([...written.flat(), LICENCES]))

/** One file with its map; gives both names. */
async function writeCommonJs({ path, text }) {
  const name = basename(path)
  const outside = asksOutside(text)
  const { code, map } = await transform(outside, {
    ...COMMON,
    format: 'cjs',
    sourcemap: 'external',
    sourcefile: name,
    supported: { 'dynamic-import': false },
    define: { 'import.meta.url': 'urlHere', 'import.meta.resolve': 'resolveHere' },
    banner: /import\.meta|\binport\(/.test(outside) ? HERE : '',
  })
  writeFileSync(join(DIST, `${name}.map`), map)
  const direct = isOwn(name) ? exportValues(readDirectly(code)) : readDirectly(code)
  writeFileSync(join(DIST, name), `${direct}//# sourceMappingURL=${name}.map\n`)
  return [name, `${name}.map`]
}

/** `import('trash')` stays one: what is outside may be an ES module. The name is as long as the word, so that maps still fit. */
function asksOutside(text) {
  return OUTSIDE.reduce((so, name) => so.replaceAll(`import("${name}")`, `inport("${name}")`), text)
}

/**
 * What a file exports is read through one getter, which the engine sees through. esbuild puts a copy over it whose getters all
 * share one line of code: too many shapes for the engine, and loops that use another file's tables spent a third of their time
 * there. As long as before, so that maps still fit.
 */
function readDirectly(code) {
  if (code.includes('__toCommonJS=') && !code.includes(`__toCommonJS=mod=>${COPIED}`))
    throw new Error('esbuild exports in another way than it did: see readDirectly in build/bundle.js')
  return code.replace(`__toCommonJS=mod=>${COPIED}`, `__toCommonJS=mod=>${AS_IT_IS.padEnd(COPIED.length)}`)
}

/**
 * Once a file has run, what it exports are plain values: a getter is a call until the engine optimises, and most runs are over
 * before that. For whoever asks while files load each other the getters are there first. At the end of esbuild's text, for
 * other tools, stands what it exports: only files of ours, which give nothing away that is assigned again.
 */
function exportValues(code) {
  const exported = /__export\(\w+,\{([^{}]*)\}\);module\.exports=/.exec(code)?.[1]
  const told = /0&&\(module\.exports=\{[^{}]*\}\);\n$/.exec(code)
  if (exported === undefined || told === null) return code
  const values = exported.replaceAll(':()=>', ':')
  return `${code.slice(0, told.index)}module.exports=__toCommonJS({${values}});\n`
}

/** Whether a file has nothing of a library. */
function isOwn(name) {
  return Object.keys(metafile.outputs[`dist/${name}`].inputs).every((path) => path.startsWith('src/'))
}

function readManifest() {
  return JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
}

/** Files of earlier builds go last, so that a program that runs meanwhile still finds what it loads. */
function removeStale(made) {
  for (const entry of readdirSync(DIST, { withFileTypes: true })) {
    if (entry.name === 'locales' || entry.name === dirname(OUTWARD) || made.has(entry.name)) continue
    rmSync(join(DIST, entry.name), { recursive: true })
  }
}
