import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { asksTrace } from './cli/common-flags.ts'
import { keepCompiled } from './cli/compiled-cache.ts'
import { asksVersion, version } from './cli/version.ts'

process.umask(0o077)
// A closed pipe (`| head`) is the reader's choice: the code says what a program killed by SIGPIPE would.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exitCode = 141
})

const words = process.argv.slice(2)
if (asksVersion(words)) process.stdout.write(`${version()}\n`)
else void run()

async function run(): Promise<void> {
  const save = prepare()
  const { main } = await import('./cli/main.ts')
  const { EXIT } = await import('./ui/exit-codes.ts')
  const code = await main(process)
  // A mistyped command would leave a file for ever.
  if (code !== EXIT.usage) save()
  process.exitCode ??= code
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
