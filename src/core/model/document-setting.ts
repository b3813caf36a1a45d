/** What is said of a kind of document (configuración por tipo de comprobante), for everybody or for one class of customers. Pure. */
import { CFDI_KINDS, type CfdiKind } from './cfdi.ts'
import { foldName } from './customer.ts'
import { CfdiMailError } from './errors.ts'
import { parseKinds } from './kinds.ts'
import type { PackagingType } from './packaging-type.ts'
import { PAPER_KINDS, paperKindOf, type PaperKind } from './paper.ts'

export type SettingKind = CfdiKind | PaperKind
export const SETTING_KINDS: readonly SettingKind[] = [...CFDI_KINDS, ...PAPER_KINDS]

/** Null leaves it to what is said of the kind for everybody, then to the usual: enabled, automatic, the templates' texts. */
export interface DocumentSetting {
  readonly kind: SettingKind
  /** Class of the customers it is for; '' is everybody. */
  readonly customerClass: string
  /** Whether documents of the kind go at all. */
  readonly enabled: boolean | null
  /** Whether `watch` packages them by itself; else they wait for `package`. */
  readonly automatic: boolean | null
  readonly subject: string | null
  readonly body: string | null
}

/** What holds for one document. */
export interface AppliedSetting {
  readonly enabled: boolean
  readonly automatic: boolean
  readonly subject: string | null
  readonly body: string | null
}

/** What is said of a kind to a class of customers, what comes first first: the class's own setting, then everybody's. */
export function saidOf(
  settings: readonly DocumentSetting[],
  { kind, customerClass }: Pick<DocumentSetting, 'kind' | 'customerClass'>,
): readonly DocumentSetting[] {
  const about = settings.filter((setting) => setting.kind === kind)
  const narrow = about.filter((each) => each.customerClass !== '' && each.customerClass === customerClass)
  return [...narrow, ...about.filter((each) => each.customerClass === '')]
}

const NOTHING_SAID: AppliedSetting = { enabled: true, automatic: true, subject: null, body: null }

/** What holds for a kind and a class of customers: each part from the class's own setting, else from everybody's. */
export function settingFor(
  settings: readonly DocumentSetting[],
  about: Pick<DocumentSetting, 'kind' | 'customerClass'>,
): AppliedSetting {
  const said = saidOf(settings, about)
  if (said.length === 0) return NOTHING_SAID
  return {
    enabled: first(said.map(({ enabled }) => enabled)) ?? true,
    automatic: first(said.map(({ automatic }) => automatic)) ?? true,
    subject: first(said.map(({ subject }) => subject)),
    body: first(said.map(({ body }) => body)),
  }
}

function first<T>(said: readonly (T | null)[]): T | null {
  return said.find((each) => each !== null) ?? null
}

/**
 * The packaging type with the setting's subject and body, where it has none of its own for the kind: its own texts, and the
 * template that it assigns, come first.
 */
export function withSettingTexts(
  type: PackagingType,
  kind: CfdiKind,
  setting: AppliedSetting,
): PackagingType {
  const isUnchanged = setting.subject === null && setting.body === null
  if (isUnchanged || !takesSettingTexts(type, kind)) return type
  return { ...type, subject: type.subject ?? setting.subject, body: type.body ?? setting.body }
}

/** Whether settings have a say in the type's texts: a message of several documents has the texts of several documents. */
export function takesSettingTexts({ grouping, templates }: PackagingType, kind: CfdiKind): boolean {
  return grouping !== 'customer' && templates[kind] === undefined
}

/**
 * The kind that was typed: a letter or word of a CFDI (`I`, `factura`), or a paper's (`receipt`, `recibo`).
 * @throws BAD_CHOICE
 */
export function parseSettingKind(text: string): SettingKind {
  const paper = paperKindOf(text)
  if (paper !== undefined) return paper
  try {
    const [kind, another] = parseKinds([text])
    if (kind !== undefined && another === undefined) return kind
  } catch (error) {
    if (!(error instanceof CfdiMailError)) throw error
  }
  throw new CfdiMailError('BAD_CHOICE', {
    ...{ flag: 'kind', value: text, choices: SETTING_KINDS.join(', ') },
    variant: 'document-kind',
  })
}

/**
 * Yes, no, or '' for "leave it to the others" (null).
 * @throws BAD_CHOICE
 */
export function parseSwitch(flag: string, text: string): boolean | null {
  const word = foldName(text)
  if (['', 'default', 'normal'].includes(word)) return null
  if (['yes', 'si', 'on', 'true', '1'].includes(word)) return true
  if (['no', 'off', 'false', '0'].includes(word)) return false
  throw new CfdiMailError('BAD_CHOICE', { flag, value: text, choices: 'yes, no, default' })
}
