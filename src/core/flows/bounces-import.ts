import { readMailFiles } from '../bounces/mail-files.ts'
import type { BouncesReadResult } from '../model/results/bounces.ts'
import type { Ctx } from './ctx.ts'
import { bounceReader } from './bounces-read.ts'

/**
 * Reads returned mail from files: message files, mbox files, Maildirs, folders of message files. The same mail counts once,
 * however often it is given.
 * @throws FILE_NOT_FOUND, NO_ACCESS
 */
export async function importBounces(ctx: Ctx, paths: readonly string[]): Promise<BouncesReadResult> {
  const reader = await bounceReader(ctx)
  for (const path of paths) {
    for await (const { raw } of readMailFiles(path)) {
      if (ctx.signal.aborted) break
      await reader.take(raw)
    }
  }
  return reader.result(null)
}
