import { createReadStream, type Dirent } from 'node:fs'
import { open, opendir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { CfdiMailError } from '../model/errors.ts'
import { splitMbox } from './mbox.ts'
import { LARGEST_MAIL } from './read-report.ts'

/** A mail as it lies in a file. */
export interface StoredMail {
  /** Where it is, for people. */
  readonly source: string
  /** Its first 512 KiB. */
  readonly raw: Buffer
}

/**
 * Every mail of a path, one at a time: a message file, an mbox (it begins with `From `), a Maildir (its `new` and `cur`), or a
 * folder of message files. What is in folders below is not looked at.
 * @throws FILE_NOT_FOUND, NO_ACCESS
 */
export async function* readMailFiles(path: string): AsyncGenerator<StoredMail> {
  try {
    const facts = await stat(path)
    if (facts.isDirectory()) yield* readFolder(path)
    else yield* readMailFile(path)
  } catch (error) {
    throw fileError(path, error)
  }
}

async function* readFolder(folder: string): AsyncGenerator<StoredMail> {
  const entries: Dirent[] = []
  for await (const entry of await opendir(folder)) {
    if (entry.isFile() || isMaildirPart(entry)) entries.push(entry)
  }
  const parts = entries.filter(isMaildirPart)
  if (parts.length > 0) {
    for (const part of parts) yield* readMessages(join(folder, part.name))
    return
  }
  for (const { name } of entries.filter(isMessageFile).sort(byName)) {
    yield* readMailFile(join(folder, name))
  }
}

/** `tmp` holds what is not written to its end yet. */
function isMaildirPart(entry: Dirent): boolean {
  return entry.isDirectory() && (entry.name === 'new' || entry.name === 'cur')
}

function isMessageFile({ name }: Dirent): boolean {
  return /\.(?:eml|mbox|txt)$/i.test(name)
}

function byName(a: Dirent, b: Dirent): number {
  return a.name < b.name ? -1 : 1
}

async function* readMessages(folder: string): AsyncGenerator<StoredMail> {
  for await (const entry of await opendir(folder)) {
    if (!entry.isFile() || entry.name.startsWith('.')) continue
    const source = join(folder, entry.name)
    yield { source, raw: await readStart(source) }
  }
}

async function* readMailFile(path: string): AsyncGenerator<StoredMail> {
  const raw = await readStart(path)
  if (raw.subarray(0, 5).toString('latin1') !== 'From ') {
    yield { source: path, raw }
    return
  }
  let count = 0
  for await (const message of splitMbox(createReadStream(path), LARGEST_MAIL)) {
    count++
    yield { source: `${path}:${count}`, raw: message }
  }
}

async function readStart(path: string): Promise<Buffer> {
  const file = await open(path, 'r')
  try {
    const buffer = Buffer.alloc(Math.min(LARGEST_MAIL, (await file.stat()).size))
    let filled = 0
    while (filled < buffer.length) {
      const { bytesRead } = await file.read(buffer, filled, buffer.length - filled, filled)
      if (bytesRead === 0) break
      filled += bytesRead
    }
    return buffer.subarray(0, filled)
  } finally {
    await file.close()
  }
}

function fileError(path: string, error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : ''
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new CfdiMailError('FILE_NOT_FOUND', { path }, { cause: error })
  }
  if (code === 'EACCES' || code === 'EPERM') {
    return new CfdiMailError('NO_ACCESS', { file: path }, { cause: error })
  }
  return error
}
