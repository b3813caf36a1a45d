import { asksTrace } from './cli/common-flags.ts'
import { asksVersion, version } from './cli/version.ts'

process.umask(0o077)
// A closed pipe (`| head`) is the reader's choice: the code says what a program killed by SIGPIPE would.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exitCode = 141
})

const words = process.argv.slice(2)
if (asksVersion(words)) process.stdout.write(`${version()}\n`)
else {
  // Before what it is about is loaded; it costs time, so only where a trace may be shown.
  if (asksTrace(words)) process.setSourceMapsEnabled(true)
  const { main } = await import('./cli/main.ts')
  const code = await main(process)
  process.exitCode ??= code
}
