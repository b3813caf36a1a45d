import type { NoticesResult } from '../model/results/store.ts'
import { listNotices } from '../store/notices.ts'
import type { Ctx } from './ctx.ts'

/** The digests for the administrator, which no other list shows. */
export async function showNotices(ctx: Ctx): Promise<NoticesResult> {
  return { kind: 'notices', notices: await listNotices(ctx.db) }
}
