import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { freePort } from '../test/support/ports.ts'
import { listening } from '../test/support/smtp-sink.ts'
import { needed } from './needed.ts'

export interface BenchServer {
  readonly port: number
  stop(): void
}

/** Postfix's smtp-sink, which throws away what it takes. */
export async function sink(): Promise<BenchServer> {
  const user = process.getuid?.() === 0 ? ['-u', 'nobody'] : []
  return await start((port) => [needed('smtp-sink'), ...user, '-c', `127.0.0.1:${port}`, '100'])
}

/** A server that answers after so many milliseconds, like a relay over the Internet. */
export async function slow(ms: number): Promise<BenchServer> {
  const script = fileURLToPath(new URL('programs/slow-server.js', import.meta.url))
  return await start((port) => [process.execPath, script, String(port), String(ms)])
}

async function start(words: (port: number) => readonly string[]): Promise<BenchServer> {
  const port = await freePort()
  const [file = '', ...rest] = words(port)
  const child: ChildProcess = spawn(file, rest, { stdio: 'ignore' })
  await listening(child, port)
  return { port, stop: () => child.kill('SIGKILL') }
}
