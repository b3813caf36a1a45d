import { CFDI_KINDS, type CfdiKind } from './cfdi.ts'
import { type DocumentSetting, saidOf, SETTING_KINDS, takesSettingTexts } from './document-setting.ts'
import type { PackagingType } from './packaging-type.ts'
import { PAPER_KINDS } from './paper.ts'
import { mailsAccess } from './portal.ts'
import { templateFor } from './template-use.ts'

/** A setting of the customer's class, one for everybody, or what holds where neither says anything. */
export interface ToldSwitch {
  readonly value: boolean
  readonly from: 'class' | 'everybody' | 'usual'
}

/** Where a subject or body is: `text` as it is kept, or the name of a template. */
export type ToldText =
  | { readonly from: 'type' | 'class' | 'everybody'; readonly text: string; readonly template: null }
  | { readonly from: 'template'; readonly text: null; readonly template: string }

/** What holds for a kind of document and a class of customers ('' is none), and where each part of it comes from. */
export interface ExplainedSetting extends Pick<DocumentSetting, 'kind' | 'customerClass'> {
  readonly enabled: ToldSwitch
  readonly automatic: ToldSwitch
  readonly subject: ToldText
  readonly body: ToldText
}

/** What the settings come to for a customer of that type and class: kinds that the type sends, and papers, of which anything is said. */
export function settingsOfCustomer(
  settings: readonly DocumentSetting[],
  { type, customerClass }: { readonly type: PackagingType; readonly customerClass: string },
): ExplainedSetting[] {
  return SETTING_KINDS.filter((kind) => isPaper(kind) || type.kinds.some((each) => each === kind))
    .map((kind) => ({ kind, customerClass }))
    .filter((about) => saidOf(settings, about).length > 0)
    .map((about) => explainOne(settings, type, about))
}

/** What each setting of a kind that the type sends comes to in it; a type has no say about papers. */
export function settingsOfType(
  settings: readonly DocumentSetting[],
  type: PackagingType,
): ExplainedSetting[] {
  return settings
    .filter(({ kind }) => type.kinds.some((each) => each === kind))
    .map((about) => explainOne(settings, type, about))
}

type About = Pick<DocumentSetting, 'kind' | 'customerClass'>

function explainOne(
  settings: readonly DocumentSetting[],
  type: PackagingType,
  { kind, customerClass }: About,
): ExplainedSetting {
  const said = saidOf(settings, { kind, customerClass })
  return {
    ...{ kind, customerClass },
    enabled: toldSwitch(said, 'enabled'),
    automatic: toldSwitch(said, 'automatic'),
    subject: toldText(said, { type, kind, part: 'subject' }),
    body: toldText(said, { type, kind, part: 'body' }),
  }
}

function toldSwitch(said: readonly DocumentSetting[], part: 'enabled' | 'automatic'): ToldSwitch {
  const first = said.find((each) => each[part] !== null)
  return first === undefined
    ? { value: true, from: 'usual' }
    : { value: first[part] ?? true, from: sourceOf(first) }
}

interface TextPlace {
  readonly type: PackagingType
  readonly kind: DocumentSetting['kind']
  readonly part: 'subject' | 'body'
}

function toldText(said: readonly DocumentSetting[], { type, kind, part }: TextPlace): ToldText {
  const cfdi = CFDI_KINDS.find((each) => each === kind)
  const own = cfdi === undefined ? null : type[part]
  if (own !== null) return { from: 'type', text: own, template: null }
  const isHeard = cfdi === undefined || takesSettingTexts(type, cfdi)
  const first = isHeard ? said.find((each) => each[part] !== null) : undefined
  const text = first?.[part] ?? null
  return first === undefined || text === null
    ? { from: 'template', text: null, template: cfdi === undefined ? kind : templateOf(type, cfdi) }
    : { from: sourceOf(first), text, template: null }
}

function templateOf(type: PackagingType, kind: CfdiKind): string {
  const portal = mailsAccess(type, kind) ? 'said' : 'unsaid'
  const kinds = type.grouping === 'customer' ? [kind, kind] : [kind]
  return templateFor({ templates: type.templates, kinds, portal })
}

function sourceOf({ customerClass }: DocumentSetting): 'class' | 'everybody' {
  return customerClass === '' ? 'everybody' : 'class'
}

function isPaper(kind: DocumentSetting['kind']): boolean {
  return PAPER_KINDS.some((each) => each === kind)
}
