import { readReturnedMail } from '../bounces/read-report.ts'
import type { BouncesReadResult, BounceTotals, BounceView } from '../model/results/bounces.ts'
import { applyEvidence, type Applied, applyWaiting, isKnownMail } from '../store/bounces.ts'
import type { Ctx } from './ctx.ts'
import { evidenceIn } from './bounces-evidence.ts'

/** Takes returned mails one by one and keeps the account of them. */
export interface BounceReader {
  /** @param raw the mail, or its beginning */
  take(raw: Buffer): Promise<void>
  /** What came of evidence from elsewhere. */
  add(applied: Applied): void
  result(mailbox: BouncesReadResult['mailbox']): BouncesReadResult
}

/** Begins with what waited for a delivery to be settled. */
export async function bounceReader(ctx: Ctx): Promise<BounceReader> {
  const totals = { read: 0, matched: 0, repeated: 0, unmatched: 0, autoReplies: 0, others: 0 }
  const bounces: BounceView[] = []
  const quarantined: string[] = []
  const add = (applied: Applied) => {
    bounces.push(...applied.bounces)
    quarantined.push(...applied.quarantined)
  }
  add(await applyWaiting(ctx.db, ctx.now()))
  return {
    async take(raw) {
      totals.read++
      totals[await sortOut(ctx, raw, add)]++
    },
    add,
    result: (mailbox) => resultOf({ totals, bounces, quarantined, mailbox }),
  }
}

/** @returns what the mail counts as */
async function sortOut(
  ctx: Ctx,
  raw: Buffer,
  add: (applied: Applied) => void,
): Promise<Exclude<keyof BounceTotals, 'read'>> {
  const mail = await readReturnedMail(raw)
  if (mail.sort === 'auto-reply') return 'autoReplies'
  if (mail.sort === 'other') return 'others'
  if (await isKnownMail(ctx.db, mail.hash)) return 'repeated'
  const evidence = await evidenceIn(ctx.db, mail)
  if (evidence === null) return 'unmatched'
  add(await applyEvidence(ctx.db, evidence, ctx.now()))
  return 'matched'
}

function resultOf(found: Omit<BouncesReadResult, 'kind' | 'needsPerson'>): BouncesReadResult {
  const isBad = ({ verdict, effect }: BounceView) =>
    verdict === 'soft' || (verdict === 'bounced' && effect === 'changed')
  const needsPerson = found.quarantined.length > 0 || found.bounces.some(isBad)
  return { kind: 'bounces-read', needsPerson, ...found }
}
