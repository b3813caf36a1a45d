/** What the tests of limits and plans have in common. */
import type { TestContext } from 'node:test'
import type { Ctx } from '../../src/core/flows/ctx.ts'
import type { SmtpProfile } from '../../src/core/model/profile.ts'
import { listOrders } from '../../src/core/store/orders.ts'
import { saveProfile } from '../../src/core/store/profiles.ts'
import { makeViewContext } from '../../src/ui/view-context.ts'
import { viewOf } from '../../src/ui/views/index.ts'
import { packageDocuments, URE } from './ctx.ts'
import { smtpProfile } from './profiles.ts'

export const SEND = { limit: null, profile: null }
export const DAY_MINUTES = 24 * 60

/** Makes a profile for a server on this machine the default one. */
export async function profileFor(ctx: Ctx, port: number, changes: Partial<SmtpProfile> = {}): Promise<void> {
  const profile = { ...smtpProfile({ name: 'oficina', port, ...changes }), hold: null, testedAt: null }
  await saveProfile(ctx.db, profile, ctx.now().toISOString())
}

/** Invoices of the one customer, each to its two addresses. */
export async function invoices(t: TestContext, ctx: Ctx, count: number): Promise<void> {
  const folios = Array.from({ length: count }, (_, i) => String(i + 1))
  await packageDocuments(
    t,
    ctx,
    folios.map((folio) => ({ series: 'A', folio, issuedAt: '2024-05-20T09:00:00', receiverRfc: URE.rfc })),
  )
}

/** How many deliveries are in each state. */
export async function statesOf(ctx: Ctx): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const { deliveries } of await listOrders(ctx.db, {}))
    for (const { state } of deliveries) counts[state] = (counts[state] ?? 0) + 1
  return counts
}

/** What a person reads, in 80 columns. */
export const shown = (result: Parameters<typeof viewOf>[0], language: 'es' | 'en' = 'es') =>
  viewOf(result, makeViewContext({ language, width: 80, color: 'off', verbosity: 'normal' }))
