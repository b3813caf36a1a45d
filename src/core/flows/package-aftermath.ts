import { HARMLESS_REASONS } from '../model/document-reason.ts'
import type { PackagedDocument, PackagedResult } from '../model/results/packaged.ts'
import { logRejected } from '../store/rejected-documents.ts'
import type { Ctx } from './ctx.ts'
import { sendNoticeApart } from './send-notice.ts'

/** What is left to do after packaging: the log learns which documents cannot leave, and the administrator what needs a person. */
export async function afterPackaging(ctx: Ctx, { dryRun, documents }: PackagedResult): Promise<void> {
  if (dryRun) return
  await logRefused(ctx, documents)
  await sendNoticeApart(ctx)
}

/** Documents that cannot leave go into the log, each once for the same reason. */
export async function logRefused(ctx: Ctx, documents: readonly PackagedDocument[]): Promise<void> {
  const rejected = documents.flatMap((document) => {
    const { result, reason } = document
    if (result !== 'rejected' || reason === null || HARMLESS_REASONS.includes(reason)) return []
    return [{ ...document, reason }]
  })
  await logRejected(ctx.db, rejected, ctx.now().toISOString())
}
