import { checkTemplate, isError } from '../message/check-template.ts'
import { templateError } from '../message/compile.ts'
import { builtInTemplate } from '../message/default-templates.ts'
import { CFDI_KINDS } from '../model/cfdi.ts'
import { customerClassOf } from '../model/customer-class.ts'
import { type DocumentSetting, parseSettingKind, type SettingKind } from '../model/document-setting.ts'
import { CfdiMailError } from '../model/errors.ts'
import type { DocumentSettingsResult } from '../model/results/document-settings.ts'
import { templateNameOf } from '../model/template.ts'
import * as store from '../store/document-settings.ts'
import type { Ctx } from './ctx.ts'
import { textValue } from './text-value.ts'

/** Which setting: a kind as typed, and the class of customers, '' for everybody. */
export interface SettingName {
  readonly kind: string
  readonly customerClass: string
}

/** Undefined is left as it is; null takes it back. */
export interface SettingFields {
  readonly enabled: boolean | null | undefined
  readonly automatic: boolean | null | undefined
  /** The text, `@file`, or '' to take it back. */
  readonly subject: string | undefined
  readonly body: string | undefined
}

export async function listDocumentSettings(ctx: Ctx): Promise<DocumentSettingsResult> {
  return { kind: 'document-settings', settings: await store.listDocumentSettings(ctx.db) }
}

/**
 * Says something of a kind of document, for everybody or for a class.
 * @throws NOTHING_TO_CHANGE, BAD_CHOICE, BAD_TEMPLATE for a text that could not be rendered, FILE_NOT_FOUND
 */
export async function setDocumentSetting(
  ctx: Ctx,
  name: SettingName,
  fields: SettingFields,
): Promise<DocumentSettingsResult> {
  if (Object.values(fields).every((value) => value === undefined))
    throw new CfdiMailError('NOTHING_TO_CHANGE')
  const key = keyOf(name)
  const before = await findSetting(ctx, key)
  const setting: DocumentSetting = {
    ...key,
    enabled: fields.enabled === undefined ? (before?.enabled ?? null) : fields.enabled,
    automatic: fields.automatic === undefined ? (before?.automatic ?? null) : fields.automatic,
    subject: await textOf(ctx, fields.subject, before?.subject),
    body: await textOf(ctx, fields.body, before?.body),
  }
  checkTexts(setting)
  await store.saveDocumentSetting(ctx.db, setting)
  return { kind: 'document-settings', settings: [setting] }
}

/**
 * Takes back what was said of a kind for everybody, or for a class.
 * @throws BAD_CHOICE, SETTING_NOT_FOUND
 */
export async function removeDocumentSetting(ctx: Ctx, name: SettingName): Promise<DocumentSettingsResult> {
  const key = keyOf(name)
  if (!(await store.removeDocumentSetting(ctx.db, key)))
    throw new CfdiMailError('SETTING_NOT_FOUND', {
      kind: key.kind,
      class: key.customerClass,
      variant: key.customerClass === '' ? 'everybody' : 'class',
    })
  return await listDocumentSettings(ctx)
}

type Key = Pick<DocumentSetting, 'kind' | 'customerClass'>

function keyOf({ kind, customerClass }: SettingName): Key {
  return { kind: parseSettingKind(kind), customerClass: customerClassOf(customerClass) }
}

async function findSetting(ctx: Ctx, { kind, customerClass }: Key): Promise<DocumentSetting | undefined> {
  return (await store.listDocumentSettings(ctx.db)).find(
    (each) => each.kind === kind && each.customerClass === customerClass,
  )
}

async function textOf(
  ctx: Ctx,
  typed: string | undefined,
  before: string | null | undefined,
): Promise<string | null> {
  if (typed === undefined) return before ?? null
  const text = await textValue(ctx, typed)
  return text.trim() === '' ? null : text
}

function checkTexts({ kind, subject, body }: DocumentSetting): void {
  const name = templateOf(kind)
  const usual = builtInTemplate(name)
  const texts = { name, subject: subject ?? usual?.subject ?? '', body: body ?? usual?.body ?? '' }
  const [first, ...others] = checkTemplate(texts).filter(isError)
  if (first !== undefined) throw templateError(first, ...others)
}

function templateOf(kind: SettingKind): string {
  const cfdi = CFDI_KINDS.find((each) => each === kind)
  return cfdi === undefined ? kind : templateNameOf([cfdi])
}
