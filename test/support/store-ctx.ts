/** A flow's context around a store in memory, for flows that send nothing. */
import type { TestContext } from 'node:test'
import type { Ctx } from '../../src/core/flows/ctx.ts'
import { NO_FAULT } from '../../src/core/model/fault.ts'
import { FIRST_TYPES } from '../../src/core/model/packaging-type.ts'
import { DEFAULT_SETTINGS, type SettingOrigins } from '../../src/core/model/settings.ts'
import { evidencePage } from '../../src/ui/pages/evidence-page.ts'
import { savePackagingType } from '../../src/core/store/packaging-types.ts'
import type { Db } from '../../src/core/store/schema.ts'
import { storeInMemory } from './new-store.ts'

const UNUSED = () => {
  throw new Error('this flow should not ask for it')
}

/** Without a store among the changes it has one with the packaging types of a new one, which is closed when the test ends. */
export async function storeCtx(t: TestContext, changes: Partial<Ctx> = {}): Promise<Ctx> {
  return {
    db: changes.db ?? (await firstStore(t)),
    settings: DEFAULT_SETTINGS,
    origins: Object.fromEntries(
      Object.keys(DEFAULT_SETTINGS).map((name) => [name, 'default']),
    ) as SettingOrigins,
    folders: { data: '/none', store: '/none', spool: '/none', lock: '/none', settings: '/none' },
    channel: { open: UNUSED, check: UNUSED },
    whatsapp: { open: UNUSED, check: UNUSED },
    secrets: { seal: UNUSED, reveal: UNUSED },
    keys: { current: UNUSED, renew: UNUSED },
    now: () => new Date('2024-06-01T12:00:00Z'),
    sleep: UNUSED,
    random: () => 0.5,
    signal: new AbortController().signal,
    progress: () => undefined,
    idle: () => undefined,
    reader: 'script',
    fault: NO_FAULT,
    ask: null,
    tell: () => undefined,
    readStdin: async () => '',
    evidencePage: (evidence) => evidencePage(evidence, 'es'),
    storeHealth: UNUSED,
    operator: 'tests',
    jobTitles: { job: 'CFDI by mail', timer: 'CFDI by mail, every so often' },
    launch: {
      program: ['/usr/bin/node', '/opt/cfdi-mail/bin/cfdi-mail'],
      options: ['--data', '/none'],
      environment: {},
      company: null,
      suffix: '',
      configHome: '/none',
      platform: 'linux',
    },
    ...changes,
  }
}

async function firstStore(t: TestContext): Promise<Db> {
  const db = await storeInMemory()
  t.after(() => db.destroy())
  for (const type of FIRST_TYPES) await savePackagingType(db, type)
  return db
}
