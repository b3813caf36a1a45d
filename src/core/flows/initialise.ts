import { existingFolder, folderInAnswer, realPath } from '../files/folders.ts'
import { hasSettingsFile, writeSettingsFile } from '../files/settings-file.ts'
import { FIRST_TYPES, GRAL } from '../model/packaging-type.ts'
import type { InitResult } from '../model/results/house.ts'
import type { SmtpTestResult } from '../model/results/profiles.ts'
import { findPackagingType, savePackagingType } from '../store/packaging-types.ts'
import type { Ask, Ctx } from './ctx.ts'
import { setUpProfile } from './set-up-profile.ts'
import { claimPlace, knownIdentity } from './store-identity.ts'

export interface InitRequest {
  /** Source folders for a new settings file. */
  readonly sources: readonly string[]
  /** `ask` talks to the person when there is one. */
  readonly mode: 'ask' | 'defaults'
}

/**
 * Makes a store ready: the packaging type GRAL, the settings file, and, when somebody is there to answer, source folder and
 * mail profile. Run again it keeps what is there and adds what is missing.
 * @throws SOURCE_NOT_FOUND for a source that is no folder; NO_ACCESS; what the profile's check throws
 */
export async function initialise(ctx: Ctx, request: InitRequest): Promise<InitResult> {
  const existed = (await findPackagingType(ctx.db, GRAL.code)) !== undefined
  for (const type of existed ? [] : FIRST_TYPES) await savePackagingType(ctx.db, type)
  await (existed ? knownIdentity(ctx) : claimPlace(ctx))
  const ask = request.mode === 'ask' ? ctx.ask : null
  const placed = placeSources(ctx, await wantedSources(ctx, request.sources, ask))
  const test = await firstProfile(ctx, ask)
  return {
    kind: 'init',
    data: ctx.folders.data,
    store: ctx.folders.store,
    settings: ctx.folders.settings,
    existed,
    ...placed,
    needsPerson: placed.notSet.length > 0 || test?.ok === false,
    profile: test?.saved ?? null,
    test,
  }
}

/** Writes them into a new settings file; one that is there stays as it is. */
function placeSources(
  ctx: Ctx,
  wanted: readonly string[],
): Pick<InitResult, 'sources' | 'settingsKept' | 'notSet'> {
  const settingsKept = writeSettingsFile(ctx.folders.settings, { sources: wanted }) === 'kept'
  const holding = ctx.settings.sources.map(realPath)
  return {
    sources: settingsKept || wanted.length === 0 ? ctx.settings.sources : wanted,
    settingsKept,
    notSet: settingsKept ? wanted.filter((folder) => !holding.includes(folder)) : [],
  }
}

/** The folders that were named; else what the person answers, who is not asked for what would not be written. */
async function wantedSources(ctx: Ctx, named: readonly string[], ask: Ask | null): Promise<string[]> {
  const isAsked = ask !== null && named.length === 0 && !hasSettingsFile(ctx.folders.settings)
  if (!isAsked) return named.map(existingFolder)
  return await ask.accepted('sources', '', (answer) => (answer === '' ? [] : [folderInAnswer(answer)]))
}

/** Null when nobody wants one. */
async function firstProfile(ctx: Ctx, ask: Ask | null): Promise<SmtpTestResult | null> {
  return ask !== null && (await ask.confirm('set-up-smtp')) ? await setUpProfile(ctx, ask) : null
}
