import { builtInAddenda } from '../message/built-in-addendas.ts'
import { CfdiMailError } from '../model/errors.ts'
import { findStoredAddenda } from '../store/addendas.ts'
import type { Db } from '../store/schema.ts'

export interface ResolvedAddenda {
  readonly name: string
  readonly origin: 'built-in' | 'changed' | 'custom'
  readonly body: string
}

/** The stored template of that name, else the built-in one, else undefined. */
export async function findAddenda(db: Db, name: string): Promise<ResolvedAddenda | undefined> {
  const stored = await findStoredAddenda(db, name)
  const builtIn = builtInAddenda(name)
  if (stored !== undefined) return { ...stored, origin: builtIn === undefined ? 'custom' : 'changed' }
  return builtIn === undefined ? undefined : { name, origin: 'built-in', body: builtIn }
}

/** @throws ADDENDA_NOT_FOUND */
export async function existingAddenda(db: Db, typed: string): Promise<ResolvedAddenda> {
  const name = typed.trim().toLowerCase()
  const found = await findAddenda(db, name)
  if (found === undefined) throw new CfdiMailError('ADDENDA_NOT_FOUND', { name: typed })
  return found
}
