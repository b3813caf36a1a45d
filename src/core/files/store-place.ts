import { createHash } from 'node:crypto'
import {
  closeSync,
  constants,
  fsyncSync,
  openSync,
  readFileSync,
  realpathSync,
  statSync,
  writeSync,
} from 'node:fs'
import { join, resolve } from 'node:path'
import type { StorePlace, Witness } from '../model/store-identity.ts'

/** Name of the witness in the data folder. */
const WITNESS = 'store.id'

/** The data folder, machine and witness that are there now. A link to the folder is the folder. */
export function storePlace(data: string): StorePlace {
  return { folder: realFolder(data), machine: machineId(), witness: readWitness(join(data, WITNESS)) }
}

/**
 * Writes how far the store has come, in the same file as before, so that the file keeps its birth time.
 * @returns the file's stamp; '' when it cannot be written, which only makes a copy harder to tell
 */
export function writeWitness(data: string, { id, runs }: Pick<Witness, 'id' | 'runs'>): string {
  const file = join(data, WITNESS)
  try {
    const handle = openSync(file, constants.O_RDWR | constants.O_CREAT, 0o600)
    try {
      // Of one length and below a disk's sector: a power cut leaves the line of before or the line of now.
      writeSync(handle, `${id} ${String(runs).padStart(12, '0')}\n`, 0)
      fsyncSync(handle)
    } finally {
      closeSync(handle)
    }
    return stampOf(file)
  } catch {
    return ''
  }
}

function readWitness(file: string): Witness | null {
  try {
    const [, id = '', runs = ''] = /^(\S{1,64}) (\d{12})\n/.exec(readFileSync(file, 'utf8')) ?? []
    return id === '' ? null : { id, runs: Number(runs), stamp: stampOf(file) }
  } catch {
    return null
  }
}

/** A birth time that is the time of the last change is what systems say that know none. */
function stampOf(file: string): string {
  const { ino, birthtimeNs, ctimeNs } = statSync(file, { bigint: true })
  return `${ino}:${birthtimeNs > 0n && birthtimeNs !== ctimeNs ? birthtimeNs : 0n}`
}

function realFolder(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return resolve(path)
  }
}

/** Linux' machine-id (machine-id(5)), hashed as its manual asks. Host names change with the network, so they are no part of it. */
function machineId(): string {
  try {
    const id = readFileSync('/etc/machine-id', 'utf8').trim()
    return /^[0-9a-f]{32}$/.test(id)
      ? createHash('sha256').update(`cfdi-mail ${id}`).digest('hex').slice(0, 16)
      : ''
  } catch {
    return ''
  }
}
