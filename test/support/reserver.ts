/**
 * A process that takes places in a profile's ledger as fast as it can until none is left. Arguments: store file, places that
 * a minute has. Prints how many it got.
 */
import { openStore } from '../../src/core/store/open.ts'
import { reserveUse } from '../../src/core/store/quota.ts'

const [file = '', perMinute = ''] = process.argv.slice(2)
const db = await openStore(file, 'existing')
const profile = { name: 'oficina', perMinute: Number(perMinute), perDay: null }
const now = new Date('2024-06-01T12:00:00Z')
let granted = 0
while (
  (await reserveUse(db, { profile, order: 'x', recipients: 1, token: String(process.pid), now })).granted
)
  granted++
process.stdout.write(String(granted))
await db.destroy()
