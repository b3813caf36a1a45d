import { CfdiMailError } from '../model/errors.ts'
import { settingsOfType } from '../model/explain-settings.ts'
import type { EventKind } from '../model/event.ts'
import { FIRST_TYPES, GRAL, type PackagingType } from '../model/packaging-type.ts'
import type { DoneResult } from '../model/results/house.ts'
import type { TypeResult, TypesResult } from '../model/results/types.ts'
import { listDocumentSettings } from '../store/document-settings.ts'
import { insertEvents } from '../store/event-log.ts'
import * as store from '../store/packaging-types.ts'
import type { Db } from '../store/schema.ts'
import type { Ctx } from './ctx.ts'
import { readTexts, type TypeFields, withFields } from './type-fields.ts'

export async function listTypes(ctx: Ctx): Promise<TypesResult> {
  return { kind: 'types', types: await store.listPackagingTypes(ctx.db) }
}

/** @throws TYPE_NOT_FOUND */
export async function showType(ctx: Ctx, code: string): Promise<TypeResult> {
  return await toResult(ctx.db, await existingType(ctx.db, code))
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
 * @throws TYPE_NOT_FOUND, TYPE_NEEDED for GRAL, NOMINA and the one of new customers, TYPE_IN_USE while customers have it
 */
export async function removeType(ctx: Ctx, typed: string): Promise<DoneResult> {
  const code = typeCode(typed)
  await ctx.db.transaction().execute(async (db) => {
    await existingType(db, code)
    if (FIRST_TYPES.some((type) => type.code === code) || code === typeCode(ctx.settings.posPackagingType)) {
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

async function save(ctx: Ctx, db: Db, type: PackagingType): Promise<TypeResult> {
  await store.savePackagingType(db, type)
  await insertEvents(db, [typeEvent(ctx, 'type-saved', type.code)])
  return await toResult(db, type)
}

async function toResult(db: Db, type: PackagingType): Promise<TypeResult> {
  return { kind: 'type', ...type, settings: settingsOfType(await listDocumentSettings(db), type) }
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
