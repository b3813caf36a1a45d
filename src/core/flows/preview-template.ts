import { readCfdiFile, readWhole } from '../cfdi/read-file.ts'
import { readPayments } from '../cfdi/read-payments.ts'
import { verificationUrl } from '../cfdi/verification-url.ts'
import { writeTextFile } from '../files/text-file.ts'
import { attachmentBase } from '../message/attachment-name.ts'
import { renderTemplate } from '../message/render.ts'
import { sampleData } from '../message/samples.ts'
import { templateData, type TemplateData } from '../message/template-data.ts'
import type { CfdiKind, StampedHead } from '../model/cfdi.ts'
import { type Customer, normalCode } from '../model/customer.ts'
import { CfdiMailError } from '../model/errors.ts'
import type { PaidDocument } from '../model/paid-document.ts'
import { GRAL, type PackagingType } from '../model/packaging-type.ts'
import { partyKindFor } from '../model/party.ts'
import { isInstead, mailsAccess, type PortalAccessData } from '../model/portal.ts'
import type { PreviewResult } from '../model/results/templates.ts'
import { languageOfTemplate } from '../model/receipt.ts'
import { templateFor } from '../model/template-use.ts'
import { customersByRfc, findCustomer } from '../store/customers.ts'
import { findDocumentsByUuid, type IndexedFile } from '../store/documents.ts'
import { findPackagingType } from '../store/packaging-types.ts'
import type { Ctx } from './ctx.ts'
import { openPortalDesk } from './portal-desk.ts'
import { freshFacts } from './order-facts.ts'
import { resolveTemplate } from './resolve-template.ts'

export interface PreviewInput {
  /** A document of the index; undefined takes a built-in sample. */
  readonly uuid: string | undefined
  /** Undefined takes what the customer of the document would get. */
  readonly template: string | undefined
  readonly customer: string | undefined
  /** File for the page: HTML, or the text of a mail without HTML. */
  readonly out: string | undefined
}

/** Nothing of its own: the templates say it all. */
const NO_TEXTS: Pick<PackagingType, 'subject' | 'body'> = { subject: null, body: null }

/**
 * The mail that a customer would read, without packaging anything.
 * @throws DOCUMENT_NOT_FOUND, CUSTOMER_NOT_FOUND, TEMPLATE_NOT_FOUND, BAD_TEMPLATE, NO_ACCESS
 */
export async function previewTemplate(ctx: Ctx, input: PreviewInput): Promise<PreviewResult> {
  const { name, data, texts } = await (input.uuid === undefined
    ? sample(input)
    : ofDocument(ctx, input, input.uuid))
  const mail = renderTemplate(await resolveTemplate(freshFacts(ctx.db), texts, name), data)
  const file = input.out === undefined ? null : writeTextFile(input.out, mail.html ?? mail.text)
  return {
    kind: 'preview',
    uuid: input.uuid?.toUpperCase() ?? '',
    customer: '',
    template: name,
    ...mail,
    file,
  }
}

interface Previewed {
  readonly name: string
  readonly data: TemplateData
  readonly texts: Pick<PackagingType, 'subject' | 'body'>
}

function sample(input: PreviewInput): Promise<Previewed> {
  const name = input.template ?? 'invoice'
  return Promise.resolve({ name, data: sampleData(name), texts: NO_TEXTS })
}

async function ofDocument(ctx: Ctx, input: PreviewInput, uuid: string): Promise<Previewed> {
  const { file, head } = await readDocument(ctx, uuid)
  const customer = await customerOf(ctx, input, head)
  const type = customer === null ? undefined : await findPackagingType(ctx.db, customer.packaging.type)
  const base = attachmentBase({ ...file, uuid: head.stamp.uuid })
  const access = await accessOf(ctx, { customer, type, template: input.template, kind: head.kind })
  const portal = access === null ? 'unsaid' : 'said'
  const usual = templateFor({ templates: type?.templates ?? {}, kinds: [head.kind], portal })
  const name = input.template ?? usual
  const data = templateData({
    heads: [head],
    customer,
    settings: ctx.settings,
    verificationUrls: [verificationUrl(head)],
    paid: paidBy(file.path, ctx.settings.maxFileBytes),
    attachments: attachmentsOf(file, { base, type, kind: head.kind }),
    access,
    language: languageOfTemplate(name),
  })
  // A template that was asked for by name is shown itself, not what a packaging type would put in its place.
  const texts = input.template === undefined ? (type ?? NO_TEXTS) : NO_TEXTS
  return { name, data, texts }
}

interface Shown {
  readonly customer: Customer | null
  readonly type: PackagingType | undefined
  readonly template: string | undefined
  readonly kind: CfdiKind
}

/** As the next mail would say it, without giving anything; for a template that was asked for also where the type gives none. */
async function accessOf(
  ctx: Ctx,
  { customer, type = GRAL, template, kind }: Shown,
): Promise<PortalAccessData | null> {
  if (customer === null || (template === undefined && !mailsAccess(type, kind))) return null
  const desk = openPortalDesk(ctx, { repetition: 'once', orders: 'sealed' })
  const offer = await desk.offer(customer, {
    type: { ...type, portalAccess: 'with', byMail: true },
    kinds: [kind],
  })
  return offer?.data ?? null
}

function attachmentsOf(
  { pdf }: IndexedFile,
  {
    base,
    type,
    kind,
  }: { readonly base: string; readonly type: PackagingType | undefined; readonly kind: CfdiKind },
): string[] {
  if (type !== undefined && isInstead(type, kind)) return []
  return pdf === null ? [`${base}.xml`] : [`${base}.xml`, `${base}.pdf`]
}

function paidBy(path: string, maxBytes: number): readonly PaidDocument[] {
  const xml = readWhole(path, maxBytes)
  return xml.ok ? readPayments(xml.bytes) : []
}

async function readDocument(
  ctx: Ctx,
  uuid: string,
): Promise<{ readonly file: IndexedFile; readonly head: StampedHead }> {
  for (const file of await findDocumentsByUuid(ctx.db, uuid)) {
    const { reading } = readCfdiFile(file.path, ctx.settings.maxFileBytes)
    if (reading.ok && reading.head.stamp.uuid === uuid.toUpperCase()) return { file, head: reading.head }
  }
  throw new CfdiMailError('DOCUMENT_NOT_FOUND', { uuid })
}

/** The customer that was named, else the only one with the receiver's RFC. */
async function customerOf(ctx: Ctx, input: PreviewInput, head: StampedHead): Promise<Customer | null> {
  if (input.customer !== undefined) {
    const code = normalCode(input.customer)
    const named = await findCustomer(ctx.db, code)
    if (named === undefined) throw new CfdiMailError('CUSTOMER_NOT_FOUND', { code })
    return named
  }
  const parties = await customersByRfc(ctx.db, [head.receiver.rfc])
  const [only, second] = parties.filter(({ kind }) => kind === partyKindFor(head.kind))
  return only === undefined || second !== undefined ? null : only
}
