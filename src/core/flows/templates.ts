import { checkTemplate, isError } from '../message/check-template.ts'
import { templateError } from '../message/compile.ts'
import { builtInTemplate, DEFAULT_TEMPLATES } from '../message/default-templates.ts'
import { DOCUMENT_FIELDS } from '../message/document-fields.ts'
import { MESSAGE_FIELDS } from '../message/message-fields.ts'
import { PAID_FIELDS } from '../message/paid-fields.ts'
import { envelopeBody } from '../message/ticket.ts'
import { cleanLine } from '../model/clean.ts'
import { CfdiMailError } from '../model/errors.ts'
import type { DoneResult } from '../model/results/house.ts'
import type {
  TemplateFieldsResult,
  TemplateFieldView,
  TemplateResult,
  TemplatesCheckedResult,
  TemplatesResult,
  TemplateView,
} from '../model/results/templates.ts'
import { builtInScope, parseTemplateScope, SHIPPED_TEMPLATES } from '../model/template-use.ts'
import { listPackagingTypes } from '../store/packaging-types.ts'
import * as store from '../store/templates.ts'
import type { Ctx } from './ctx.ts'
import { checkedScope, checkUnused } from './template-uses.ts'
import { textValue } from './text-value.ts'

/** Lower-case words with hyphens, as the built-in ones are called. */
const NAME = /^[a-z0-9][a-z0-9-]{0,39}$/

/** What a person types for a template; each a text, `@file` or `@-`. */
export interface TemplateTexts {
  readonly subject: string | undefined
  readonly body: string | undefined
  readonly description?: string | undefined
  /** As typed. */
  readonly scope?: string | undefined
}

/**
 * The built-in templates in their order, changed or not, and then those of other names.
 * @param typed a scope: only those for it and those for any
 * @throws BAD_CHOICE
 */
export async function listTemplates(ctx: Ctx, typed?: string): Promise<TemplatesResult> {
  const wanted = typed === undefined ? null : parseTemplateScope(typed)
  const templates = await allTemplates(ctx)
  return {
    kind: 'templates',
    templates: templates
      .filter(({ scope }) => wanted === null || scope === 'any' || scope === wanted)
      .map(({ name, origin, description, scope, subject }) => ({
        name,
        origin,
        description,
        scope,
        subject,
      })),
  }
}

/** @throws TEMPLATE_NOT_FOUND */
export async function showTemplate(ctx: Ctx, name: string): Promise<TemplateResult> {
  return toResult(await existingTemplate(ctx, name))
}

/**
 * Makes a template of a new name.
 * @throws BAD_TEMPLATE_NAME, TEMPLATE_EXISTS, BAD_CHOICE, BAD_TEMPLATE, FILE_NOT_FOUND
 */
export async function addTemplate(ctx: Ctx, name: string, texts: TemplateTexts): Promise<TemplateResult> {
  if (!NAME.test(name)) throw new CfdiMailError('BAD_TEMPLATE_NAME', { name })
  if ((await findView(ctx, name)) !== undefined) throw new CfdiMailError('TEMPLATE_EXISTS', { name })
  return save(ctx, { name, description: '', scope: 'any', subject: '', body: '' }, texts)
}

/**
 * Changes subject, body or both; what is not given stays. A built-in template keeps its name and gets other texts.
 * @throws TEMPLATE_NOT_FOUND, NOTHING_TO_CHANGE, BAD_TEMPLATE with all that is wrong, FILE_NOT_FOUND
 */
export async function setTemplate(ctx: Ctx, name: string, texts: TemplateTexts): Promise<TemplateResult> {
  if (Object.values(texts).every((text) => text === undefined)) throw new CfdiMailError('NOTHING_TO_CHANGE')
  return save(ctx, await existingTemplate(ctx, name), texts)
}

/**
 * Takes a template away; a built-in one is then again as it came.
 * @throws TEMPLATE_NOT_FOUND, TEMPLATE_IN_USE while a packaging type has it
 */
export async function removeTemplate(ctx: Ctx, name: string): Promise<DoneResult> {
  const { origin } = await existingTemplate(ctx, name)
  if (origin === 'custom') await checkUnused(ctx.db, name)
  await store.removeTemplate(ctx.db, name)
  return {
    kind: 'done',
    action: origin === 'custom' ? 'removed' : 'restored',
    subject: 'template',
    names: [name],
  }
}

/**
 * Everything wrong with one template; or with all of them and with the texts that packaging types bring, as `types/GRAL`.
 * @throws TEMPLATE_NOT_FOUND
 */
export async function checkTemplates(ctx: Ctx, name: string | undefined): Promise<TemplatesCheckedResult> {
  const named =
    name === undefined
      ? [...(await allTemplates(ctx)), ...(await textsOfTypes(ctx))]
      : [await existingTemplate(ctx, name)]
  const templates = named.map((texts) => ({ name: texts.name, problems: checkTemplate(texts) }))
  return {
    kind: 'templates-checked',
    needsPerson: templates.some((template) => template.problems.some(isError)),
    templates,
  }
}

/** The table of fields. */
export function listFields(): Promise<TemplateFieldsResult> {
  const view =
    (scope: TemplateFieldView['scope']) =>
    ({ name, aliases, example }: Pick<TemplateFieldView, 'name' | 'aliases' | 'example'>) => ({
      name,
      scope,
      aliases: aliases.map((alias) => `@@${alias}`),
      example,
    })
  const fields = [
    ...DOCUMENT_FIELDS.map(view('document')),
    ...MESSAGE_FIELDS.map(view('message')),
    ...PAID_FIELDS.map(view('paid')),
  ]
  return Promise.resolve({ kind: 'template-fields', fields })
}

/** A type may replace the subject, the body or both; what it leaves alone is checked where it is. */
async function textsOfTypes(ctx: Ctx): Promise<Pick<TemplateView, 'name' | 'subject' | 'body'>[]> {
  const { subject, body } = DEFAULT_TEMPLATES.invoice
  return (await listPackagingTypes(ctx.db))
    .filter((type) => type.subject !== null || type.body !== null)
    .map((type) => ({
      name: `types/${type.code}`,
      subject: type.subject ?? subject,
      body: type.body ?? body,
    }))
}

async function save(ctx: Ctx, before: store.StoredTemplate, texts: TemplateTexts): Promise<TemplateResult> {
  const template = {
    name: before.name,
    subject: texts.subject === undefined ? before.subject : (await textValue(ctx, texts.subject)).trim(),
    body: texts.body === undefined ? before.body : bodyFor(before.name, await textValue(ctx, texts.body)),
    description: texts.description === undefined ? before.description : cleanLine(texts.description),
    scope: texts.scope === undefined ? before.scope : await checkedScope(ctx.db, before.name, texts.scope),
  }
  const [first, ...others] = checkTemplate(template).filter(isError)
  if (first !== undefined) throw templateError(first, ...others)
  await store.saveTemplate(ctx.db, template, ctx.now())
  return toResult(await existingTemplate(ctx, template.name))
}

/** A ticket's envelope may come from another program. */
function bodyFor(name: string, body: string): string {
  return name === 'ticket' ? envelopeBody(body) : body
}

async function existingTemplate(ctx: Ctx, name: string): Promise<TemplateView> {
  const view = await findView(ctx, name)
  if (view === undefined) throw new CfdiMailError('TEMPLATE_NOT_FOUND', { name })
  return view
}

async function findView(ctx: Ctx, name: string): Promise<TemplateView | undefined> {
  return viewOf(name, await store.findTemplate(ctx.db, name))
}

async function allTemplates(ctx: Ctx): Promise<TemplateView[]> {
  const stored = new Map((await store.listTemplates(ctx.db)).map((template) => [template.name, template]))
  const names = new Set([...SHIPPED_TEMPLATES, ...stored.keys()])
  return [...names].flatMap((name) => viewOf(name, stored.get(name)) ?? [])
}

function viewOf(name: string, stored: store.StoredTemplate | undefined): TemplateView | undefined {
  const builtIn = builtInTemplate(name)
  if (stored !== undefined) {
    return builtIn === undefined
      ? { ...stored, origin: 'custom' }
      : { ...stored, origin: 'changed', scope: builtInScope(name) }
  }
  const about = { description: '', scope: builtInScope(name) }
  return builtIn === undefined
    ? undefined
    : { ...about, name, origin: 'built-in', subject: builtIn.subject, body: builtIn.body }
}

function toResult(view: TemplateView): TemplateResult {
  return { kind: 'template', ...view, problems: checkTemplate(view) }
}
