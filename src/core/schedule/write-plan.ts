import { mkdirSync, writeFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { CfdiMailError } from '../model/errors.ts'
import type { ScheduleFile } from '../model/schedule.ts'
import { utf16 } from './windows-task.ts'

/**
 * Writes the files of a plan into a folder of the caller's, where no scheduler looks.
 * @returns them with their absolute paths
 * @throws NO_ACCESS
 */
export function writePlan(files: readonly ScheduleFile[], folder: string): ScheduleFile[] {
  return files.map(({ path, text }) => {
    const file = join(resolve(folder), basename(path))
    try {
      mkdirSync(resolve(folder), { recursive: true })
      writeFileSync(file, file.endsWith('.xml') ? utf16(text) : text)
    } catch (error) {
      throw new CfdiMailError('NO_ACCESS', { file }, { cause: error })
    }
    return { path: file, text }
  })
}
