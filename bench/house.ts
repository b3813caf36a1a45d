import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Corpus } from './corpus.ts'
import { type Timed, timed } from './timed.ts'

const BIN = fileURLToPath(new URL('../bin/cfdi-mail', import.meta.url))

/** An installation of its own: data folder, settings, key. */
export interface House {
  readonly data: string
  /** Runs the program, and says what it took. */
  readonly run: (...words: readonly string[]) => Promise<Timed>
}

/** A store with the corpus as its source and its customers imported; XML without PDF may be sent. */
export async function house(folder: string, corpus: Corpus): Promise<House> {
  const made = emptyHouse(folder)
  await made.run('init', '--source', corpus.folder, '--quiet')
  await made.run('types', 'set', 'GRAL', '--pdf', 'optional', '--quiet')
  await made.run('customers', 'import', corpus.customers, '--quiet')
  return made
}

export function emptyHouse(folder: string): House {
  mkdirSync(folder, { recursive: true })
  const data = join(folder, 'data')
  const environment = { CFDI_MAIL_DATA: data, XDG_CONFIG_HOME: join(folder, 'config'), LANG: 'C' }
  return {
    data,
    run: (...words) => timed([process.execPath, BIN, ...words], { scratch: folder, environment }),
  }
}

/** Tests the server and saves it as the default profile. */
export async function saveProfile(
  { run }: House,
  { port, connections }: { readonly port: number; readonly connections: number },
): Promise<void> {
  const server = ['--host', '127.0.0.1', '--port', String(port), '--security', 'none']
  const use = ['--connections', String(connections), '--messages-per-connection', '1000', '--default']
  await run('smtp-test', ...server, '--from', 'ventas@emisor.example', ...use, '--save', 'bench', '--quiet')
}
