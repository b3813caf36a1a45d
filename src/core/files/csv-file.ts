import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { resolve } from 'node:path'
import { writeCsv } from './csv.ts'
import { fileError } from './named-file.ts'

/** Spreadsheets take a file without it for Windows-1252. */
const BYTE_ORDER_MARK = '\ufeff'

/** A table as it stands in a file that spreadsheets open: with a byte order mark, no cell a formula. */
export function writeTable(headers: readonly string[], rows: readonly (readonly string[])[]): string {
  return BYTE_ORDER_MARK + writeCsv(headers, rows)
}

/**
 * Writes a table for spreadsheets, readable by its owner only. The file of that name is replaced when the new one is complete.
 * @returns its absolute path
 * @throws CANNOT_WRITE when the folder is not there, NO_ACCESS, DISK_FULL
 */
export function writeTableFile(path: string, csv: string): string {
  const file = resolve(path)
  try {
    replaceFile(file, BYTE_ORDER_MARK + csv)
    return file
  } catch (error) {
    throw fileError(path, error, 'CANNOT_WRITE')
  }
}

function replaceFile(file: string, text: string): void {
  const half = `${file}.tmp`
  const handle = openSync(half, 'w', 0o600)
  try {
    writeSync(handle, text)
    fsyncSync(handle)
  } catch (error) {
    rmSync(half, { force: true })
    throw error
  } finally {
    closeSync(handle)
  }
  renameSync(half, file)
}
