import { compileAddenda, readAddenda } from '../message/addenda-render.ts'
import { BUILT_IN_ADDENDAS, NO_ADDENDA } from '../model/addenda.ts'
import { CfdiMailError } from '../model/errors.ts'
import type {
  AddendaResult,
  AddendasCheckedResult,
  AddendasResult,
  AddendaView,
} from '../model/results/addendas.ts'
import type { DoneResult } from '../model/results/house.ts'
import * as store from '../store/addendas.ts'
import { checkAddenda, refuseBadAddenda } from './check-addenda.ts'
import type { Ctx } from './ctx.ts'
import { existingAddenda, findAddenda, type ResolvedAddenda } from './resolve-addenda.ts'
import { textValue } from './text-value.ts'

/** Lower-case words with hyphens, as the built-in ones are called. */
const NAME = /^[a-z0-9][a-z0-9-]{0,39}$/

/** The built-in addendas in their order, changed or not, and then those of other names. */
export async function listAddendas(ctx: Ctx): Promise<AddendasResult> {
  const addendas: AddendaView[] = []
  for (const addenda of await allAddendas(ctx)) addendas.push(await viewOf(ctx, addenda))
  return { kind: 'addendas', addendas }
}

/** @throws ADDENDA_NOT_FOUND */
export async function showAddenda(ctx: Ctx, name: string): Promise<AddendaResult> {
  return toResult(ctx, await existingAddenda(ctx.db, name))
}

/**
 * Makes an addenda of a new name.
 * @param body a text, `@file` or `@-`
 * @throws BAD_ADDENDA_NAME, ADDENDA_EXISTS, BAD_ADDENDA with all that is wrong, FILE_NOT_FOUND
 */
export async function addAddenda(ctx: Ctx, name: string, body: string | undefined): Promise<AddendaResult> {
  if (!NAME.test(name) || name === NO_ADDENDA) throw new CfdiMailError('BAD_ADDENDA_NAME', { name })
  if ((await findAddenda(ctx.db, name)) !== undefined) throw new CfdiMailError('ADDENDA_EXISTS', { name })
  return save(ctx, name, body)
}

/**
 * Changes an addenda; a built-in one keeps its name.
 * @throws ADDENDA_NOT_FOUND, NOTHING_TO_CHANGE, BAD_ADDENDA, FILE_NOT_FOUND
 */
export async function setAddenda(ctx: Ctx, name: string, body: string | undefined): Promise<AddendaResult> {
  return save(ctx, (await existingAddenda(ctx.db, name)).name, body)
}

/**
 * Takes an addenda away; a built-in one is then again as it came.
 * @throws ADDENDA_NOT_FOUND, ADDENDA_IN_USE when packaging types ask for one that would be gone
 */
export async function removeAddenda(ctx: Ctx, typed: string): Promise<DoneResult> {
  const { name, origin } = await existingAddenda(ctx.db, typed)
  await ctx.db.transaction().execute(async (db) => {
    const types = await store.typesWithAddenda(db, name)
    if (origin === 'custom' && types.length > 0)
      throw new CfdiMailError('ADDENDA_IN_USE', { name, types: types.join(', '), count: types.length })
    await store.removeStoredAddenda(db, name)
  })
  return {
    kind: 'done',
    action: origin === 'custom' ? 'removed' : 'restored',
    subject: 'addenda',
    names: [name],
  }
}

/**
 * Everything wrong with one addenda, or with all of them.
 * @throws ADDENDA_NOT_FOUND
 */
export async function checkAddendas(ctx: Ctx, name: string | undefined): Promise<AddendasCheckedResult> {
  const named = name === undefined ? await allAddendas(ctx) : [await existingAddenda(ctx.db, name)]
  const addendas = named.map((addenda) => ({ name: addenda.name, problems: checkAddenda(addenda.body) }))
  return {
    kind: 'addendas-checked',
    needsPerson: addendas.some(({ problems }) => problems.length > 0),
    addendas,
  }
}

async function save(ctx: Ctx, name: string, typed: string | undefined): Promise<AddendaResult> {
  if (typed === undefined) throw new CfdiMailError('NOTHING_TO_CHANGE', { variant: 'addenda' })
  const body = (await textValue(ctx, typed)).replace(/\r\n?/g, '\n')
  refuseBadAddenda(body)
  await store.saveAddenda(ctx.db, { name, body }, ctx.now())
  return toResult(ctx, await existingAddenda(ctx.db, name))
}

async function allAddendas(ctx: Ctx): Promise<ResolvedAddenda[]> {
  const stored = (await store.listStoredAddendas(ctx.db)).map(({ name }) => name)
  const found: ResolvedAddenda[] = []
  for (const name of new Set([...BUILT_IN_ADDENDAS, ...stored]))
    found.push(await existingAddenda(ctx.db, name))
  return found
}

async function viewOf(ctx: Ctx, { name, origin, body }: ResolvedAddenda): Promise<AddendaView> {
  const fields = compileAddenda(body)?.fields ?? readAddenda(body).fields
  return { name, origin, fields, types: await store.typesWithAddenda(ctx.db, name) }
}

async function toResult(ctx: Ctx, addenda: ResolvedAddenda): Promise<AddendaResult> {
  const problems = checkAddenda(addenda.body)
  return { kind: 'addenda', ...(await viewOf(ctx, addenda)), body: addenda.body, problems }
}
