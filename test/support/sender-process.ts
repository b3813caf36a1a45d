/** A sender with a lock of its own, to be run as a process: `sender-process.ts DATA LOCK`. Only tests would start such a thing. */
import { join } from 'node:path'
import { smtpChannel } from '../../src/core/channels/smtp-channel.ts'
import type { Ctx } from '../../src/core/flows/ctx.ts'
import { sendDue } from '../../src/core/flows/send-due.ts'
import { openStore } from '../../src/core/store/open.ts'
import { storeCtx } from './store-ctx.ts'

// As the program itself does.
process.umask(0o077)

const [data = '', lock = ''] = process.argv.slice(2)
const store = join(data, 'store.db')
const ends: (() => unknown)[] = []
const t = { after: (end: () => unknown) => ends.push(end) } as unknown as Parameters<typeof storeCtx>[0]
const db = await openStore(store, 'existing')
const ctx: Ctx = await storeCtx(t, {
  db,
  channel: smtpChannel(),
  secrets: { seal: (_place, clear) => clear, reveal: async (_place, stored) => stored },
  folders: {
    ...{ data, store, spool: join(data, 'spool'), lock: join(data, lock) },
    settings: join(data, 'cfdi-mail.yaml'),
  },
  now: () => new Date(),
})
await sendDue(ctx, { limit: null, profile: null })
await db.destroy()
for (const end of ends) await end()
