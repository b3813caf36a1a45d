/**
 * A process that sends like cron does, again and again and a few messages at a time, with a clock that runs sixty times as
 * fast: a minute of the limits is a second of the test. Arguments: data folder, start of the clock (ms), messages a run.
 */
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { TestContext } from 'node:test'
import { smtpChannel } from '../../src/core/channels/smtp-channel.ts'
import { sendDue } from '../../src/core/flows/send-due.ts'
import { CfdiMailError } from '../../src/core/model/errors.ts'
import { keyFileSecrets } from '../../src/core/secrets/key-file.ts'
import { openStore } from '../../src/core/store/open.ts'
import { storeCtx } from './store-ctx.ts'

const SPEED = 60
const [data = '', start = '', limit = ''] = process.argv.slice(2)

// The context closes its store with a test; here the end of the process does.
const process_ = { after: () => undefined } as unknown as TestContext
const ctx = await storeCtx(process_, {
  db: await openStore(join(data, 'store.db'), 'existing'),
  folders: {
    ...{ data, store: join(data, 'store.db'), spool: join(data, 'spool') },
    ...{ lock: join(data, 'send.lock'), settings: join(data, 'settings.yaml') },
  },
  channel: smtpChannel(),
  secrets: keyFileSecrets({ env: {}, home: data }),
  now: () => new Date(Number(start) + (Date.now() - Number(start)) * SPEED),
  sleep: (ms) => sleep(ms / SPEED),
})
for (let waiting = 1; waiting > 0;) {
  try {
    waiting = (await sendDue(ctx, { limit: Number(limit), profile: null })).waiting
  } catch (error) {
    if (!(error instanceof CfdiMailError) || error.code !== 'SEND_RUNNING') throw error
  }
  await sleep(5)
}
