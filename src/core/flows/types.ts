import { checkTemplate, isError } from '../message/check-template.ts'
import { templateError } from '../message/compile.ts'
import type { CfdiKind } from '../model/cfdi.ts'
import { cleanLine } from '../model/clean.ts'
import { checkedAddress } from '../model/customer-fields.ts'
import { CfdiMailError } from '../model/errors.ts'
import type { EventKind } from '../model/event.ts'
import { GRAL, type PackagingType } from '../model/packaging-type.ts'
import type { DoneResult } from '../model/results/house.ts'
import type { TypeResult, TypesResult } from '../model/results/types.ts'
import { insertEvents } from '../store/event-log.ts'
import * as store from '../store/packaging-types.ts'
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

export async function listTypes(ctx: Ctx): Promise<TypesResult> {
  return { kind: 'types', types: await store.listPackagingTypes(ctx.db) }
}

/** @throws TYPE_NOT_FOUND */
export async function showType(ctx: Ctx, code: string): Promise<TypeResult> {
  return { kind: 'type', ...(await existingType(ctx.db, code)) }
}

/**
 * Makes a packaging type; what is not given is as in GRAL when it was new.
 * @throws BAD_TYPE for the code's form, TYPE_EXISTS, and what `setType` says
 */
export async function addType(ctx: Ctx, typed: string, fields: TypeFields): Promise<TypeResult> {
  const code = typeCode(typed)
  if (!/^[A-Z0-9_-]{1,20}$/.test(code)) throw new CfdiMailError('BAD_TYPE', { detail: typed })
  const texts = await readTexts(ctx, fields)
  return ctx.db.transaction().execute(async (db) => {
    if ((await store.findPackagingType(db, code)) !== undefined)
      throw new CfdiMailError('TYPE_EXISTS', { code })
    return save(ctx, db, await withFields(db, { ...GRAL, code, description: '' }, { ...fields, ...texts }))
  })
}

/**
 * Changes the fields that are given.
 * @throws NOTHING_TO_CHANGE, TYPE_NOT_FOUND, CUSTOMER_NOT_FOUND, PROFILE_NOT_FOUND, BAD_ADDRESS, BAD_TEMPLATE, FILE_NOT_FOUND
 */
export async function setType(ctx: Ctx, code: string, fields: TypeFields): Promise<TypeResult> {
  if (Object.values(fields).every((value) => value === undefined))
    throw new CfdiMailError('NOTHING_TO_CHANGE')
  const texts = await readTexts(ctx, fields)
  return ctx.db.transaction().execute(async (db) => {
    return save(ctx, db, await withFields(db, await existingType(db, code), { ...fields, ...texts }))
  })
}

/**
 * Removes a packaging type that nobody needs.
 * @throws TYPE_NOT_FOUND, TYPE_NEEDED for GRAL and the one of new customers, TYPE_IN_USE while customers have it
 */
export async function removeType(ctx: Ctx, typed: string): Promise<DoneResult> {
  const code = typeCode(typed)
  await ctx.db.transaction().execute(async (db) => {
    await existingType(db, code)
    if (code === GRAL.code || code === typeCode(ctx.settings.posPackagingType)) {
      throw new CfdiMailError('TYPE_NEEDED', { code })
    }
    const count = await store.countCustomersOfType(db, code)
    if (count > 0) throw new CfdiMailError('TYPE_IN_USE', { code, count })
    await store.removePackagingType(db, code)
    await insertEvents(db, [typeEvent(ctx, 'type-removed', code)])
  })
  return { kind: 'done', action: 'removed', subject: 'type', names: [code] }
}

function typeCode(text: string): string {
  return text.trim().toUpperCase()
}

async function existingType(db: Db, typed: string): Promise<PackagingType> {
  const code = typeCode(typed)
  const type = await store.findPackagingType(db, code)
  if (type === undefined) throw new CfdiMailError('TYPE_NOT_FOUND', { code })
  return type
}

/** Files and standard input are read before the transaction: nobody else writes while one is open. */
async function readTexts(
  ctx: Ctx,
  { subject, body }: TypeFields,
): Promise<Pick<TypeFields, 'subject' | 'body'>> {
  return {
    subject: subject === undefined ? undefined : (await textValue(ctx, subject)).trim(),
    body: body === undefined ? undefined : await textValue(ctx, body),
  }
}

async function withFields(db: Db, type: PackagingType, fields: TypeFields): Promise<PackagingType> {
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
  const error = checkTemplate({ subject: subject ?? '-', body: body ?? '-' }).find(isError)
  if (error !== undefined) throw templateError(error)
}

async function save(ctx: Ctx, db: Db, type: PackagingType): Promise<TypeResult> {
  await store.savePackagingType(db, type)
  await insertEvents(db, [typeEvent(ctx, 'type-saved', type.code)])
  return { kind: 'type', ...type }
}

function typeEvent(ctx: Ctx, event: Extract<EventKind, 'type-saved' | 'type-removed'>, code: string) {
  const at = ctx.now().toISOString()
  const detail = `${ctx.operator}: ${code}`
  return {
    at,
    level: 'info' as const,
    event,
    order: null,
    customer: null,
    uuid: null,
    recipient: null,
    detail,
  }
}
