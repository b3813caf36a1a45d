import { existsSync } from 'node:fs'
import { dirname, isAbsolute, resolve } from 'node:path'
import * as v from 'valibot'
import { parseAddress } from '../model/address.ts'
import { ORDER_FIELDS } from '../model/order-file.ts'
import { ORDER_RECIPIENTS } from '../model/order-policy.ts'
import { isWebAddress } from '../model/portal.ts'
import { DEFAULT_SETTINGS, type SettingOrigins, type Settings } from '../model/settings.ts'
import { type SettingsProblem, settingsError } from './problems.ts'
import { readSettings } from './read-file.ts'

const path = v.pipe(v.string(), v.nonEmpty())
/** Read as strictly as a customer's address: it goes into an envelope too. */
const address = v.pipe(
  v.string(),
  v.check((text) => parseAddress(text).ok, 'not an e-mail address'),
  v.transform((text) => {
    const read = parseAddress(text)
    return read.ok ? read.address : text
  }),
)
/** A page that a mail may link to. */
const url = v.pipe(v.string(), v.check(isWebAddress, 'not a web address'))
const bytes = v.pipe(v.number(), v.integer(), v.minValue(1))
/** One path of an element or attribute, or several that mean the same. */
const places = v.pipe(
  v.union([path, v.array(path)]),
  v.transform((given) => (typeof given === 'string' ? [given] : given)),
)

/** What a settings file may hold. */
const SCHEMA = v.object({
  sources: v.optional(v.union([path, v.array(path)])),
  company: v.optional(v.nullable(path)),
  language: v.optional(v.nullable(v.picklist(['es', 'en']))),
  posPackagingType: v.optional(path),
  companyName: v.optional(v.nullable(v.string())),
  portalUrl: v.optional(v.nullable(url)),
  portalRecoveryUrl: v.optional(v.nullable(url)),
  errorMail: v.optional(v.nullable(address)),
  maxFileBytes: v.optional(bytes),
  maxMessageBytes: v.optional(bytes),
  minFreeBytes: v.optional(v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0)))),
  outcomeWaitSeconds: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(3600))),
  mailerDir: v.optional(v.nullable(path)),
  mailerAttachmentPath: v.optional(v.nullable(path)),
  mailerAttachmentPrefix: v.optional(v.nullable(path)),
  orderRecipients: v.optional(v.picklist(ORDER_RECIPIENTS)),
  orderMapping: v.optional(v.strictObject(v.entriesFromList(ORDER_FIELDS, v.exactOptional(places)))),
})
type SettingsFile = v.InferOutput<typeof SCHEMA>

type Expected =
  | 'folders'
  | 'folder'
  | 'text'
  | 'language'
  | 'bytes'
  | 'address'
  | 'url'
  | 'number'
  | 'order-recipients'
  | 'order-mapping'

/** What each setting has to be, for the message. Worded in ui/messages under `expected.<kind>`. */
const EXPECTED: Readonly<Record<keyof Settings, Expected>> = {
  sources: 'folders',
  company: 'text',
  language: 'language',
  posPackagingType: 'text',
  companyName: 'text',
  portalUrl: 'url',
  portalRecoveryUrl: 'url',
  errorMail: 'address',
  maxFileBytes: 'bytes',
  maxMessageBytes: 'bytes',
  minFreeBytes: 'bytes',
  outcomeWaitSeconds: 'number',
  mailerDir: 'folder',
  mailerAttachmentPath: 'folder',
  mailerAttachmentPrefix: 'text',
  orderRecipients: 'order-recipients',
  orderMapping: 'order-mapping',
}

/** Environment variables by setting; the ones in capitals alone are the names that users of Proscai know. */
const VARIABLES: Readonly<Record<string, keyof Settings>> = {
  CFDI_MAIL_SOURCES: 'sources',
  CFDI_MAIL_COMPANY: 'company',
  CFDI_MAIL_LANG: 'language',
  CFDI_MAIL_POS_PACKAGING_TYPE: 'posPackagingType',
  POS_CLI_CFD_EMP: 'posPackagingType',
  CFDI_MAIL_COMPANY_NAME: 'companyName',
  CFDI_MAIL_PORTAL_URL: 'portalUrl',
  CFDI_MAIL_PORTAL_RECOVERY_URL: 'portalRecoveryUrl',
  CFDI_MAIL_ERROR_MAIL: 'errorMail',
  CFD_MAIL_ERR_MAIL: 'errorMail',
  CFDI_MAIL_MAX_FILE_BYTES: 'maxFileBytes',
  CFDI_MAIL_MAX_MESSAGE_BYTES: 'maxMessageBytes',
  CFDI_MAIL_MIN_FREE_BYTES: 'minFreeBytes',
  CFDI_MAIL_OUTCOME_WAIT_SECONDS: 'outcomeWaitSeconds',
  CFDI_MAIL_MAILER_DIR: 'mailerDir',
  MAILER_DIR: 'mailerDir',
  CFDI_MAIL_MAILER_ATTACHMENT_PATH: 'mailerAttachmentPath',
  MAILER_ATTACHMENT_PATH: 'mailerAttachmentPath',
  CFDI_MAIL_MAILER_ATTACHMENT_PREFIX: 'mailerAttachmentPrefix',
  CFDI_MAIL_ORDER_RECIPIENTS: 'orderRecipients',
}

export type Environment = Readonly<Record<string, string | undefined>>

export interface LoadedSettings {
  readonly settings: Settings
  readonly origins: SettingOrigins
}

/**
 * Merges defaults ← each file that is there ← environment, in that order, checks every value and freezes the result.
 * @param files JSON or YAML, the most general first. Never a script: a settings file is not run.
 * @throws BAD_SETTINGS that lists every problem with its file and dotted path
 */
export function loadSettings(files: readonly string[], environment: Environment): LoadedSettings {
  const problems: SettingsProblem[] = []
  const layers = [
    ...files.filter((file) => existsSync(file)).map((file) => readLayer(file, problems)),
    ...environmentLayers(environment, problems),
  ]
  if (problems.length > 0) throw settingsError(problems)
  let settings: Settings = DEFAULT_SETTINGS
  let origins = Object.fromEntries(
    Object.keys(DEFAULT_SETTINGS).map((name) => [name, 'default']),
  ) as SettingOrigins
  for (const layer of layers) {
    settings = { ...settings, ...layer.values }
    origins = {
      ...origins,
      ...Object.fromEntries(Object.keys(layer.values).map((name) => [name, layer.origin])),
    }
  }
  return { settings: Object.freeze(settings), origins }
}

interface Layer {
  readonly origin: string
  readonly values: Partial<Settings>
}

function readLayer(file: string, problems: SettingsProblem[]): Layer {
  const reading = readSettings(file)
  if (!reading.ok) problems.push(reading.problem)
  const checked = check(reading.ok ? reading.values : {}, file, problems)
  return { origin: file, values: toSettings(checked, dirname(resolve(file))) }
}

/** Unknown names are refused: a misspelt one must not be ignored in silence. Nothing is taken when anything is wrong. */
function check(
  values: Readonly<Record<string, unknown>>,
  origin: string,
  problems: SettingsProblem[],
): SettingsFile {
  const unknown = Object.keys(values).filter((name) => !Object.hasOwn(EXPECTED, name))
  problems.push(...unknown.map((name) => ({ code: 'unknown' as const, params: { file: origin, name } })))
  const checked = v.safeParse(SCHEMA, values)
  if (checked.success) return checked.output
  const wrong = new Set(checked.issues.map((issue) => String(issue.path?.[0].key) as keyof Settings))
  for (const name of wrong)
    problems.push({ code: 'type', params: { file: origin, name, expected: EXPECTED[name] } })
  return {}
}

function environmentLayers(environment: Environment, problems: SettingsProblem[]): Layer[] {
  return Object.entries(VARIABLES).flatMap(([variable, name]) => {
    const text = environment[variable]
    if (text === undefined || text === '') return []
    const checked = check({ [name]: valueOf(name, text) }, variable, problems)
    return [{ origin: variable, values: toSettings(checked, resolve('.')) }]
  })
}

function valueOf(name: keyof Settings, text: string): unknown {
  if (name === 'sources') return text.split(listSeparator(text))
  return EXPECTED[name] === 'bytes' && /^\d+$/.test(text) ? Number(text) : text
}

/** Like PATH: `:` between folders, or `;` where a drive letter already has a colon. */
function listSeparator(text: string): string {
  return text.includes(';') || /^[A-Za-z]:[\\/]/.test(text) ? ';' : ':'
}

const FOLDERS = ['mailerDir', 'mailerAttachmentPath'] as const

/** Folders in a file are meant from the file's own folder, wherever the command is started. */
function toSettings(file: SettingsFile, base: string): Partial<Settings> {
  const { sources, ...rest } = Object.fromEntries(
    Object.entries(file).filter(([, value]) => value !== undefined),
  ) as SettingsFile
  const absolute = (folder: string) => (isAbsolute(folder) ? folder : resolve(base, folder))
  const folders = FOLDERS.flatMap((name) => {
    const folder = rest[name]
    return typeof folder === 'string' ? [[name, absolute(folder)]] : []
  })
  return {
    ...(rest as Partial<Settings>),
    ...(Object.fromEntries(folders) as Partial<Settings>),
    ...(sources === undefined
      ? {}
      : { sources: (typeof sources === 'string' ? [sources] : sources).map(absolute) }),
  }
}
