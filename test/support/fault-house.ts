/** A data folder on disk, ready for the program: documents, a customer, a profile, and what is packaged when asked for. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import type { Ctx } from '../../src/core/flows/ctx.ts'
import { packageCfdis } from '../../src/core/flows/package-cfdis.ts'
import type { Customer } from '../../src/core/model/customer.ts'
import { GRAL } from '../../src/core/model/packaging-type.ts'
import { ALWAYS } from '../../src/core/model/period.ts'
import type { SmtpProfile } from '../../src/core/model/profile.ts'
import { DEFAULT_SETTINGS } from '../../src/core/model/settings.ts'
import { saveCustomer } from '../../src/core/store/customers.ts'
import { savePackagingType } from '../../src/core/store/packaging-types.ts'
import { saveProfile } from '../../src/core/store/profiles.ts'
import { makePdf, writeErpFolder } from './cfdi-factory.ts'
import { type Cli, cli, finished, type Ran } from './cli.ts'
import { storeInFile } from './new-store.ts'
import { smtpProfile } from './profiles.ts'
import { storeCtx } from './store-ctx.ts'
import { tempFolder } from './temp.ts'

export const RECEIVER: Customer = {
  code: 'C00001',
  kind: 'customer',
  name: 'UNIVERSIDAD ROBOTICA ESPAÑOLA',
  rfc: 'URE180429TM6',
  email: '',
  billingEmail: '',
  packaging: { type: 'GRAL', addresses: ['uno@ure.example'] },
  contacts: [],
}

export interface HouseOptions {
  readonly port: number
  readonly documents?: number
  readonly packaged?: boolean
  readonly pdfBytes?: number
  readonly addresses?: readonly string[]
  readonly profile?: Partial<SmtpProfile>
  readonly environment?: Readonly<Record<string, string>>
  /** The data folder, when it has to be on a disk of its own. */
  readonly data?: string
}

export interface FaultHouse {
  readonly program: Cli
  readonly data: string
  /** The ERP's folder. */
  readonly source: string
  /** All that the runs of `strike` and `run` wrote. */
  readonly outputs: string[]
  /** Runs the program with a fault armed. */
  strike(fault: string, words: readonly string[]): Promise<Ran>
  run(words: readonly string[]): Promise<Ran>
}

/** Without starting the program: each start costs more than all of this. */
export async function faultHouse(t: TestContext, options: HouseOptions): Promise<FaultHouse> {
  const environment = {
    ...options.environment,
    ...(options.data === undefined ? {} : { CFDI_MAIL_DATA: options.data }),
  }
  const program = cli(t, environment)
  const data = options.data ?? program.data
  const source = tempFolder(t)
  const documents = Array.from({ length: options.documents ?? 3 }, (_, i) => ({
    cfdi: { folio: String(i + 1), issuedAt: '2024-05-20T09:00:00' },
    pdf: makePdf(String(i + 1), options.pdfBytes ?? 2000),
  }))
  await writeErpFolder(source, documents)
  mkdirSync(data, { recursive: true, mode: 0o700 })
  await fill(t, { options, data, source })
  const outputs: string[] = []
  const keep = (ran: Ran): Ran => {
    outputs.push(ran.stdout, ran.stderr)
    return ran
  }
  return {
    ...{ program, data, source, outputs },
    run: async (words) => keep(await program.run(words)),
    strike: async (fault, words) => {
      const child = program.start(words, { CFDI_FAULT: fault })
      child.stdin?.end()
      return keep(await finished(child))
    },
  }
}

interface Filling {
  readonly options: HouseOptions
  readonly data: string
  readonly source: string
}

async function fill(t: TestContext, { options, data, source }: Filling): Promise<void> {
  const store = join(data, 'store.db')
  const db = await storeInFile(store)
  try {
    const ctx = await storeCtx(t, {
      db,
      folders: {
        ...{ data, store, spool: join(data, 'spool'), lock: join(data, 'send.lock') },
        settings: join(data, 'cfdi-mail.yaml'),
      },
      settings: { ...DEFAULT_SETTINGS, minFreeBytes: 0 },
      now: () => new Date(),
    })
    const addresses = options.addresses ?? RECEIVER.packaging.addresses
    await savePackagingType(db, GRAL)
    await saveCustomer(db, { ...RECEIVER, packaging: { type: 'GRAL', addresses } }, ctx.now())
    const profile = smtpProfile({ name: 'oficina', port: options.port, ...options.profile })
    await saveProfile(db, { ...profile, hold: null, testedAt: null }, ctx.now().toISOString())
    if (options.packaged !== false) await packageFolder(ctx, source)
  } finally {
    await db.destroy()
  }
}

/** Packages all of a folder. */
export async function packageFolder(ctx: Ctx, source: string): Promise<void> {
  await packageCfdis(ctx, {
    ...{ clients: [], period: ALWAYS, kinds: null, type: null, grouping: null, packing: null, reason: null },
    ...{ sources: [source], scope: 'all', repetition: 'once', mode: 'write' },
  })
}
