// What a library does for itself where it is installed, and what a bundle has to do for it.
import { readFileSync } from 'node:fs'
import { relative } from 'node:path'

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
