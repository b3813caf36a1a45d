import type { Credential } from '../channels/channel.ts'
import { isFolder } from '../files/folders.ts'
import { freeBytes, isOpenToOthers, networkFileSystem } from '../files/health.ts'
import { CfdiMailError } from '../model/errors.ts'
import type { AnyProfile } from '../model/lanes.ts'
import type { StoredProfile } from '../model/profile.ts'
import type { StoredWhatsAppProfile } from '../model/whatsapp-profile.ts'
import { type DoctorResult, type Finding, type FindingCode, FINDINGS } from '../model/results/house.ts'
import type { Settings } from '../model/settings.ts'
import { customerCodes } from '../store/customers.ts'
import { hasPapers } from '../store/papers.ts'
import { listPackagingTypes } from '../store/packaging-types.ts'
import { listProfiles } from '../store/profiles.ts'
import { listWhatsAppProfiles } from '../store/whatsapp-profiles.ts'
import { attentionOf } from './attention.ts'
import { neededBytes } from './check-room.ts'
import type { Ctx } from './ctx.ts'
import { isOnHold } from './day-limits.ts'
import { whyStrange } from './store-identity.ts'
import { credentialOf, secretPlace } from './profile-credential.ts'

const MEGABYTE = 1024 * 1024

/**
 * Looks at everything a run depends on and says what it found.
 * @param reach `network` also asks each profile's server, up to RCPT TO and without sending
 */
export async function doctor(ctx: Ctx, reach: 'network' | 'offline'): Promise<DoctorResult> {
  const findings = [
    ...sourceFindings(ctx),
    ...mailerFindings(ctx),
    ...folderFindings(ctx),
    await storeFinding(ctx),
    ...((await whyStrange(ctx)) === null ? [] : [found('store-strange')]),
    diskFinding(ctx),
    ...networkFindings(ctx),
    ...(await profileFindings(ctx, reach)),
    ...(await moduleFindings(ctx)),
    ...((await customerCodes(ctx.db)).length === 0 ? [found('customers-none')] : []),
    ...(await companyFindings(ctx)),
    ...(await portalFindings(ctx)),
    await outboxFinding(ctx),
  ]
  return { kind: 'doctor', findings, settings: settingLines(ctx) }
}

function found(code: FindingCode, params: Finding['params'] = {}): Finding {
  return { code, level: FINDINGS[code], params }
}

function sourceFindings({ settings, folders }: Ctx): Finding[] {
  // Whoever takes order files alone needs none.
  if (settings.sources.length === 0 && settings.mailerDir === null)
    return [found('sources-none', { file: folders.settings })]
  return settings.sources.map((path) => found(isFolder(path) ? 'sources-found' : 'source-missing', { path }))
}

/** The folder of order files. */
function mailerFindings({ settings }: Ctx): Finding[] {
  const { mailerDir: path } = settings
  return path === null ? [] : [found(isFolder(path) ? 'mailer-found' : 'mailer-missing', { path })]
}

/** A CFDI says who issued it; a ticket or a statement does not, and its mail would come from nobody. */
async function companyFindings({ db, settings, folders }: Ctx): Promise<Finding[]> {
  if (settings.companyName !== null || !(await hasPapers(db))) return []
  return [found('company-unnamed', { file: folders.settings })]
}

function folderFindings({ folders }: Ctx): Finding[] {
  const open = [folders.data, folders.store, folders.spool].filter(isOpenToOthers)
  return open.length === 0
    ? [found('folder-private', { path: folders.data })]
    : open.map((path) => found('folder-open', { path }))
}

async function storeFinding(ctx: Ctx): Promise<Finding> {
  const { sound, detail } = await ctx.storeHealth()
  return found(sound ? 'store-sound' : 'store-damaged', { detail })
}

/** A run needs room for the largest message twice over and for the store's own writes. */
function diskFinding({ folders, settings }: Ctx): Finding {
  const needed = neededBytes(settings)
  const free = freeBytes(folders.data) ?? 0
  const params = { free: Math.floor(free / MEGABYTE), needed: Math.ceil(needed / MEGABYTE) }
  return found(free < needed ? 'disk-low' : 'disk-enough', params)
}

function networkFindings({ folders }: Ctx): Finding[] {
  const name = networkFileSystem(folders.data)
  return name === null ? [] : [found('store-on-network', { path: folders.data, name })]
}

async function profileFindings(ctx: Ctx, reach: 'network' | 'offline'): Promise<Finding[]> {
  const profiles = await listProfiles(ctx.db)
  if (profiles.length === 0) return [found('profiles-none')]
  const findings: Finding[] = []
  for (const profile of profiles) findings.push(await profileFinding(ctx, profile, reach))
  for (const profile of await listWhatsAppProfiles(ctx.db))
    findings.push(await whatsappFinding(ctx, profile, reach))
  return findings
}

/** Only modules with a profile of their own: the rest is what the default one says. */
async function moduleFindings(ctx: Ctx): Promise<Finding[]> {
  return (await listProfiles(ctx.db)).flatMap((profile) => {
    // One that goes on by itself is told once, as a profile.
    const waitsForPerson = isOnHold(ctx, profile) && profile.hold?.until === null
    const code = waitsForPerson ? 'module-held' : 'module-profile'
    return profile.modules.map((module) => found(code, { module, name: profile.name }))
  })
}

async function profileFinding(
  ctx: Ctx,
  profile: StoredProfile,
  reach: 'network' | 'offline',
): Promise<Finding> {
  const { name, host } = profile
  let credential: Credential
  try {
    credential = await credentialOf(ctx, profile)
  } catch (error) {
    if (!(error instanceof CfdiMailError)) throw error
    return found('secret-unreadable', { name })
  }
  const held = holdFinding(ctx, profile)
  if (held !== null) return held
  if (reach === 'offline') return found('profile-known', { name, host })
  const check = await ctx.channel.check(profile, credential, {
    to: profile.from,
    message: null,
    onStep: () => undefined,
  })
  return found(check.ok ? 'profile-answers' : 'profile-fails', { name, host })
}

/** On hold until a person comes, or until a time that ends it; null for one that may send. */
function holdFinding(ctx: Ctx, profile: AnyProfile): Finding | null {
  const { name, hold } = profile
  if (hold === null || !isOnHold(ctx, profile)) return null
  const { reason, until } = hold
  return until === null
    ? found('profile-held', { name, reason })
    : found('profile-waits', { name, reason, until })
}

async function whatsappFinding(
  ctx: Ctx,
  profile: StoredWhatsAppProfile,
  reach: 'network' | 'offline',
): Promise<Finding> {
  const { name, baseUrl: host } = profile
  try {
    const token = await ctx.secrets.reveal(secretPlace(name), profile.secret)
    const held = holdFinding(ctx, profile)
    if (held !== null) return held
    if (reach === 'offline') return found('profile-known', { name, host })
    const { ok } = await ctx.whatsapp.check(profile, token, { message: null })
    return found(ok ? 'profile-answers' : 'profile-fails', { name, host })
  } catch (error) {
    if (!(error instanceof CfdiMailError)) throw error
    return found('secret-unreadable', { name })
  }
}

async function portalFindings({ db, settings, folders }: Ctx): Promise<Finding[]> {
  const types = (await listPackagingTypes(db)).filter(({ portalAccess }) => portalAccess !== 'off')
  if (types.length === 0) return []
  const { portalUrl: url } = settings
  if (url !== null) return [found('portal-ready', { url })]
  const codes = types.map(({ code }) => code).join(', ')
  return [found('portal-url-missing', { types: codes, count: types.length, file: folders.settings })]
}

async function outboxFinding(ctx: Ctx): Promise<Finding> {
  const { unknown, failed, bounced, held } = await attentionOf(ctx)
  const count = unknown + failed + bounced + held
  return count === 0 ? found('outbox-clear') : found('outbox-attention', { count })
}

function settingLines({ settings, origins }: Ctx): DoctorResult['settings'] {
  return (Object.keys(settings) as (keyof Settings)[]).map((name) => {
    return { name, value: settingText(settings[name]), origin: origins[name] }
  })
}

function settingText(value: Settings[keyof Settings]): string {
  if (value === null) return ''
  if (typeof value !== 'object') return String(value)
  if (Array.isArray(value)) return value.join(', ')
  return Object.entries(value)
    .map(([field, paths]) => `${field}: ${[paths].flat().join(', ')}`)
    .join('; ')
}
