import { headOf, isWhole } from '../model/audit.ts'
import { CfdiMailError } from '../model/errors.ts'
import type { AuditResult } from '../model/results/evidence.ts'
import { verifyChain } from '../store/event-chain.ts'
import type { Ctx } from './ctx.ts'

/**
 * Proves that no event was changed, taken out, put in or moved. That the last ones were cut off shows only against a head that
 * was kept elsewhere.
 * @param head such a head, or null
 * @throws BAD_HEAD when it is not 64 hex digits
 */
export async function verifyAudit(
  ctx: Ctx,
  { head }: { readonly head: string | null },
): Promise<AuditResult> {
  const wanted = head === null ? null : headOf(head)
  if (head !== null && wanted === null) throw new CfdiMailError('BAD_HEAD', { value: head })
  const check = await verifyChain(ctx.db, wanted)
  const whole = isWhole(check)
  return { kind: 'audit', whole, ...check, needsPerson: !whole }
}
