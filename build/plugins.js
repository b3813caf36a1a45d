// What a library does for itself where it is installed, and what a bundle has to do for it.
import { readFileSync } from 'node:fs'
import { relative } from 'node:path'

/** A thread is started from a file of its own: an entry of the bundle, as the program is. */
export const READING_THREAD = 'src/core/cfdi/reading-thread.ts'

/** Whoever starts the thread says where its source is; a bundle has it elsewhere. */
export function threadBeside(place) {
  return {
    name: 'thread-beside',
    setup({ onLoad }) {
      onLoad({ filter: /[\\/]second-reader\.ts$/ }, ({ path }) => ({
        contents: atItsPlace(readFileSync(path, 'utf8'), place),
        loader: 'ts',
      }))
    },
  }
}

/** @param place of the bundled thread, beside the file that starts it or as a URL */
export function atItsPlace(text, place) {
  const asked = `new URL('./reading-thread.ts', import.meta.url)`
  if (!text.includes(asked)) throw new Error(`second-reader.ts no longer says ${asked}`)
  return text.replace(asked, `new URL('${place}', import.meta.url)`)
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
