import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { needed } from './needed.ts'

/** What one run of a program took. */
export interface Timed {
  readonly ms: number
  /** Resident at its peak, MB (1,000,000 bytes). */
  readonly peakMb: number
  readonly stdout: string
}

export interface RunOptions {
  /** Where the figures of /usr/bin/time are put down. */
  readonly scratch: string
  readonly environment?: Readonly<Record<string, string>>
  readonly cwd?: string
}

/**
 * Runs a program to its end, under GNU time for its peak of memory.
 * @throws when it ends with another code than 0 or 1 (1: something needs a person)
 */
export async function timed(words: readonly string[], options: RunOptions): Promise<Timed> {
  const figures = join(options.scratch, 'time.txt')
  const { NODE_EXTRA_CA_CERTS: _, ...own } = process.env
  const started = performance.now()
  const child = spawn(needed('time'), ['-f', '%M', '-o', figures, ...words], {
    env: { ...own, ...options.environment },
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const output = { stdout: '', stderr: '' }
  child.stdout.on('data', (chunk: Buffer) => (output.stdout += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (output.stderr += chunk.toString()))
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  const ms = performance.now() - started
  if (code !== 0 && code !== 1) throw new Error(`${words.slice(0, 6).join(' ')}: ${code} ${output.stderr}`)
  const peakKb = Number(readFileSync(figures, 'utf8').trim().split('\n').at(-1))
  return { ms, peakMb: (peakKb * 1024) / 1e6, stdout: output.stdout }
}
