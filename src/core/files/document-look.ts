import { lstatSync } from 'node:fs'
import { pdfLooksWhole } from './papers.ts'

/** How the files of one document look from outside. */
export interface DocumentLook {
  /** Size and times of both, as one text: equal as long as nobody writes. */
  readonly look: string
  /** When the last of them changed by the file system's own clock; a copy that keeps its date does not keep this. */
  readonly changedAt: number
  readonly pdf: 'whole' | 'half' | 'none'
}

/** Looks at an XML and at its PDF without reading them whole. What is not there any more has a look too. */
export function lookAtDocument(xml: string, pdf: string | null): DocumentLook {
  const looks = [xml, ...(pdf === null ? [] : [pdf])].map(lookAtFile)
  return {
    look: looks.map(({ look }) => look).join('|'),
    changedAt: Math.max(...looks.map(({ changedAt }) => changedAt)),
    pdf: pdf === null ? 'none' : pdfLooksWhole(pdf) ? 'whole' : 'half',
  }
}

function lookAtFile(path: string): { readonly look: string; readonly changedAt: number } {
  const stat = lstatSync(path, { throwIfNoEntry: false })
  if (stat === undefined) return { look: 'gone', changedAt: 0 }
  const { size, mtimeMs, ctimeMs } = stat
  return { look: `${size}:${mtimeMs}:${ctimeMs}`, changedAt: Math.max(mtimeMs, ctimeMs) }
}
