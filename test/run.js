// `npm test`: builds, then runs the tests. `npm test -- unit/cfdi e2e` runs the files whose path holds one of the words;
// options such as `--test-name-pattern=451` go to Node's runner. The fault campaigns (test/faults) take minutes and run only
// when a word starts with `faults`.
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { dirname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bundleTests } from '../build/bundle-tests.js'

const TESTS = dirname(fileURLToPath(import.meta.url))
const ROOT = dirname(TESTS)

/** Settings of the tests themselves; every other CFDI_MAIL_* is of the person's own installation and stays out. */
const TEST_SETTINGS = ['CFDI_MAIL_SHARED', 'CFDI_MAIL_SYSTEM_TESTS']

/** Test files that one process runs: to start one and load the program takes longer than most of them run. */
const TOGETHER = 8

/** They start programs and wait for them, or look at the process that they are in. */
const ALONE = ['e2e/', 'faults/', 'flows/after-send.', 'flows/document-faults.', 'unit/little-memory.']

const options = process.argv.slice(2).filter((argument) => argument.startsWith('-'))
const words = process.argv.slice(2).filter((argument) => !argument.startsWith('-'))
process.exitCode = build() || (await runTests(chosenFiles()))

/** The end-to-end tests start bin/cfdi-mail, which runs dist/. */
function build() {
  return node(['build/bundle.js'])
}

async function runTests(files) {
  if (files.length === 0) {
    process.stderr.write(`No test file's path has ${words.join(' or ')} in it.\n`)
    return 1
  }
  // Some tests mostly wait, for servers and for signals: two files more than cores fill what they leave.
  const concurrency = `--test-concurrency=${availableParallelism() + 2}`
  const runner = ['--enable-source-maps', '--test', '--test-reporter=spec', concurrency]
  return node([...runner, ...options, ...(await bundleTests(processes(files)))])
}

/** Node 20's --test takes no globs, so the files are listed here. */
function chosenFiles() {
  const all = readdirSync(TESTS, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.test.ts'))
    .map((entry) => relative(TESTS, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort()
  const wantsFaults = words.some((word) => word.startsWith('faults'))
  return all
    .filter((path) => wantsFaults || !path.startsWith('faults/'))
    .filter((path) => words.length === 0 || words.some((word) => path.includes(word)))
    .map((path) => join('test', path))
}

/** The files of each process, never of two folders. Those that wait for programs come first: the others fill the time. */
function processes(files) {
  const isAlone = (file) => ALONE.some((path) => file.startsWith(join('test', path)))
  const groups = files.filter(isAlone).map((file) => [file])
  const others = files.filter((file) => !isAlone(file))
  const folderOf = (file) => file.split(sep)[1]
  for (const folder of new Set(others.map(folderOf))) {
    const its = others.filter((file) => folderOf(file) === folder)
    for (let i = 0; i < its.length; i += TOGETHER) groups.push(its.slice(i, i + TOGETHER))
  }
  return groups
}

/** Runs Node in the project's root, its output straight through; gives the exit code. */
function node(args) {
  const { status, error } = spawnSync(process.execPath, args, {
    cwd: ROOT,
    env: environment(),
    stdio: 'inherit',
  })
  if (error !== undefined) throw error
  return status ?? 1
}

function environment() {
  const entries = Object.entries(process.env)
  return {
    ...Object.fromEntries(
      entries.filter(([name]) => !name.startsWith('CFDI_MAIL_') || TEST_SETTINGS.includes(name)),
    ),
    CFDI_MAIL_NEW_STORE: join(ROOT, '.tests', 'new-store.db'),
  }
}
