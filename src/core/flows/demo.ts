import { join } from 'node:path'
import { DEMO_CUSTOMERS, DEMO_SOURCE } from '../demo/fixtures.ts'
import { type MailTrap, startMailTrap } from '../demo/mail-trap.ts'
import { GRAL } from '../model/packaging-type.ts'
import { ALWAYS } from '../model/period.ts'
import { DEFAULT_LIMITS } from '../model/limits.ts'
import type { StoredProfile } from '../model/profile.ts'
import type { DemoResult } from '../model/results/house.ts'
import { listOrders } from '../store/orders.ts'
import { savePackagingType } from '../store/packaging-types.ts'
import { saveProfile } from '../store/profiles.ts'
import type { Ctx } from './ctx.ts'
import { importCustomers } from './customer-import.ts'
import { packageCfdis } from './package-cfdis.ts'
import { sendDue } from './send-due.ts'

/**
 * The whole job on the bundled documents: customers, packaging, sending to a mail server on this machine. Touches nothing but
 * its own temporary folder, which stays so that the messages can be opened.
 */
export async function demo(ctx: Ctx): Promise<DemoResult> {
  const trap = await startMailTrap(join(ctx.folders.data, 'messages'))
  try {
    await savePackagingType(ctx.db, { ...GRAL, pdf: 'optional' })
    await saveProfile(ctx.db, demoProfile(trap.port), ctx.now().toISOString())
    await importCustomers(ctx, {
      file: DEMO_CUSTOMERS,
      folders: undefined,
      update: undefined,
      dryRun: undefined,
    })
    const packaged = await packageCfdis(ctx, {
      clients: [],
      period: ALWAYS,
      kinds: null,
      type: null,
      sources: [DEMO_SOURCE],
      grouping: null,
      packing: null,
      scope: 'all',
      repetition: 'once',
      reason: null,
      mode: 'write',
    })
    const { totals } = await sendDue(ctx, { limit: null, profile: null })
    return {
      kind: 'demo',
      folder: ctx.folders.data,
      packaged: packaged.orders.length,
      sent: totals.sent,
      messages: await arrived(ctx, trap),
    }
  } finally {
    await trap.close()
  }
}

function demoProfile(port: number): StoredProfile {
  return {
    name: 'demo',
    host: '127.0.0.1',
    port,
    security: 'none',
    user: '',
    secret: '',
    from: 'facturas@example.com',
    fromName: '',
    replyTo: '',
    isDefault: true,
    modules: [],
    connections: 2,
    messagesPerConnection: 50,
    pin: '',
    caFile: '',
    ...DEFAULT_LIMITS,
    hold: null,
    testedAt: null,
  }
}

/** What the trap holds, in the words of the orders. */
async function arrived(ctx: Ctx, trap: MailTrap): Promise<DemoResult['messages']> {
  const orders = new Map((await listOrders(ctx.db, {})).map((order) => [order.messageId, order]))
  return trap.messages.map(({ messageId, to, file }) => {
    const order = orders.get(messageId)
    return {
      to,
      subject: order?.subject ?? '',
      attachments: order?.attachments.map(({ name }) => name) ?? [],
      file,
    }
  })
}
