import { main } from './cli/main.ts'

process.umask(0o077)
// A closed pipe (`| head`) is the reader's choice: the code says what a program killed by SIGPIPE would.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exitCode = 141
})

const code = await main(process)
process.exitCode ??= code
