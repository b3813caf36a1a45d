import { readTextFile } from '../files/text-file.ts'
import { CfdiMailError } from '../model/errors.ts'
import { holdReason } from '../model/profile.ts'
import type { StatusesReadResult } from '../model/results/statuses.ts'
import { sharedScope, whatsappRule } from '../model/whatsapp-rules.ts'
import { STATUS_VERDICTS, statusesIn, type WhatsAppStatus } from '../model/whatsapp-status.ts'
import { applyEvidence } from '../store/bounces.ts'
import { holdProfile } from '../store/profiles.ts'
import { deliveryTold } from '../store/whatsapp-deliveries.ts'
import { listWhatsAppProfiles } from '../store/whatsapp-profiles.ts'
import type { Ctx } from './ctx.ts'
import { queueFallbacks } from './queue-fallbacks.ts'

/**
 * Reads statuses out of a file: a webhook body, or one a line.
 * @throws FILE_NOT_FOUND, NO_ACCESS; NO_STATUSES when there is none in it, which is another file than was meant
 */
export async function importStatuses(ctx: Ctx, path: string): Promise<StatusesReadResult> {
  const text = readTextFile(path)
  const whole = statusesIn(text)
  const statuses = whole.length > 0 ? whole : text.split('\n').flatMap(statusesIn)
  if (statuses.length === 0) throw new CfdiMailError('NO_STATUSES', { path })
  return await takeStatuses(ctx, statuses)
}

/**
 * Notes what became of messages, as evidence like returned mail: a state only moves forward, a status that was noted before
 * does nothing, and one that comes while its message is still in hand waits. What failed for the account's own sake holds the
 * profile; what did not reach a customer goes the other way where the customer has one.
 */
export async function takeStatuses(ctx: Ctx, read: readonly WhatsAppStatus[]): Promise<StatusesReadResult> {
  const statuses: StatusesReadResult['statuses'][number][] = []
  const held = new Set<string>()
  let unmatched = 0
  for (const status of read) {
    const delivery = await deliveryTold(ctx.db, status)
    if (delivery === undefined) {
      unmatched++
      continue
    }
    const evidence = {
      ...{ hash: `whatsapp:${status.wamid}:${status.status}`, position: 0, ...delivery },
      ...{ verdict: STATUS_VERDICTS[status.status], proof: 'whatsapp' as const },
      ...{ status: status.code === 0 ? '' : String(status.code), diagnostic: status.words },
    }
    const { bounces } = await applyEvidence(ctx.db, [evidence], ctx.now())
    statuses.push(...bounces)
    if (bounces.length > 0) for (const name of await holdFor(ctx, status)) held.add(name)
  }
  const fallbacks = (await queueFallbacks(ctx)).map(({ order }) => order)
  const failed = statuses.some(({ verdict, effect }) => verdict === 'bounced' && effect === 'changed')
  const matched = statuses.length
  return {
    kind: 'statuses-read',
    needsPerson: failed || held.size > 0,
    totals: { read: read.length, matched, repeated: read.length - matched - unmatched, unmatched },
    statuses,
    heldProfiles: [...held],
    fallbacks,
  }
}

/** A failure that every other message would meet: Meta took the message and found out later. */
async function holdFor(ctx: Ctx, { status, code, words, phoneId }: WhatsAppStatus): Promise<string[]> {
  const { scope, cause } = whatsappRule(code, 0)
  if (status !== 'failed' || code === 0 || cause === undefined || sharedScope(scope) !== 'profile') return []
  const profiles = (await listWhatsAppProfiles(ctx.db)).filter((profile) => profile.phoneId === phoneId)
  const hold = { at: ctx.now().toISOString(), reason: holdReason(cause, words), until: null, strikes: 0 }
  for (const { name } of profiles) await holdProfile(ctx.db, name, hold)
  return profiles.map(({ name }) => name)
}
