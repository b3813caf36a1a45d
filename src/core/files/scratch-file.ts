import { closeSync, fstatSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { randomUUID } from 'node:crypto'

/** A file without a name, which nobody else can open and which is gone with the process, or with whoever held it. */
export interface ScratchFile {
  /** Appends. @returns where it begins, bytes from the start. @throws what the system says: without room, ENOSPC */
  write(bytes: Uint8Array): number
  /** Fills the room with what lies there. @throws what the system says; when the file ends before */
  read(at: number, room: Uint8Array): void
}

/** Files whose holders went before the process ends. */
const abandoned = new FinalizationRegistry<number>((file) => {
  closeSync(file)
})

/** @returns null where none can be had: no room, no folder for it, or a system that keeps the names of open files */
export function scratchFile(folder: string = tmpdir()): ScratchFile | null {
  const file = openNameless(join(folder, `cfdi-mail-${randomUUID()}`))
  if (file === null) return null
  // Held by whoever can still read: when nobody is left it is closed.
  const open = { file }
  abandoned.register(open, file)
  return {
    write(bytes) {
      const { file } = open
      const at = fstatSync(file).size
      for (let done = 0; done < bytes.length;)
        done += writeSync(file, bytes, done, bytes.length - done, at + done)
      return at
    },
    read(at, room) {
      const { length } = room
      for (let done = 0; done < length;) {
        const read = readSync(open.file, room, done, length - done, at + done)
        if (read === 0) throw new Error(`the scratch file ends before ${at + length}`)
        done += read
      }
    },
  }
}

function openNameless(path: string): number | null {
  let file: number | null = null
  try {
    file = openSync(path, 'wx+', 0o600)
    unlinkSync(path)
    return file
  } catch {
    if (file !== null) closeSync(file)
    return null
  }
}
