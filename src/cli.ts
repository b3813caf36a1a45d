import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { asksTrace } from './cli/common-flags.ts'
import { keepCompiled } from './cli/compiled-cache.ts'
import { asksVersion, version } from './cli/version.ts'
import { writeWhole } from './cli/whole-output.ts'

process.umask(0o077)
writeWhole(process)
let unwritten: number | undefined
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (unwritten !== undefined) return
  // A closed pipe (`| head`) is the reader's choice: the code says what a program killed by SIGPIPE would. 74 is EX_IOERR.
  process.exitCode = unwritten = error.code === 'EPIPE' ? 141 : 74
  if (error.code !== 'EPIPE') void sayUnwritten(error)
})

const words = process.argv.slice(2)
if (asksVersion(words)) process.stdout.write(`${version()}\n`)
else void run()

async function run(): Promise<void> {
  // Nobody is left to be told, and the store has all that matters.
  process.stderr.on('error', () => undefined)
  const save = prepare()
  const { main } = await import('./cli/main.ts')
  const { EXIT } = await import('./ui/exit-codes.ts')
  const code = await main(process)
  // A mistyped command would leave a file for ever.
  if (code !== EXIT.usage) save()
  process.exitCode = unwritten ?? code
  if (code === 129) (await import('./cli/signals.ts')).endAs(process, code)
}

/** A full disk under the output is told as any error is; the run finishes what it has in hand. */
async function sayUnwritten(error: NodeJS.ErrnoException): Promise<void> {
  const { unwrittenText } = await import('./cli/unwritten.ts')
  process.stderr.write(unwrittenText(process, error))
}

/** Before what it is about is loaded. Positions for a trace cost time, and only the loader's own compiling knows them. */
function prepare(): () => void {
  if (!asksTrace(words)) {
    const home = dirname(fileURLToPath(import.meta.url))
    return keepCompiled(process, { home, word: words[0] ?? '' })
  }
  process.setSourceMapsEnabled(true)
  return () => undefined
}
