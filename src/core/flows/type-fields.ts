import { checkTemplate, isError } from '../message/check-template.ts'
import { makeFolder } from '../files/folders.ts'
import { templateError } from '../message/compile.ts'
import { builtInTemplate } from '../message/default-templates.ts'
import { NO_ADDENDA } from '../model/addenda.ts'
import type { CfdiKind } from '../model/cfdi.ts'
import { cleanLine } from '../model/clean.ts'
import { checkedAddress } from '../model/customer-fields.ts'
import { CfdiMailError } from '../model/errors.ts'
import type { PasswordRule } from '../model/file-password.ts'
import { checkedPattern } from '../model/name-pattern.ts'
import type { PackagingType } from '../model/packaging-type.ts'
import { type AssignedTemplates, builtInScope, fitsUse, type TemplateUse } from '../model/template-use.ts'
import { findProfile } from '../store/profiles.ts'
import type { Db } from '../store/schema.ts'
import { findTemplate } from '../store/templates.ts'
import type { Ctx } from './ctx.ts'
import { existingCustomer } from './customers.ts'
import { existingAddenda } from './resolve-addenda.ts'
import { textValue } from './text-value.ts'

/** What people type about a packaging type. What is undefined stays as it is; '' takes a text away. */
export interface TypeFields extends Partial<Undefinable<Switches>> {
  readonly description?: string | undefined
  /** `none` locks nothing. */
  readonly passwordRule?: PasswordRule | 'none' | undefined
  /** What the mail says of the password; '' takes the words of the rule. */
  readonly passwordHint?: string | undefined
  /** Customer code. */
  readonly customer?: string | undefined
  readonly kinds?: readonly CfdiKind[] | undefined
  /** Destination folder; made when it is not there. */
  readonly folder?: string | undefined
  readonly namePattern?: string | undefined
  /** Template of the addenda, or `none`. */
  readonly addenda?: string | undefined
  readonly profile?: string | undefined
  readonly sender?: string | undefined
  /** Names of templates by kind of document; '' takes the usual one again. */
  readonly templates?: ReadonlyMap<TemplateUse, string> | undefined
  /** Each a text, `@file` or `@-`. */
  readonly subject?: string | undefined
  readonly body?: string | undefined
}

type Switches = Pick<
  PackagingType,
  | 'pdf'
  | 'withBom'
  | 'grouping'
  | 'zip'
  | 'byMail'
  | 'afterSend'
  | 'longTimeout'
  | 'logSuccess'
  | 'existingAddenda'
  | 'portalAccess'
>
type Undefinable<T> = { readonly [Name in keyof T]: T[Name] | undefined }

/** Files and standard input are read before the transaction: nobody else writes while one is open. */
export async function readTexts(
  ctx: Ctx,
  { subject, body }: TypeFields,
): Promise<Pick<TypeFields, 'subject' | 'body'>> {
  return {
    subject: subject === undefined ? undefined : (await textValue(ctx, subject)).trim(),
    body: body === undefined ? undefined : await textValue(ctx, body),
  }
}

/**
 * The type with the fields that are given, each checked and in its normal form.
 * @throws CUSTOMER_NOT_FOUND, PROFILE_NOT_FOUND, BAD_ADDRESS, BAD_TEMPLATE, BAD_NAME_PATTERN, TYPE_NEEDS_FOLDER,
 *   CANNOT_WRITE, NO_ACCESS, ADDENDA_NOT_FOUND, TEMPLATE_NOT_FOUND, TEMPLATE_SCOPE
 */
export async function withFields(db: Db, type: PackagingType, fields: TypeFields): Promise<PackagingType> {
  const changed = {
    ...type,
    ...given(fields),
    description: fields.description === undefined ? type.description : cleanLine(fields.description),
    customer: await orNone(
      fields.customer,
      type.customer,
      async (code) => (await existingCustomer(db, code)).code,
    ),
    passwordRule: ruleOf(fields.passwordRule, type.passwordRule),
    passwordHint: await orNone(fields.passwordHint, type.passwordHint, async (text) => cleanLine(text)),
    namePattern: await orNone(fields.namePattern, type.namePattern, async (text) => checkedPattern(text)),
    addenda: await addendaName(db, fields.addenda, type.addenda),
    templates: await assigned(db, type, fields.templates),
    profile: await orNone(fields.profile, type.profile, (name) => existingProfile(db, name)),
    sender: await orNone(fields.sender, type.sender, async (text) => checkedAddress('sender', text)),
    subject: await orNone(fields.subject, type.subject, async (text) => text),
    body: await orNone(fields.body, type.body, async (text) => text),
  }
  checkTexts(changed)
  const folder = await orNone(fields.folder, type.folder, async (path) => makeFolder(path))
  return withDestination({ ...changed, folder })
}

/** Kinds and switches that were typed. */
function given(fields: TypeFields): Partial<PackagingType> {
  const { kinds, pdf, withBom, grouping, zip, byMail, afterSend, existingAddenda } = fields
  const { longTimeout, logSuccess, portalAccess } = fields
  const plain = {
    kinds,
    pdf,
    withBom,
    grouping,
    zip,
    byMail,
    afterSend,
    existingAddenda,
    longTimeout,
    logSuccess,
    portalAccess,
  }
  return Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== undefined))
}

function ruleOf(typed: TypeFields['passwordRule'], before: PasswordRule | null): PasswordRule | null {
  return typed === 'none' ? null : (typed ?? before)
}

/** What a field becomes: '' takes it away, a text goes through its check, undefined leaves it. */
async function orNone(
  text: string | undefined,
  before: string | null,
  checked: (text: string) => Promise<string>,
): Promise<string | null> {
  if (text === undefined) return before
  return text.trim() === '' ? null : checked(text)
}

async function assigned(
  db: Db,
  { code, templates }: PackagingType,
  wanted: TypeFields['templates'],
): Promise<AssignedTemplates> {
  const changed = new Map(Object.entries(templates) as [TemplateUse, string][])
  for (const [use, name] of wanted ?? []) {
    if (name === '') {
      changed.delete(use)
      continue
    }
    const stored = builtInTemplate(name) === undefined ? await findTemplate(db, name) : null
    if (stored === undefined) throw new CfdiMailError('TEMPLATE_NOT_FOUND', { name })
    const scope = stored?.scope ?? builtInScope(name)
    if (!fitsUse(scope, use)) throw new CfdiMailError('TEMPLATE_SCOPE', { name, scope, use, code })
    changed.set(use, name)
  }
  return Object.fromEntries(changed)
}

async function addendaName(db: Db, typed: string | undefined, before: string | null): Promise<string | null> {
  if (typed === undefined) return before
  return typed === NO_ADDENDA ? null : (await existingAddenda(db, typed)).name
}

async function existingProfile(db: Db, name: string): Promise<string> {
  const profile = await findProfile(db, name.trim())
  if (profile === undefined) throw new CfdiMailError('PROFILE_NOT_FOUND', { name })
  return profile.name
}

/** Without a folder there is nowhere to write to, and nothing to tidy up after sending. */
function withDestination(type: PackagingType): PackagingType {
  if (type.folder !== null) return type
  if (!type.byMail) throw new CfdiMailError('TYPE_NEEDS_FOLDER', { code: type.code, variant: 'no-mail' })
  if (type.afterSend !== 'keep')
    throw new CfdiMailError('TYPE_NEEDS_FOLDER', { code: type.code, variant: 'after-send' })
  return type
}

/** What the type does not say itself comes from a template, which was checked when it was saved. */
function checkTexts({ subject, body }: PackagingType): void {
  if (subject === null && body === null) return
  const [first, ...others] = checkTemplate({ subject: subject ?? '-', body: body ?? '-' }).filter(isError)
  if (first !== undefined) throw templateError(first, ...others)
}
