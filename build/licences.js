// The licences of the packages that are inside the bundle: most ask that their text goes where their code goes.
import { readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'

/** `node_modules/a/node_modules/@b/c/lib/x.js` → the folder of the package that the file is of. */
const PACKAGE_FOLDER = /^(node_modules\/(?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+)\//
const LICENCE_FILE = /^(licen[cs]e|copying|notice)([-.].*)?$/i

/**
 * The packages that the bundled files are of, by name and version.
 * @param inputs paths below the root, as esbuild's metafile has them
 */
export function bundledPackages(root, inputs) {
  const folders = new Set(
    inputs.flatMap((path) => {
      const folder = PACKAGE_FOLDER.exec(path.replaceAll('\\', '/'))?.[1]
      return folder === undefined ? [] : [folder]
    }),
  )
  const packages = new Map(
    [...folders].map((folder) => readPackage(root, folder)).map((read) => [read.title, read]),
  )
  return [...packages.values()].sort((a, b) => compare(a.title, b.title))
}

/** One text with all licences, each once, under the packages that it is of. */
export function licenceTexts(packages) {
  const byText = new Map()
  for (const { title, text } of packages) byText.set(text, [...(byText.get(text) ?? []), title])
  const parts = [...byText].map(([text, titles]) => `${titles.join('\n')}\n\n${text}`)
  return `The program contains these packages.\n\n${parts.join(`\n\n${'-'.repeat(78)}\n\n`)}\n`
}

function readPackage(root, folder) {
  const { name, version, license, author } = JSON.parse(
    readFileSync(join(root, folder, 'package.json'), 'utf8'),
  )
  const title = `${name} ${version} (${license})`
  const files = readdirSync(join(root, folder)).filter((file) => LICENCE_FILE.test(file))
  const texts = files.map((file) => readFileSync(join(root, folder, file), 'utf8').trim())
  if (license === undefined) throw new Error(`${posix.join(folder, 'package.json')} names no licence`)
  return {
    title,
    text: texts.length > 0 ? texts.join('\n\n') : `${license}, ${author?.name ?? author ?? name}`,
  }
}

function compare(a, b) {
  return a < b ? -1 : a > b ? 1 : 0
}
