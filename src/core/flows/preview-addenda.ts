import { readWhole } from '../cfdi/read-file.ts'
import { readHead } from '../cfdi/read-head.ts'
import { sha256Of } from '../files/spool.ts'
import { writeBytesFile, writeTextFile } from '../files/text-file.ts'
import { compileAddenda } from '../message/addenda-render.ts'
import { sampleSource } from '../message/addenda-samples.ts'
import type { ExistingAddenda } from '../model/addenda.ts'
import type { StampedHead } from '../model/cfdi.ts'
import { CfdiMailError } from '../model/errors.ts'
import type { AddendaPreviewResult } from '../model/results/addendas.ts'
import { customersByRfc } from '../store/customers.ts'
import { findDocumentsByUuid, type IndexedFile } from '../store/documents.ts'
import { withAddenda } from './add-addenda.ts'
import { openAddendas } from './addenda-sources.ts'
import { refuseBadAddenda } from './check-addenda.ts'
import type { Ctx } from './ctx.ts'
import { existingCustomer } from './customers.ts'
import { existingAddenda, type ResolvedAddenda } from './resolve-addenda.ts'

export interface AddendaPreviewInput {
  readonly name: string
  /** A document of the index; undefined takes a built-in sample. */
  readonly uuid: string | undefined
  /** Undefined takes the only customer with the receiver's RFC. */
  readonly customer: string | undefined
  readonly dataFile: string | undefined
  readonly existing: ExistingAddenda | undefined
  /** File for the whole document with its addenda; of the sample, for the addenda alone. */
  readonly out: string | undefined
}

/**
 * The addenda that a document would get, without packaging anything.
 * @throws ADDENDA_NOT_FOUND, BAD_ADDENDA, DOCUMENT_NOT_FOUND, CUSTOMER_NOT_FOUND, BAD_ADDENDA_DATA, NO_ADDENDA_PREVIEW with the
 *   reason for which the document would be skipped
 */
export async function previewAddenda(ctx: Ctx, input: AddendaPreviewInput): Promise<AddendaPreviewResult> {
  const addenda = await existingAddenda(ctx.db, input.name)
  refuseBadAddenda(addenda.body)
  return input.uuid === undefined ? sample(addenda, input.out) : ofDocument(ctx, addenda, input)
}

function sample({ name, body }: ResolvedAddenda, out: string | undefined): AddendaPreviewResult {
  const compiled = compileAddenda(body)
  const rendered = compiled?.render(sampleSource(compiled.fields, 'plain'))
  const content = rendered?.ok === true ? rendered.content : ''
  const file = out === undefined ? null : writeTextFile(out, `${content}\n`)
  return { kind: 'addenda-preview', name, uuid: '', content, change: null, sha256: null, file }
}

async function ofDocument(
  ctx: Ctx,
  { name }: ResolvedAddenda,
  input: AddendaPreviewInput,
): Promise<AddendaPreviewResult> {
  const { file, head, bytes } = await readDocument(ctx, input.uuid ?? '')
  const made = withAddenda(await openAddendas(ctx, { names: [name], file: input.dataFile ?? null }), {
    file,
    head,
    bytes,
    customer: await customerOf(ctx, input, head),
    type: { addenda: name, existingAddenda: input.existing ?? 'error' },
  })
  if (!made.ok) {
    // Where each datum may be given is worded by the hint.
    const [detail = ''] = made.detail.split(' ← ')
    const params = { document: file.path, variant: made.reason, detail, name }
    throw new CfdiMailError('NO_ADDENDA_PREVIEW', params)
  }
  return {
    kind: 'addenda-preview',
    name,
    uuid: head.stamp.uuid,
    content: made.content,
    change: made.change,
    sha256: sha256Of(made.bytes),
    file: input.out === undefined ? null : writeBytesFile(input.out, made.bytes),
  }
}

interface ReadDocument {
  readonly file: IndexedFile
  readonly head: StampedHead
  readonly bytes: Buffer
}

async function readDocument(ctx: Ctx, uuid: string): Promise<ReadDocument> {
  for (const file of await findDocumentsByUuid(ctx.db, uuid)) {
    const whole = readWhole(file.path, ctx.settings.maxFileBytes)
    const reading = whole.ok ? readHead(whole.bytes) : whole
    if (whole.ok && 'head' in reading && reading.ok && reading.head.stamp.uuid === uuid.toUpperCase())
      return { file, head: reading.head, bytes: whole.bytes }
  }
  throw new CfdiMailError('DOCUMENT_NOT_FOUND', { uuid })
}

/** Nobody when the RFC tells of none, or of several: then no customer's data are taken. */
async function customerOf(ctx: Ctx, input: AddendaPreviewInput, head: StampedHead) {
  if (input.customer !== undefined) return existingCustomer(ctx.db, input.customer)
  const [only, second] = await customersByRfc(ctx.db, [head.receiver.rfc])
  if (only !== undefined && second === undefined) return only
  return { code: '', name: head.receiver.name, rfc: head.receiver.rfc }
}
