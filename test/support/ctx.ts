/** A flow's context with nothing of it made up: a store in memory, folders of its own, real channel and secrets, a clock to turn. */
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { smtpChannel } from '../../src/core/channels/smtp-channel.ts'
import { whatsappChannel } from '../../src/core/channels/whatsapp-channel.ts'
import type { Ctx } from '../../src/core/flows/ctx.ts'
import { packageCfdis } from '../../src/core/flows/package-cfdis.ts'
import type { Customer } from '../../src/core/model/customer.ts'
import { ALWAYS } from '../../src/core/model/period.ts'
import type { SmtpProfile } from '../../src/core/model/profile.ts'
import type { PackagedOrder } from '../../src/core/model/results/packaged.ts'
import { keyFiles } from '../../src/core/secrets/key-change.ts'
import { keyFileSecrets } from '../../src/core/secrets/key-file.ts'
import { saveCustomer } from '../../src/core/store/customers.ts'
import { saveProfile } from '../../src/core/store/profiles.ts'
import type { WhatsAppProfile } from '../../src/core/model/whatsapp-profile.ts'
import { saveWhatsAppProfile } from '../../src/core/store/whatsapp-profiles.ts'
import { type CfdiOptions, makePdf, writeErpFolder } from './cfdi-factory.ts'
import { GRAPH } from './graph-api.ts'
import { smtpProfile, whatsappProfile } from './profiles.ts'
import { storeCtx } from './store-ctx.ts'
import { tempFolder } from './temp.ts'

export const START = new Date('2024-06-01T12:00:00Z')

/** The customer of the documents that `makeCfdi` makes. */
export const URE: Customer = {
  code: 'C00001',
  kind: 'customer',
  name: 'UNIVERSIDAD ROBOTICA ESPAÑOLA',
  rfc: 'URE180429TM6',
  email: '',
  billingEmail: '',
  packaging: { type: 'GRAL', addresses: ['uno@ure.example', 'dos@ure.example'] },
  contacts: [],
}

export interface TestCtx {
  readonly ctx: Ctx
  /** Minutes since START: what `ctx.now()` says. */
  readonly clock: { minutes: number }
}

/** A context whose store has GRAL and one customer, URE. */
export async function testCtx(t: TestContext, changes: Partial<Ctx> = {}): Promise<TestCtx> {
  const data = tempFolder(t)
  const clock = { minutes: 0 }
  const ctx = await storeCtx(t, {
    folders: {
      data,
      store: ':memory:',
      spool: join(data, 'spool'),
      lock: join(data, 'lock'),
      settings: join(data, 'settings.yaml'),
    },
    channel: smtpChannel(),
    whatsapp: whatsappChannel({ deadlines: { answer: 2_000, message: 500 } }),
    secrets: keyFileSecrets({ env: {}, home: data }),
    keys: keyFiles({ env: {}, home: data }),
    now: () => new Date(START.getTime() + clock.minutes * 60_000),
    sleep: async (ms) => {
      // The other connections' sockets get their turn, as they would in real time.
      await sleep(2)
      clock.minutes += ms / 60_000
    },
    ...changes,
  })
  await saveCustomer(ctx.db, URE, ctx.now())
  return { ctx, clock }
}

/** The PDF that `packageDocuments` puts beside a document. */
export function pdfOf(cfdi: CfdiOptions): Buffer {
  return makePdf(cfdi.folio ?? '', 2000)
}

/** Writes the documents into a folder of their own, each with a PDF, and packages what is in it. */
export async function packageDocuments(
  t: TestContext,
  ctx: Ctx,
  documents: readonly CfdiOptions[],
): Promise<readonly PackagedOrder[]> {
  return await packageFolder(ctx, await folderOf(t, documents), { repetition: 'once', reason: null })
}

/** The same, though they were packaged before. */
export async function packageAgain(
  t: TestContext,
  ctx: Ctx,
  documents: readonly CfdiOptions[],
): Promise<readonly PackagedOrder[]> {
  return await packageFolder(ctx, await folderOf(t, documents), { repetition: 'again', reason: 'prueba' })
}

async function folderOf(t: TestContext, documents: readonly CfdiOptions[]): Promise<string> {
  const folder = tempFolder(t)
  await writeErpFolder(
    folder,
    documents.map((cfdi) => ({ cfdi, pdf: pdfOf(cfdi) })),
  )
  return folder
}

async function packageFolder(
  ctx: Ctx,
  folder: string,
  how: { readonly repetition: 'once' | 'again'; readonly reason: string | null },
): Promise<readonly PackagedOrder[]> {
  const everything = { clients: [], period: ALWAYS, kinds: null, type: null, grouping: null, packing: null }
  const request = { ...everything, scope: 'all', mode: 'write', ...how } as const
  return (await packageCfdis(ctx, { ...request, sources: [folder] })).orders
}

/** Makes a profile for a server on this machine the default one. */
export async function useProfile(ctx: Ctx, port: number, changes: Partial<SmtpProfile> = {}): Promise<void> {
  const profile = { ...smtpProfile({ name: 'oficina', port, ...changes }), hold: null, testedAt: null }
  await saveProfile(ctx.db, profile, ctx.now().toISOString())
}

/** Makes a WhatsApp profile for a fake Graph API the default one of its channel. */
export async function useWhatsApp(
  ctx: Ctx,
  baseUrl: string,
  changes: Partial<WhatsAppProfile> = {},
): Promise<void> {
  const secret = ctx.secrets.seal('profile:celulares:secret', GRAPH.token)
  const profile = { ...whatsappProfile({ name: 'celulares', baseUrl, secret, ...changes }), hold: null }
  await saveWhatsAppProfile(ctx.db, { ...profile, isDefault: true, testedAt: null }, ctx.now().toISOString())
}
