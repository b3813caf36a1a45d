import { basename, extname } from 'node:path'
import { insertAddenda } from '../cfdi/insert-addenda.ts'
import { readDetail } from '../cfdi/read-detail.ts'
import { addendaFieldKey, missingFields, type MissingField } from '../model/addenda.ts'
import type { StampedHead } from '../model/cfdi.ts'
import type { Customer } from '../model/customer.ts'
import type { SkipReason } from '../model/document-reason.ts'
import type { PackagingType } from '../model/packaging-type.ts'
import type { IndexedFile } from '../store/documents.ts'
import { addendaDataOf, type AddendaSources } from './addenda-sources.ts'

export interface AddendaWanted {
  readonly file: IndexedFile
  readonly head: StampedHead
  /** The document as it is on disk. */
  readonly bytes: Buffer
  readonly customer: Pick<Customer, 'code' | 'name' | 'rfc'>
  readonly type: Pick<PackagingType, 'addenda' | 'existingAddenda'>
}

export type WithAddenda =
  | {
      readonly ok: true
      readonly bytes: Buffer
      readonly change: 'inserted' | 'replaced' | 'kept' | null
      /** What was put in; '' when nothing was. */
      readonly content: string
    }
  | {
      readonly ok: false
      readonly reason: Extract<SkipReason, 'addenda-exists' | 'addenda-data' | 'bad-addenda'>
      readonly detail: string
    }

/**
 * The document with the addenda that its packaging type asks for: a copy, the file stays as it is. A type that asks for none
 * gets the bytes back.
 * @param sources null when no type of the run asks for one
 */
export function withAddenda(sources: AddendaSources | null, wanted: AddendaWanted): WithAddenda {
  const { head, bytes, type } = wanted
  if (type.addenda === null || sources === null) return { ok: true, bytes, change: null, content: '' }
  // Nothing has to be known about an addenda that will not be written.
  if (head.hasAddenda && type.existingAddenda === 'keep')
    return { ok: true, bytes, change: 'kept', content: '' }
  if (head.hasAddenda && type.existingAddenda === 'error')
    return { ok: false, reason: 'addenda-exists', detail: type.addenda }
  const rendered = renderAddenda(sources, wanted, type.addenda)
  if (!rendered.ok) return rendered
  const insertion = insertAddenda(bytes, rendered.content, type.existingAddenda)
  return insertion.ok ? { ...insertion, content: rendered.content } : insertion
}

type Rendered = { readonly ok: true; readonly content: string } | Extract<WithAddenda, { readonly ok: false }>

function renderAddenda(sources: AddendaSources, wanted: AddendaWanted, name: string): Rendered {
  const { file, head, bytes, customer } = wanted
  const template = sources.templates.get(name)
  if (template === undefined) return { ok: false, reason: 'bad-addenda', detail: name }
  const reading = addendaDataOf(sources, file, customer.code)
  if (!reading.ok) return { ok: false, reason: 'bad-addenda', detail: reading.detail }
  const detail = readDetail(bytes)
  const concepts = detail.lines.length
  if (reading.lastLine > concepts)
    return { ok: false, reason: 'bad-addenda', detail: `linea ${reading.lastLine} > ${concepts} (conceptos)` }
  const missing = missingFields(template.fields, reading.data, concepts)
  if (missing.length > 0)
    return { ok: false, reason: 'addenda-data', detail: whereToGive(missing, file, customer.code) }
  const rendered = template.render({ head, detail, customer, data: reading.data })
  if (rendered.ok) return rendered
  if (rendered.missing === null)
    return { ok: false, reason: 'bad-addenda', detail: `${name}: ${rendered.detail}` }
  // The template may ask for it of each Concepto: which of them lacks it is known to the template alone.
  const key = addendaFieldKey(rendered.missing)
  const perLine = template.fields.some((field) => field.perLine && addendaFieldKey(field.name) === key)
  const wanting = [{ name: perLine ? `${rendered.missing} (conceptos)` : rendered.missing, line: 0 }]
  return { ok: false, reason: 'addenda-data', detail: whereToGive(wanting, file, customer.code) }
}

/** The fields, and each place that could have had them. */
function whereToGive(missing: readonly MissingField[], file: IndexedFile, customer: string): string {
  const fields = missing.map(({ name, line }) => (line === 0 ? name : `${name} (conceptos ${line})`))
  const stem = basename(file.path, extname(file.path))
  const name = (missing[0]?.name ?? '').split(' ')[0] ?? ''
  const places = [
    `customers set ${customer} --addenda-field ${name}=…`,
    `${stem}.addenda.json`,
    'addenda.csv',
    '--addenda-data',
  ]
  return `${fields.join(', ')} ← ${places.join(' | ')}`
}
