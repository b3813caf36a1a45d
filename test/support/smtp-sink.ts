/** Postfix's smtp-sink: a server that nobody here wrote, and that misbehaves on demand. */
import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { TestContext } from 'node:test'
import { answers, freePort } from './ports.ts'
import { program } from './programs.ts'
import { tempFolder } from './temp.ts'

export interface SmtpSink {
  readonly port: number
  /** What it kept of each message that it took, its own lines of envelope in front. */
  readonly messages: () => string[]
}

/** Starts it with options of its manual, such as `-q .`; it goes when the test ends. */
export async function smtpSink(t: TestContext, options: readonly string[]): Promise<SmtpSink> {
  const folder = join(tempFolder(t), 'taken')
  mkdirSync(folder)
  // As root it becomes nobody, who then writes into the folder that it was started in.
  chmodSync(folder, 0o777)
  const port = await freePort()
  const user = process.getuid?.() === 0 ? ['-u', 'nobody'] : []
  const words = [...user, '-d', '%M.', ...options, `127.0.0.1:${port}`, '10']
  const child = spawn(program('smtp-sink').path, words, { cwd: folder, stdio: 'ignore' })
  t.after(() => child.kill('SIGKILL'))
  await listening(child, port)
  return {
    port,
    messages: () => readdirSync(folder).map((name) => readFileSync(join(folder, name), 'latin1')),
  }
}

/** Waits until it takes connections. */
export async function listening(child: ChildProcess, port: number): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (child.exitCode !== null) throw new Error(`smtp-sink ended with ${child.exitCode}`)
    if (await answers(port)) return
    await sleep(25)
  }
  throw new Error('smtp-sink does not listen')
}
