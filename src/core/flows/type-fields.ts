import { checkTemplate, isError } from '../message/check-template.ts'
import { templateError } from '../message/compile.ts'
import type { CfdiKind } from '../model/cfdi.ts'
import { cleanLine } from '../model/clean.ts'
import { checkedAddress } from '../model/customer-fields.ts'
import { CfdiMailError } from '../model/errors.ts'
import type { PackagingType } from '../model/packaging-type.ts'
import { findProfile } from '../store/profiles.ts'
import type { Db } from '../store/schema.ts'
import type { Ctx } from './ctx.ts'
import { existingCustomer } from './customers.ts'
import { textValue } from './text-value.ts'

/** What people type about a packaging type. What is undefined stays as it is; '' takes a text away. */
export interface TypeFields extends Partial<Undefinable<Switches>> {
  readonly description?: string | undefined
  /** Customer code. */
  readonly customer?: string | undefined
  readonly kinds?: readonly CfdiKind[] | undefined
  readonly profile?: string | undefined
  readonly sender?: string | undefined
  /** Each a text, `@file` or `@-`. */
  readonly subject?: string | undefined
  readonly body?: string | undefined
}

type Switches = Pick<PackagingType, 'pdf' | 'withBom' | 'grouping' | 'zip' | 'longTimeout' | 'logSuccess'>
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
 * @throws CUSTOMER_NOT_FOUND, PROFILE_NOT_FOUND, BAD_ADDRESS, BAD_TEMPLATE
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
    profile: await orNone(fields.profile, type.profile, (name) => existingProfile(db, name)),
    sender: await orNone(fields.sender, type.sender, async (text) => checkedAddress('sender', text)),
    subject: await orNone(fields.subject, type.subject, async (text) => text),
    body: await orNone(fields.body, type.body, async (text) => text),
  }
  checkTexts(changed)
  return changed
}

/** Kinds and switches that were typed. */
function given(fields: TypeFields): Partial<PackagingType> {
  const { kinds, pdf, withBom, grouping, zip, longTimeout, logSuccess } = fields
  const plain = { kinds, pdf, withBom, grouping, zip, longTimeout, logSuccess }
  return Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== undefined))
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

async function existingProfile(db: Db, name: string): Promise<string> {
  const profile = await findProfile(db, name.trim())
  if (profile === undefined) throw new CfdiMailError('PROFILE_NOT_FOUND', { name })
  return profile.name
}

/** What the type does not say itself comes from a template, which was checked when it was saved. */
function checkTexts({ subject, body }: PackagingType): void {
  if (subject === null && body === null) return
  const [first, ...others] = checkTemplate({ subject: subject ?? '-', body: body ?? '-' }).filter(isError)
  if (first !== undefined) throw templateError(first, ...others)
}
