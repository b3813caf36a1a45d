import { documentFacts, type DocumentFacts } from '../model/document-facts.ts'
import type { FileState } from './file-state.ts'
import { readCfdiFile } from './read-file.ts'

/** A file as it was when it was read, and what it says. */
export interface FileFacts extends FileState {
  readonly facts: DocumentFacts
}

/**
 * Reads one file. Never throws for what is in it.
 * @param maxBytes larger ones are refused before they are read
 */
export function readFacts(path: string, maxBytes: number): FileFacts {
  const { size, mtimeUs, ctimeUs, reading } = readCfdiFile(path, maxBytes)
  return { size, mtimeUs, ctimeUs, facts: documentFacts(reading) }
}

/** What goes from one thread to another: the values of file after file. Objects take three times as long, for their names. */
export type PackedFacts = readonly (string | number | null)[]

export function packFacts(files: readonly FileFacts[]): PackedFacts {
  const values: (string | number | null)[] = []
  for (const { size, mtimeUs, ctimeUs, facts } of files) {
    values.push(size, mtimeUs, ctimeUs, facts.reason, facts.detail, facts.uuid, facts.kind, facts.series)
    values.push(facts.folio, facts.issuedAt, facts.issuerRfc, facts.receiverRfc, facts.receiverName)
    values.push(facts.total, facts.currency, facts.sealMark, facts.payroll)
  }
  return values
}

export function unpackFacts(values: PackedFacts): readonly FileFacts[] {
  const files: FileFacts[] = []
  for (let at = 0; at < values.length;) {
    // Values are taken in the order in which they are written here, which is that of packFacts.
    files.push({
      size: values[at++] as number,
      mtimeUs: values[at++] as number,
      ctimeUs: values[at++] as number,
      facts: {
        reason: values[at++] as DocumentFacts['reason'],
        detail: values[at++] as string,
        uuid: values[at++] as string | null,
        kind: values[at++] as string | null,
        series: values[at++] as string,
        folio: values[at++] as string,
        issuedAt: values[at++] as string | null,
        issuerRfc: values[at++] as string,
        receiverRfc: values[at++] as string,
        receiverName: values[at++] as string,
        total: values[at++] as string,
        currency: values[at++] as string,
        sealMark: values[at++] as string,
        payroll: values[at++] as string | null,
      },
    })
  }
  return files
}
