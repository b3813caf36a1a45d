import type { AddendaField, AddendaProblem } from '../addenda.ts'

export interface AddendaView {
  readonly name: string
  /** As it comes with the program, changed by somebody, or of a name that the program does not have. */
  readonly origin: 'built-in' | 'changed' | 'custom'
  /** Data that it takes from outside the document. */
  readonly fields: readonly AddendaField[]
  /** Codes of the packaging types that ask for it. */
  readonly types: readonly string[]
}

export interface AddendasResult {
  readonly kind: 'addendas'
  readonly addendas: readonly AddendaView[]
}

export interface AddendaResult extends AddendaView {
  readonly kind: 'addenda'
  readonly body: string
  readonly problems: readonly AddendaProblem[]
}

export interface AddendasCheckedResult {
  readonly kind: 'addendas-checked'
  /** One of them has a problem. */
  readonly needsPerson: boolean
  readonly addendas: readonly { readonly name: string; readonly problems: readonly AddendaProblem[] }[]
}

export interface AddendaPreviewResult {
  readonly kind: 'addenda-preview'
  readonly name: string
  /** '' for the built-in sample. */
  readonly uuid: string
  /** What stands inside the Addenda. */
  readonly content: string
  /** What became of an Addenda that was there; null for the sample. */
  readonly change: 'inserted' | 'replaced' | 'kept' | null
  /** SHA-256 of the whole document with its addenda; null for the sample. */
  readonly sha256: string | null
  /** Absolute path of the file that was written; null when none was asked for. */
  readonly file: string | null
}
