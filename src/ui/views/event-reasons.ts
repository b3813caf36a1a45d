import { KEPT_REASONS } from '../../core/model/after-send.ts'
import { DOCUMENT_REASONS } from '../../core/model/document-reason.ts'
import { PAPER_REASONS } from '../../core/model/paper-reason.ts'
import {
  IGNORED_PARTS,
  ORDER_FILE_REASONS,
  type OrderFileReason,
  RECIPIENT_DOUBTS,
} from '../../core/model/results/order-files.ts'
import { anyOf, type Reader, type T } from './event-reader.ts'
import { reasonKey } from './order-files.ts'

/** Details of the log that name a reason by its code, in words. A narrow table cuts, so the words come before the file. */

const CODES = [...new Set<string>([...ORDER_FILE_REASONS, ...DOCUMENT_REASONS, ...PAPER_REASONS])]
const REFUSED = new RegExp(`^(?<file>.*?): (?<code>${anyOf(CODES)})(?:: (?<rest>.*))?$`)
const NOT_FILED = new RegExp(`^(?<code>${anyOf(DOCUMENT_REASONS)}): (?<rest>.*)$`)
const IGNORED = new RegExp(`^(?<file>.*?): (?<part>${anyOf(IGNORED_PARTS)}): (?<value>.*)$`)
const KEPT = new RegExp(`^kept (?<why>${anyOf(KEPT_REASONS)}): (?<rest>.*)$`)
const LAST_CODE = new RegExp(`: (?<code>${anyOf(CODES)})$`)

type Groups = Readonly<Record<string, string | undefined>>

/** `/erp/a.xml: malformed: line 3`: a document that cannot leave. */
export const rejectedDocument: Reader = (detail, t) => {
  const groups: Groups | undefined = REFUSED.exec(detail)?.groups
  return groups === undefined ? null : refused(groups, t(`reason.${groups['code'] as DocumentCode}`), t)
}

type DocumentCode = (typeof DOCUMENT_REASONS)[number]

/** `_CFD_MAIL_REQ_1.XML: missing-attachment: a.pdf`: an order file that was not taken. */
export const refusedOrder: Reader = (detail, t) => {
  const groups: Groups | undefined = REFUSED.exec(detail)?.groups
  return groups === undefined ? null : refused(groups, t(reasonKey(groups['code'] as OrderFileReason)), t)
}

function refused({ file = '', rest = '' }: Groups, words: string, t: T): string {
  return rest === '' ? `${words}: ${file}` : `${words} (${withLastCode(rest, t)}): ${file}`
}

/** `a.pdf: unreadable`: what is wrong with one of its files is a code too. */
function withLastCode(text: string, t: T): string {
  const code = LAST_CODE.exec(text)?.groups?.['code']
  return code === undefined ? text : `${text.slice(0, -code.length)}${t(reasonKey(code as OrderFileReason))}`
}

/** `folder-full: /mnt/erp`: a package that could not be written into its folder. */
export const notFiled: Reader = (detail, t) => {
  const groups: Groups | undefined = NOT_FILED.exec(detail)?.groups
  if (groups === undefined) return null
  return `${t(`reason.${groups['code'] as DocumentCode}`)} (${groups['rest'] ?? ''})`
}

/** `_CFD_MAIL_REQ_1.XML: sender: a@x.mx`: what an order file says and had no effect. */
export const ignoredPart: Reader = (detail, t) => {
  const groups: Groups | undefined = IGNORED.exec(detail)?.groups
  if (groups === undefined) return null
  const { file = '', part, value = '' } = groups
  return `${value}: ${t(`order-ignored.${part as (typeof IGNORED_PARTS)[number]}`)} (${file})`
}

/** What became of packaged files once they were sent. */
export const tidiedFiles: Reader = (detail, t) => {
  const gone = /^(?<outcome>trashed|deleted|gone): (?<paths>.*)$/.exec(detail)?.groups
  if (gone !== undefined)
    return t(`detail.files.${gone['outcome'] as 'gone'}`, { paths: gone['paths'] ?? '' })
  const kept: Groups | undefined = KEPT.exec(detail)?.groups
  if (kept === undefined) return null
  return `${t(`detail.kept.${kept['why'] as (typeof KEPT_REASONS)[number]}`)}: ${kept['rest'] ?? ''}`
}

/** `review: foreign-recipient`: why somebody has to look at a recipient of an order file. */
export const doubtedRecipient: Reader = (detail, t) => {
  const doubt = RECIPIENT_DOUBTS.find((each) => detail === `review: ${each}`)
  return doubt === undefined ? null : t(`order-doubt.${doubt}`)
}

/** A document of an order turned out to be in doubt. */
export const doubtedDocument: Reader = (detail, t) =>
  detail === 'uuid-conflict' ? t('reason.uuid-conflict') : null
