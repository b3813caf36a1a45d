import type { BounceProof, BounceVerdict } from '../model/bounce.ts'
import type { BounceEffect, BounceView } from '../model/results/bounces.ts'
import type { Row } from './schema.ts'

/** Evidence about one recipient of one order, out of one mail. */
export interface Evidence {
  readonly hash: string
  /** Its place among the recipients of that mail. */
  readonly position: number
  readonly order: string
  /** As the order has it; '' for nobody of the order. */
  readonly recipient: string
  readonly verdict: BounceVerdict
  readonly proof: BounceProof
  readonly status: string
  readonly diagnostic: string
}

export function toEvidence(row: Row<'bounce'>): Evidence {
  const { hash, position, recipient, status, diagnostic } = row
  const verdict = row.verdict as BounceVerdict
  return {
    ...{ hash, position, recipient, status, diagnostic, verdict },
    order: row.order_id,
    proof: row.proof as BounceProof,
  }
}

export function effectOf(row: Row<'bounce'>): BounceEffect {
  return row.effect as BounceEffect
}

export function bounceView({ hash: _hash, position: _position, ...view }: Evidence & BounceView): BounceView {
  return view
}
