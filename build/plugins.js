// What a library does for itself where it is installed, and what a bundle has to do for it.
import { readFileSync } from 'node:fs'
import { basename, relative } from 'node:path'

/** Threads are started from files of their own, entries of the bundle as the program is: by whom, and from which. */
export const THREADS = [
  { starter: 'src/core/cfdi/second-reader.ts', source: 'src/core/cfdi/reading-thread.ts' },
  { starter: 'src/core/flows/compare-beside.ts', source: 'src/core/flows/comparing-thread.ts' },
  { starter: 'src/core/files/second-zipper.ts', source: 'src/core/files/zipping-thread.ts' },
]

/**
 * Whoever starts a thread says where its source is; a bundle has it elsewhere.
 * @param placeOf of the bundled thread, by its name: beside the file that starts it, or as a URL
 */
export function threadsBeside(placeOf) {
  return {
    name: 'threads-beside',
    setup({ onLoad }) {
      for (const { starter, source } of THREADS)
        onLoad({ filter: new RegExp(`[\\\\/]${basename(starter)}$`) }, ({ path }) => ({
          contents: atItsPlace(readFileSync(path, 'utf8'), { source, placeOf }),
          loader: 'ts',
        }))
    },
  }
}

function atItsPlace(text, { source, placeOf }) {
  const asked = `new URL('./${basename(source)}', import.meta.url)`
  if (!text.includes(asked)) throw new Error(`who starts ${source} no longer says ${asked}`)
  return text.replace(asked, `new URL('${placeOf(basename(source, '.ts'))}', import.meta.url)`)
}

/** yargs looks for its translations beside its own file, which is no more: they are carried along in dist/locales. */
export function yargsLocales() {
  const asked = `resolve(__dirname, '../../../locales')`
  return {
    name: 'yargs-locales',
    setup({ onLoad }) {
      onLoad({ filter: /[\\/]yargs[\\/]lib[\\/]platform-shims[\\/]esm\.mjs$/ }, ({ path }) => {
        const text = readFileSync(path, 'utf8')
        if (!text.includes(asked)) throw new Error(`${path} no longer says ${asked}: where are its locales?`)
        return {
          contents: text.replace(asked, `fileURLToPath(new URL('./locales', import.meta.url))`),
          loader: 'js',
        }
      })
    },
  }
}

/**
 * string-width knows every script and emoji, and compiles its tables when it is loaded: a third of the time of `--help`. Text of
 * one column a character (ASCII and Latin without the soft hyphen) is counted without it; the first other text loads it.
 */
export function widthOnDemand(root) {
  const namespace = 'width-on-demand'
  return {
    name: namespace,
    setup({ onLoad, onResolve, resolve }) {
      onResolve({ filter: /^string-width$/ }, async ({ path, importer, resolveDir, pluginData }) => {
        if (pluginData === namespace) return undefined
        const whole = await resolve(path, {
          importer,
          resolveDir,
          kind: 'import-statement',
          pluginData: namespace,
        })
        return { path: relative(root, whole.path), namespace }
      })
      onLoad({ filter: /.*/, namespace }, ({ path }) => ({
        contents: `
          const PLAIN = /^[ -~\\u00a1-\\u00ac\\u00ae-\\u02ff]*$/
          module.exports = (text, options) =>
            typeof text === 'string' && PLAIN.test(text) ? text.length : require(${JSON.stringify(`./${path}`)}).default(text, options)`,
        resolveDir: root,
        loader: 'js',
      }))
    },
  }
}
